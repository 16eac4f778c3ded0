"""A calendar of meetings (RFC 5545), with the time zone of the place."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

PRODUCER = "-//Alliances//Rencontres//FR"
AROUND = dt.timedelta(days=400)  # the changes of hour that a program needs to know


@dataclass(frozen=True)
class Entry:
    """One meeting; its ``uid`` stays the same from one version to the next."""

    uid: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    place: str
    description: str = ""
    is_cancelled: bool = False


def agenda(
    name: str, entries: Iterable[Entry], *, sequence: int, at: dt.datetime
) -> bytes:
    """Write a calendar.

    Parameters
    ----------
    name
        What programs call it.
    entries
        Meetings, by the clock of the place.
    sequence
        Grows with each version, so that programs follow.
    at
        When this version was made.
    """
    import icalendar  # noqa: PLC0415 - only where a calendar is written

    rows = list(entries)
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    for one in rows:
        calendar.add_component(_event(one, sequence, at))
    days = [one.begins_at.date() for one in rows] or [at.date()]
    calendar.add_missing_timezones(min(days) - AROUND, max(days) + AROUND)
    return bytes(calendar.to_ical())


def _event(one: Entry, sequence: int, at: dt.datetime) -> Any:
    import icalendar  # noqa: PLC0415 - as above

    event = icalendar.Event()
    event.add("uid", one.uid)
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", one.begins_at)
    event.add("dtend", one.ends_at)
    event.add("summary", _plain(one.summary))
    event.add("location", _plain(one.place))
    if one.description:
        event.add("description", _plain(one.description))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    return event


def _plain(text: str) -> str:
    """Keep lines and what is written, without what commands a terminal."""
    return "".join(
        one
        for one in text.replace("\r\n", "\n")
        if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")
    )
