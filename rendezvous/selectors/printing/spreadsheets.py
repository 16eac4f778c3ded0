"""The grid as a workbook: by round, by participant, and who is expected."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rendezvous.documents.workbook import DAY_AND_HOUR, Cell, Column, Page, workbook
from rendezvous.selectors.printing.heading import date_of, kind_label
from rendezvous.selectors.printing.room import Guest, Room, Seated

SEATS = 3


def workbook_of(room: Room) -> bytes:
    """Write the workbook of a programme, hours by the clock of the place."""
    pages = [
        Page(_("Par tour"), _columns_by_round(), _by_round(room)),
        Page(_("Par participant"), _columns_by_guest(), _by_guest(room)),
        Page(_("Présence"), _columns_of_presence(), _presence(room)),
    ]
    at = date_of(room.session, room.schedule)
    return workbook(pages, title=room.session.title, at=at)


def _columns_by_round() -> list[Column]:
    organisation = _("Organisation %(number)d")
    return [
        Column(_("Tour"), 7),
        Column(_("Début"), 17, DAY_AND_HOUR),
        Column(_("Fin"), 17, DAY_AND_HOUR),
        Column(_("Table"), 7),
        *(Column(organisation % {"number": n}, 38) for n in range(1, SEATS + 1)),
    ]


def _by_round(room: Room) -> Iterator[list[Cell]]:
    for one in room.seated:
        names: list[Cell] = [each.organisation.name for each in one.registrations]
        free: list[Cell] = [None] * SEATS
        yield [one.round, *room.hours(one.round), one.table, *(names + free)[:SEATS]]


def _columns_by_guest() -> list[Column]:
    return [
        Column(_("Organisation"), 38),
        Column(_("Nature"), 18),
        Column(_("Personnes"), 32),
        Column(_("Tour"), 7),
        Column(_("Début"), 17, DAY_AND_HOUR),
        Column(_("Fin"), 17, DAY_AND_HOUR),
        Column(_("Table"), 7),
        Column(_("Avec"), 60),
    ]


def _by_guest(room: Room) -> Iterator[list[Cell]]:
    for guest in room.guests:
        who: list[Cell] = [
            guest.registration.organisation.name,
            kind_label(guest.registration),
            ", ".join(one.name for one in guest.people),
        ]
        for number in room.rounds:
            seated = guest.seats.get(number)
            yield [
                *who,
                number,
                *room.hours(number),
                seated.table if seated else None,
                _names(seated, guest) if seated else None,
            ]


def _columns_of_presence() -> list[Column]:
    return [
        Column(_("Organisation"), 38),
        Column(_("Nature"), 18),
        Column(_("Personne"), 32),
        Column(_("Du tour"), 9),
        Column(_("Au tour"), 9),
        Column(_("Rencontres"), 11),
    ]


def _presence(room: Room) -> Iterator[list[Cell]]:
    for guest in room.guests:
        for one in guest.people:
            yield [
                guest.registration.organisation.name,
                kind_label(guest.registration),
                one.name,
                one.from_round,
                one.until_round,
                len(guest.seats),
            ]


def _names(seated: Seated, guest: Guest) -> str:
    return ", ".join(one.organisation.name for one in seated.beside(guest.registration))
