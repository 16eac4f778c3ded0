"""What follows the meetings of one organisation, as its own members read it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import timezone

from accounts.policy import Person, visible
from rendezvous.enums import FeedbackAnswer, Outcome
from rendezvous.models import (
    Checkpoint,
    Commitment,
    Feedback,
    FollowUp,
    Registration,
    Signature,
)
from rendezvous.models.followup import ANSWERED_WITHIN
from rendezvous.selectors.cards import card_code, read_code
from rendezvous.selectors.met import met_by, planned_for, rounds_begun


@dataclass(frozen=True)
class Card:
    """The last version of a commitment card; ``signed_by``: keys of registrations."""

    commitment: Commitment
    signed_by: frozenset[int]
    own: Registration

    @property
    def is_signed(self) -> bool:
        """Both sides signed this version."""
        followup = self.commitment.followup
        return self.signed_by >= {followup.low_id, followup.high_id}

    @property
    def waits_for_own(self) -> bool:
        return self.own.pk not in self.signed_by

    @property
    def own_calls(self) -> bool:
        return self.commitment.caller_id == self.own.pk


@dataclass(frozen=True)
class Afterwards:
    """Where one organisation stands with one that it met, or meets that day.

    ``own``: what it answered; ``theirs``: what the other wrote, once both answered and
    neither said no.
    """

    registration: Registration
    other: Registration
    has_begun: bool
    may_answer: bool
    own: Feedback | None = None
    theirs: Feedback | None = None
    followup: FollowUp | None = None
    card: Card | None = None
    questions: list[Checkpoint] = field(default_factory=list)

    @property
    def answer(self) -> str:
        return self.own.answer if self.own else ""

    @property
    def answer_label(self) -> str:
        return str(FeedbackAnswer(self.answer).label) if self.answer else ""

    @property
    def track(self) -> str:
        return self.own.track if self.own else ""

    @property
    def their_track(self) -> str:
        return self.theirs.track if self.theirs else ""

    @property
    def is_mutual(self) -> bool:
        return self.followup is not None and self.followup.mutual_at is not None

    @property
    def outcome(self) -> str:
        """What both said together; empty while one of them has not answered."""
        if self.is_mutual:
            return str(Outcome.MUTUAL)
        return self.own.outcome if self.own else ""

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def question(self) -> Checkpoint | None:
        """The last question whose day has come; before any, the first one."""
        today = timezone.localdate()
        due = [one for one in self.questions if one.due_on <= today]
        return due[-1] if due else next(iter(self.questions), None)


def afterwards_of(
    own: Registration, viewer: Person, now: dt.datetime
) -> dict[int, Afterwards]:
    """Return, by registration, what follows with each whom ``own`` meets that day.

    A fixed number of queries, the same whatever the others answered.
    """
    planned = planned_for(own.session, own.pk)
    begun = rounds_begun(own.session, now)
    others = _others(planned, viewer)
    mine, theirs = _feedbacks(own, viewer)
    followups = _followups(own, viewer)
    cards = _cards(own, viewer)
    questions = _questions(own, viewer)
    may_answer = now <= own.session.ends_at + ANSWERED_WITHIN
    return {
        other.pk: Afterwards(
            own,
            other,
            planned[other.pk] <= begun,
            may_answer,
            mine.get(other.pk),
            theirs.get(other.pk),
            followups.get(other.pk),
            cards.get(other.pk),
            questions.get(other.pk, []),
        )
        for other in others
    }


def found_by_code(
    own: Registration, viewer: Person, typed: str, now: dt.datetime
) -> Registration | None:
    """Return whom a card on paper was filled with, among those whom one has met."""
    code = read_code(typed)
    for other in _others(met_by(own.session, own.pk, now), viewer):
        if code and card_code(own.session, own.pk, other.pk) == code:
            return other
    return None


def _others(registrations: Collection[int], viewer: Person) -> list[Registration]:
    rows = Registration.objects.filter(pk__in=registrations)
    found = visible(viewer, rows).select_related("organisation")
    return list(
        found.defer("organisation__search_vector").order_by("organisation__name", "pk")
    )


def _feedbacks(
    own: Registration, viewer: Person
) -> tuple[dict[int, Feedback], dict[int, Feedback]]:
    rows = visible(viewer, Feedback.objects.all())
    mine = {one.other_id: one for one in rows.filter(registration=own)}
    theirs = {one.registration_id: one for one in rows.filter(other=own)}
    return mine, theirs


def _followups(own: Registration, viewer: Person) -> dict[int, FollowUp]:
    rows = visible(viewer, FollowUp.objects.of(own.pk)).select_related("introduction")
    return {_peer(one, own): one for one in rows}


def _cards(own: Registration, viewer: Person) -> dict[int, Card]:
    """Return the last version of each card, with who signed it."""
    signed = visible(viewer, Signature.objects.all())
    rows = visible(
        viewer,
        Commitment.objects.filter(followup__in=FollowUp.objects.of(own.pk)),
    )
    found = rows.select_related("followup", "caller__organisation").prefetch_related(
        Prefetch("signatures", queryset=signed)
    )
    return {
        _peer(one.followup, own): Card(
            one,
            frozenset(sign.registration_id for sign in one.signatures.all()),
            own,
        )
        for one in found.order_by("version")
    }


def _questions(own: Registration, viewer: Person) -> dict[int, list[Checkpoint]]:
    rows = visible(viewer, Checkpoint.objects.filter(registration=own))
    found: dict[int, list[Checkpoint]] = {}
    for one in rows.select_related("followup").order_by("days"):
        found.setdefault(_peer(one.followup, own), []).append(one)
    return found


def _peer(followup: FollowUp, own: Registration) -> int:
    return followup.high_id if followup.low_id == own.pk else followup.low_id
