"""Calendars open again: hours by the clock of the place, and what changed is followed."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from rendezvous.documents.agenda import Entry, agenda
from rendezvous.enums import Zone

AT = dt.datetime(2026, 7, 1, 9, 0, tzinfo=dt.UTC)


def entry(zone, **values):
    begins = dt.datetime(2026, 11, 21, 14, 0, tzinfo=ZoneInfo(zone))
    values = {"summary": "Table 3", "place": "Salle des fêtes", **values}
    ends = begins + dt.timedelta(minutes=7)
    return Entry("un@exemple.test", begins, ends, **values)


def written(*entries, sequence=1):
    content = agenda("Rencontres", entries, sequence=sequence, at=AT)
    return icalendar.Calendar.from_ical(content)


@pytest.mark.parametrize("zone", Zone.values)
def test_each_zone_is_described_and_keeps_its_hour(zone):
    calendar = written(entry(zone))

    described = [one["tzid"] for one in calendar.walk("VTIMEZONE")]
    begins = calendar.walk("VEVENT")[0]["dtstart"]
    assert described == [zone]
    assert begins.params["TZID"] == zone
    offset = entry(zone).begins_at.utcoffset()
    assert begins.dt.utcoffset() == offset


def test_an_event_has_its_identifier_its_sequence_and_its_state():
    event = written(entry("Europe/Paris"), sequence=4).walk("VEVENT")[0]

    assert (event["uid"], event["sequence"], event["status"]) == (
        "un@exemple.test",
        4,
        "CONFIRMED",
    )
    assert event["dtstamp"].dt == AT


def test_what_is_no_longer_planned_is_told_cancelled():
    event = written(entry("Europe/Paris", is_cancelled=True)).walk("VEVENT")[0]

    assert event["status"] == "CANCELLED"


def test_a_text_adds_no_line_of_its_own():
    text = "Table 3\r\nBEGIN:VALARM\r\nEND:VEVENT\x00;,\\ 🎉\u2028"

    calendar = written(entry("Europe/Paris", summary=text))

    event = calendar.walk("VEVENT")[0]
    assert len(calendar.walk()) == len(written(entry("Europe/Paris")).walk())
    assert event["summary"] == "Table 3\nBEGIN:VALARM\nEND:VEVENT;,\\ 🎉\u2028"


def test_a_calendar_of_nothing_is_a_calendar():
    assert written().walk("VEVENT") == []
