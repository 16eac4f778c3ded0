"""What a catalyst reads while a session fills."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q

from accounts.policy import Person, visible
from alliances.enums import Means, Part
from alliances.models import Intention, Organisation, OrganisationQuerySet
from rendezvous.models import Attendee, Registration, Session
from rendezvous.selectors.sessions import Balance, balance_of
from territories.models import Containment

PAGE_SIZE = 50
CANDIDATES = 5


@dataclass(frozen=True)
class Uncovered:
    """A means that somebody seeks and that nobody present brings."""

    means: Means
    sought_by: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.means.label)


@dataclass(frozen=True)
class Lack:
    """A kind with places left, and whom the directory would bring."""

    balance: Balance
    candidates: list[Organisation]


@dataclass(frozen=True)
class Board:
    balances: list[Balance]
    lacks: list[Lack]
    uncovered: list[Uncovered]
    page: "Page[Any]"


def board_of(session: Session, viewer: Person, number: str | None) -> Board:
    """Return the state of a session for who prepares it."""
    balances = balance_of(session)
    uncovered = white_zones(session, viewer)
    lacking = [one for one in balances if one.free and not one.waiting]
    return Board(
        balances,
        [Lack(one, _candidates(session, viewer, one, uncovered)) for one in lacking],
        uncovered,
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


def _candidates(
    session: Session, viewer: Person, balance: Balance, uncovered: list[Uncovered]
) -> list[Organisation]:
    """Return organisations of the place, those that cover most of what is missing first.

    Only what everybody reads of them counts: neither who hides where they are nor
    what is offered in secret would be found out. Who accepts no solicitation is left
    in peace.
    """
    come = Registration.objects.live().filter(session=session)
    found = _of_the_place(session).filter(kind=balance.kind)
    found = found.exclude(pk__in=come.values("organisation"))
    brought = Count(
        "intentions__offers__means",
        distinct=True,
        filter=Q(intentions__offers__means__in=[one.means.value for one in uncovered])
        & Q(intentions__in=Intention.objects.public())
        & ~Q(hidden_parts__contains=[Part.MEANS]),
    )
    ranked = visible(viewer, found).for_list().annotate(brought=brought)
    return list(ranked.order_by("-brought", "search_key", "pk")[:CANDIDATES])


def _of_the_place(session: Session) -> OrganisationQuerySet:
    communes = Containment.objects.filter(territory=session.territory_id)
    here = Q(seat=session.territory_id) | Q(seat__in=communes.values("commune"))
    found = Organisation.objects.active().showing(Part.PLACES).filter(here)
    return found.filter(solicitation_budget__gt=0)
