"""What one side says of a meeting, and what two answers open.

Until both have answered, nothing of what is written, returned or raised depends on the
other side (docs/decisions/0190).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.selectors.openings import is_stopped
from alliances.services.introductions import check_own_refusals, lock_pair
from rendezvous.enums import FeedbackAnswer
from rendezvous.models import Feedback, FollowUp, Registration
from rendezvous.models.followup import ANSWERED_WITHIN
from rendezvous.outcomes import MUTUAL, NONE, outcome_of
from rendezvous.selectors.met import met_by
from rendezvous.services.following.opening import open_followup


class NotGivenError(Exception):
    """Nothing was written, for a reason that one's own side may read."""


class NotMetError(NotGivenError):
    """The two have not met, or too long ago."""


class SettledError(NotGivenError):
    """Both have answered: neither answer changes any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a person gives it; its words are bounded by the form."""

    answer: FeedbackAnswer
    track: str = ""


@transaction.atomic
def give_feedback(
    own: Registration, other: Registration, *, said: Said, by: User
) -> Feedback:
    """Keep what ``own`` says of ``other``; with the other's answer, tell both.

    Raises
    ------
    NotGivenError
        If the two have not met, or if both have answered already.
    OwnRefusalError
        If it is a yes about whom ``own`` itself refuses or blocks.
    """
    now = timezone.now()
    lock_pair(own.organisation_id, other.organisation_id)
    _check(own, other, said, now)
    row, _ = Feedback.objects.update_or_create(
        registration=own,
        other=other,
        defaults={"answer": said.answer, "track": said.track, "by": by, "at": now},
    )
    back = Feedback.objects.filter(registration=other, other=own).first()
    if back is not None:
        _settle(row, back, now)
    return row


def _check(
    own: Registration, other: Registration, said: Said, now: dt.datetime
) -> None:
    if now > own.session.ends_at + ANSWERED_WITHIN:
        raise NotMetError
    if other.pk not in met_by(own.session, own.pk, now):
        raise NotMetError
    if _is_settled(own, other):
        raise SettledError
    if said.answer == FeedbackAnswer.YES:
        check_own_refusals(own.organisation, other.organisation)


def _is_settled(own: Registration, other: Registration) -> bool:
    """Tell whether both know what follows: two answers, or a card that both signed."""
    both = (own.pk, other.pk)
    told = Feedback.objects.filter(registration__in=both, other__in=both)
    mutual = FollowUp.objects.mutual().between(own.pk, other.pk)
    return told.exclude(outcome="").exists() or mutual.exists()


def _settle(row: Feedback, back: Feedback, now: dt.datetime) -> None:
    """Write what both say together; a refusal or a block since then is a no."""
    sides = row.registration.organisation, row.other.organisation
    outcome = NONE if is_stopped(*sides) else outcome_of(row.answer, back.answer)
    write_outcome(row.registration, row.other, outcome)
    row.outcome = outcome
    if outcome == MUTUAL:
        by = {sides[0].pk: row.by, sides[1].pk: back.by}
        open_followup(row.registration, row.other, by=by, now=now)


def write_outcome(one: Registration, other: Registration, outcome: str) -> None:
    """Write ``outcome`` on the answers of both sides."""
    both = (one.pk, other.pk)
    rows = Feedback.objects.filter(registration__in=both, other__in=both)
    rows.update(outcome=outcome)
