"""What a catalyst reads while a session fills."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from accounts.policy import Person, visible
from alliances.enums import Means
from rendezvous.models import Attendee, Registration, Session
from rendezvous.selectors.invitations import Invited, invited_to
from rendezvous.selectors.lacks import Lack, lacks_of
from rendezvous.selectors.sessions import Balance, balance_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class Uncovered:
    """A means that somebody seeks and that nobody present brings."""

    means: Means
    sought_by: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.means.label)


@dataclass(frozen=True)
class Board:
    balances: list[Balance]
    lacks: list[Lack]
    uncovered: list[Uncovered]
    invited: list[Invited]
    page: "Page[Any]"


def board_of(session: Session, viewer: Person, number: str | None) -> Board:
    """Return the state of a session for who prepares it."""
    balances = balance_of(session)
    uncovered = white_zones(session, viewer)
    means = [one.means.value for one in uncovered]
    return Board(
        balances,
        lacks_of(session, viewer, balances, means),
        uncovered,
        invited_to(session, viewer),
        registered_page(session, viewer, number),
    )


def registered_page(
    session: Session, viewer: Person, number: str | None
) -> "Page[Any]":
    """Return who comes, then who waits in the order in which they are called."""
    people = Attendee.objects.order_by("position")
    rows = visible(viewer, Registration.objects.live().filter(session=session))
    rows = rows.select_related("organisation__seat").prefetch_related(
        Prefetch("attendees", queryset=visible(viewer, people))
    )
    ordered = rows.order_by("state", "queued_at", "pk")
    return Paginator(ordered, PAGE_SIZE).get_page(number)


def white_zones(session: Session, viewer: Person) -> list[Uncovered]:
    """Return the needs of those who come that nobody who comes covers."""
    rows = Registration.objects.confirmed().filter(session=session)
    found = (
        visible(viewer, rows)
        .order_by("pk")
        .values_list("pk", "organisation__name", "needs", "offers")
    )
    lines = list(found)
    brought: dict[str, set[int]] = defaultdict(set)
    for pk, _name, _needs, offers in lines:
        for code in offers:
            brought[code].add(pk)
    sought: dict[str, list[str]] = defaultdict(list)
    for pk, name, needs, _offers in lines:
        for code in needs:
            if not brought[code] - {pk}:
                sought[code].append(name)
    return [
        Uncovered(Means(code), tuple(sought[code]))
        for code in Means.values
        if code in sought
    ]
