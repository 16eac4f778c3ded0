"""A draft as a hand changes it: its grid, what may be done, what is wrong, what is locked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.policy import Person
from rendezvous.models import Lock, Schedule, Session
from rendezvous.scheduling.gestures import Place
from rendezvous.selectors.draft_choices import Adding, Selected, adding, selected
from rendezvous.selectors.draft_reading import Cell, Option, Reading
from rendezvous.selectors.faults import sentence


@dataclass(frozen=True)
class Locked:
    """A lock, in words."""

    pk: int
    label: str


@dataclass(frozen=True)
class Draft:
    rows: list[tuple[int, list[Cell]]]
    rounds: list[int]
    tables: list[int]
    people: list[Option]
    warnings: list[str]
    locks: list[Locked]
    n_changes: int
    selected: Selected | None = None
    adding: Adding | None = None


def draft_of(
    session: Session,
    schedule: Schedule,
    viewer: Person,
    *,
    place: Place | None = None,
    attendee: str = "",
) -> Draft:
    """Return a version as the page that changes it shows it."""
    read = Reading(session, schedule, viewer)
    rounds = list(range(1, session.rounds + 1))
    tables = list(range(1, session.tables + 1))
    faults = read.known.faults(read.meetings)
    chosen = place if place in read.by_place else None
    return Draft(
        rows=[(t, [read.cell((r, t), chosen) for r in rounds]) for t in tables],
        rounds=rounds,
        tables=tables,
        people=sorted(
            ((one, read.names[one]) for one in read.ids if one in read.names),
            key=lambda option: option[1],
        ),
        warnings=list(dict.fromkeys(sentence(one, read.names) for one in faults)),
        locks=[Locked(one.pk, _lock_label(one, read.names)) for one in read.locks],
        n_changes=len(schedule.changes),
        selected=selected(read, chosen) if chosen else None,
        adding=adding(read, attendee) if attendee in read.ids else None,
    )


def _lock_label(lock: Lock, names: dict[str, str]) -> str:
    if lock.is_meeting:
        return _("tour %(round)d, table %(table)d") % {
            "round": lock.round,
            "table": lock.table,
        }
    if lock.round:
        return _("tout le tour %d") % lock.round
    if lock.table:
        return _("toute la table %d") % lock.table
    return _("tout le programme de %s") % names.get(str(lock.attendee_id), "")
