"""Where an organisation stands with the others, for its own members alone."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from accounts.policy import Person, can, visible
from alliances.models import Interest, Introduction, Organisation, Suggestion
from alliances.selectors.openings import reopens_at
from alliances.selectors.solicitations import solicitations_left
from alliances.selectors.suggestions import received_about

MAX_ANSWERING = 5


@dataclass(frozen=True)
class Standing:
    """Where ``own`` stands with ``other``: nothing of what the other side said.

    ``interest`` is what own answered; ``introduction`` the open one;
    ``again_on`` the day before which the two are not introduced again; ``suggestion``
    what a catalyst told both.
    """

    own: Organisation
    other: Organisation
    can_decide: bool
    interest: Interest | None = None
    introduction: Introduction | None = None
    again_on: dt.date | None = None
    suggestion: Suggestion | None = None

    @property
    def answer(self) -> str:
        return self.interest.answer if self.interest else ""

    @property
    def budget(self) -> int:
        """How many introductions a month the other side accepts at most."""
        return self.other.solicitation_budget


def standings(
    own: Organisation, others: Collection[Organisation], *, viewer: Person
) -> dict[int, Standing]:
    """Return where ``own`` stands with each of ``others``, in a fixed number of queries.

    Empty for whoever is not a member of ``own``.
    """
    if not can(viewer, "alliances.view_relations", own):
        return {}
    now = timezone.now()
    answers = _answers(own, others, viewer, now)
    open_ones, last_closed = _introductions(own, others, viewer)
    suggested = received_about(own, others, viewer, now)
    can_decide = can(viewer, "alliances.answer_interest", own)
    return {
        other.pk: Standing(
            own=own,
            other=other,
            can_decide=can_decide,
            interest=answers.get(other.pk),
            introduction=open_ones.get(other.pk),
            again_on=_again_on(last_closed.get(other.pk), now),
            suggestion=suggested.get(other.pk),
        )
        for other in others
    }


def standing(
    own: Organisation, other: Organisation, *, viewer: Person
) -> Standing | None:
    """Return where ``own`` stands with ``other``; None for who is not a member."""
    return standings(own, [other], viewer=viewer).get(other.pk)


def answering_for(other: Organisation, viewer: Person) -> list[Organisation]:
    """Return the organisations for which ``viewer`` may answer about ``other``."""
    if not viewer.is_authenticated:
        return []
    mine = Organisation.objects.active().filter(memberships__user=viewer)
    found = visible(viewer, mine.exclude(pk=other.pk)).order_by("search_key", "pk")
    return list(found[:MAX_ANSWERING])


@dataclass(frozen=True)
class Room:
    """The budget of the month, for the members of the organisation alone."""

    budget: int
    left: int


def room_of(organisation: Organisation) -> Room:
    left = solicitations_left(organisation, timezone.localdate())
    return Room(organisation.solicitation_budget, left)


def _answers(
    own: Organisation,
    others: Collection[Organisation],
    viewer: Person,
    now: dt.datetime,
) -> dict[int, Interest]:
    live = Interest.objects.live(now).filter(organisation=own, other__in=others)
    return {one.other_id: one for one in visible(viewer, live)}


def _introductions(
    own: Organisation, others: Collection[Organisation], viewer: Person
) -> tuple[dict[int, Introduction], dict[int, Introduction]]:
    """Return the open introductions and the last closed ones, by the other side."""
    wanted = {one.pk for one in others}
    rows = visible(viewer, Introduction.objects.of(own.pk)).order_by("opened_at")
    open_ones: dict[int, Introduction] = {}
    closed: dict[int, Introduction] = {}
    for one in rows.filter(low__in=[own.pk, *wanted], high__in=[own.pk, *wanted]):
        other_id = one.high_id if one.low_id == own.pk else one.low_id
        is_open = one.state == Introduction.State.OPEN
        (open_ones if is_open else closed)[other_id] = one
    return open_ones, closed


def _again_on(closed: Introduction | None, now: dt.datetime) -> dt.date | None:
    until = reopens_at(closed) if closed else None
    return timezone.localdate(until) if until and until > now else None
