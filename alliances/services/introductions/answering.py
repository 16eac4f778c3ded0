"""What an organisation answers about another, which learns nothing of it.

Nothing here reads what the other side answered, refuses or blocks, save under the lock,
to open what two yeses ask for: what is returned and raised depends on one's own side.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.enums import MembershipRole
from alliances.models import Interest, Introduction, Membership, Organisation
from alliances.models.introduction import ANSWER_LIFETIME
from alliances.notices import INTEREST_PROPOSED
from alliances.selectors.blocks import own_block
from alliances.selectors.openings import waits_behind_another
from alliances.selectors.refusals import Refusals
from alliances.services.introductions.locking import lock_pair
from alliances.services.introductions.opening import open_locked
from notifications.services import notify, settle

Answer = Interest.Answer


class AlreadyIntroducedError(Exception):
    """The two are in touch already: there is nothing left to answer."""

    def __init__(self, introduction: Introduction) -> None:
        super().__init__("an introduction of this pair is open")
        self.introduction = introduction


class AlreadyDecidedError(Exception):
    """Somebody who decides for the organisation already answered."""


class OwnRefusalError(Exception):
    """The organisation itself refuses the other: it cannot be interested."""


class OwnBlockError(OwnRefusalError):
    """The organisation itself wants no message of the other."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a person gives it; words and codes are bounded by the form."""

    answer: Interest.Answer
    type: str = ""
    reason_code: str = ""
    reason: str = ""


@transaction.atomic
def answer(
    organisation: Organisation, other: Organisation, *, by: User, said: Said
) -> Introduction | None:
    """Keep what ``organisation`` answers; return the introduction that it opens.

    Raises
    ------
    AlreadyIntroducedError
        If the two are in touch.
    AlreadyDecidedError
        If ``said`` is a proposal and the organisation answered.
    OwnRefusalError
        If ``organisation`` refuses ``other``, or blocks it, and did not say no.
    """
    sides = lock_pair(organisation.pk, other.pk)
    now = timezone.now()
    _check(organisation, other, said, now)
    interest = keep(organisation, other, by=by, said=said, now=now)
    if said.answer == Answer.PROPOSED:
        _ask_those_who_decide(interest, by)
    if said.answer != Answer.YES or waits_behind_another(*sides, now):
        return None
    return open_locked(sides, now)


@transaction.atomic
def withdraw(organisation: Organisation, other: Organisation) -> bool:
    """Take back what ``organisation`` answered; tell whether there was anything."""
    lock_pair(organisation.pk, other.pk)
    row = _row(organisation, other)
    if row is None:
        return False
    _close(row, timezone.now())
    return True


def _check(
    organisation: Organisation, other: Organisation, said: Said, now: dt.datetime
) -> None:
    between = Introduction.objects.between(organisation.pk, other.pk)
    introduction = between.open().first()
    if introduction is not None:
        raise AlreadyIntroducedError(introduction)
    if said.answer == Answer.NO:
        return
    check_own_refusals(organisation, other)
    if said.answer == Answer.PROPOSED and _has_decided(organisation, other, now):
        raise AlreadyDecidedError


def check_own_refusals(organisation: Organisation, other: Organisation) -> None:
    """Refuse a yes about whom the organisation itself refuses or blocks.

    Raises
    ------
    OwnRefusalError
        If it does; it learns nothing of what the other refuses.
    """
    if Refusals({organisation.pk, other.pk}).states(organisation.pk, other.pk):
        raise OwnRefusalError
    if own_block(organisation.pk, other.pk) is not None:
        raise OwnBlockError


def _has_decided(
    organisation: Organisation, other: Organisation, now: dt.datetime
) -> bool:
    live = Interest.objects.live(now).filter(organisation=organisation, other=other)
    return live.exclude(answer=Answer.PROPOSED).exists()


def keep(
    organisation: Organisation,
    other: Organisation,
    *,
    by: User | None,
    said: Said,
    now: dt.datetime,
) -> Interest:
    """Write the answer; the same one said again lasts longer, and keeps its date."""
    row = _row(organisation, other)
    if row is not None and row.answer == said.answer and row.expires_at > now:
        row.type, row.expires_at = said.type, now + ANSWER_LIFETIME
        row.reason_code, row.reason = said.reason_code, said.reason
        row.save(update_fields=["type", "expires_at", "reason_code", "reason"])
        return row
    if row is not None:
        _close(row, now)
    return Interest.objects.create(
        organisation=organisation,
        other=other,
        type=said.type,
        answer=said.answer,
        reason_code=said.reason_code,
        reason=said.reason,
        by=by,
        answered_at=now,
        expires_at=now + ANSWER_LIFETIME,
    )


def _row(organisation: Organisation, other: Organisation) -> Interest | None:
    rows = Interest.objects.filter(organisation=organisation, other=other)
    return rows.filter(closed_at=None).first()


def _close(row: Interest, now: dt.datetime) -> None:
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    settle(INTEREST_PROPOSED, key=_key(row))


def _key(interest: Interest) -> str:
    return f"interest:{interest.pk}"


def _ask_those_who_decide(interest: Interest, by: User) -> None:
    """Tell the referents and signatories of the organisation, and nobody else."""
    own = interest.organisation
    roles = (MembershipRole.REFERENT, MembershipRole.SIGNATORY)
    deciding = Membership.objects.filter(
        organisation=own, role__in=roles, user__is_active=True
    ).exclude(user=by)
    notify(
        INTEREST_PROPOSED,
        [one.user for one in deciding.select_related("user").order_by("pk")],
        key=_key(interest),
        path=reverse(
            "alliances:interest_answer",
            args=[own.public_id, interest.other.public_id],
        ),
        context={"own": own.name, "other": interest.other.name},
    )
