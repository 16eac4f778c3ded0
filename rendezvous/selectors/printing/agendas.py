"""One's own programme as a calendar, for phones and computers."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.policy import Person
from rendezvous.documents.agenda import Entry, agenda
from rendezvous.enums import ScheduleState
from rendezvous.models import Registration, Schedule, Seat, Session, SessionClock
from rendezvous.selectors.printing.heading import date_of
from rendezvous.selectors.printing.room import moment_of
from rendezvous.selectors.programmes import Programme, Slot, programmes_of

CHANGES_OF_HOUR = 1_000  # more than the hosts of a day make


def agenda_of(
    session: Session, schedule: Schedule, own: Registration, viewer: Person
) -> bytes:
    """Write the calendar of the people of one organisation.

    A meeting keeps its identifier from one version to the next: the hour, the table
    or the partner change with a higher sequence; what was told and is no longer
    planned is told cancelled.
    """
    clock = SessionClock.objects.filter(session=session).first()
    programmes = programmes_of(session, own.organisation, viewer, moment_of(session))
    told = _told_before(own)
    entries = [
        entry
        for one in programmes
        for entry in _entries(session, own, one, told, alone=len(programmes) == 1)
    ]
    published = date_of(session, schedule)
    return agenda(
        session.title,
        entries,
        sequence=schedule.version * CHANGES_OF_HOUR + (clock.revision if clock else 0),
        at=max(published, clock.changed_at) if clock else published,
    )


def _entries(
    session: Session,
    own: Registration,
    programme: Programme,
    told: set[tuple[int, int]],
    *,
    alone: bool,
) -> Iterator[Entry]:
    who = "" if alone else ", ".join(programme.people)
    for slot in programme.slots:
        if slot.table or (programme.position, slot.number) in told:
            uid = _uid(session, own, programme, slot)
            yield _entry(session, slot, uid, who)


def _entry(session: Session, slot: Slot, uid: str, who: str) -> Entry:
    place, zone = session.place, session.tz
    begins, ends = slot.begins_at.astimezone(zone), slot.ends_at.astimezone(zone)
    if not (slot.table and slot.is_held):
        cancelled = _("Rencontre annulée")
        return Entry(uid, begins, ends, cancelled, place, is_cancelled=True)
    names = ", ".join(one.organisation.name for one in slot.others)
    table = _("Table %(number)d") % {"number": slot.table}
    summary = " – ".join(one for one in (table, names, who) if one)
    where = f"{place}, {table.lower()}"
    return Entry(uid, begins, ends, summary, where, "\n".join(slot.topics))


def _uid(session: Session, own: Registration, programme: Programme, slot: Slot) -> str:
    host = urlsplit(settings.SITE_URL).hostname
    person = f"{own.public_id}-{programme.position}-{slot.number}"
    return f"{session.public_id}-{person}@{host}"


def _told_before(own: Registration) -> set[tuple[int, int]]:
    """The rounds where these people had a table, in a version that they could read."""
    rows = Seat.objects.filter(
        attendee__registration=own,
        schedule__state=ScheduleState.REPLACED,
        schedule__published_at__isnull=False,
    )
    return set(rows.values_list("attendee__position", "round"))
