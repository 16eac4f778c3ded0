"""Who goes where, for the screen of the room: organisations only, no name of a person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from accounts.policy import Person, visible
from rendezvous.models import Registration, Schedule, Seat, Session


@dataclass(frozen=True)
class Table:
    """A table that is taken, and who sits there."""

    number: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where an organisation goes: one table, several for several programmes, or none."""

    name: str
    tables: tuple[int, ...]


@dataclass(frozen=True)
class Seating:
    """One round, table by table and organisation by organisation."""

    number: int
    tables: list[Table]
    places: list[Place]


def seatings_of(
    session: Session, viewer: Person, numbers: Collection[int]
) -> list[Seating]:
    """Return who sits where in each of these rounds of the published programme."""
    published = Schedule.objects.published().filter(session=session)
    seats = Seat.objects.filter(
        schedule__in=visible(viewer, published), round__in=numbers
    )
    at: dict[int, dict[int, set[int]]] = {number: {} for number in numbers}
    for number, table, key in visible(viewer, seats).values_list(
        "round", "meeting__table", "attendee__registration"
    ):
        at[number].setdefault(table, set()).add(key)
    names = _names(session, viewer)
    return [_seating(number, at[number], names) for number in numbers]


def _names(session: Session, viewer: Person) -> dict[int, str]:
    """Return the name of each organisation that has a place, in alphabetical order."""
    rows = visible(viewer, Registration.objects.confirmed().filter(session=session))
    ordered = rows.order_by("organisation__search_key", "pk")
    return dict(ordered.values_list("pk", "organisation__name"))


def _seating(
    number: int, tables: dict[int, set[int]], names: dict[int, str]
) -> Seating:
    where: dict[int, list[int]] = defaultdict(list)
    for table in sorted(tables):
        for key in tables[table]:
            where[key].append(table)
    return Seating(
        number,
        [
            Table(table, tuple(names[key] for key in names if key in tables[table]))
            for table in sorted(tables)
        ],
        [Place(name, tuple(where[key])) for key, name in names.items()],
    )
