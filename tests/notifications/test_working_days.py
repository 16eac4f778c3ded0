"""When letters leave: never at night, at the weekend or on a public holiday."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.working_days import (
    daily_cutoff,
    easter,
    holidays,
    is_open,
    is_working_day,
    next_open,
    weekly_cutoff,
    working_days_after,
)

PARIS = ZoneInfo("Europe/Paris")
moments = st.datetimes(
    dt.datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    dt.datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(PARIS),
)
days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, dt.date(1961, 4, 2)),
        (2000, dt.date(2000, 4, 23)),
        (2008, dt.date(2008, 3, 23)),
        (2026, dt.date(2026, 4, 5)),
        (2038, dt.date(2038, 4, 25)),
    ],
)
def test_easter_is_when_the_calendar_says(year, sunday):
    assert easter(year) == sunday


def test_the_public_holidays_of_2026():
    assert sorted(holidays(2026)) == [
        dt.date(2026, 1, 1),
        dt.date(2026, 4, 6),
        dt.date(2026, 5, 1),
        dt.date(2026, 5, 8),
        dt.date(2026, 5, 14),
        dt.date(2026, 5, 25),
        dt.date(2026, 7, 14),
        dt.date(2026, 8, 15),
        dt.date(2026, 11, 1),
        dt.date(2026, 11, 11),
        dt.date(2026, 12, 25),
    ]


def test_three_working_days_over_the_first_of_may_and_a_weekend():
    assert working_days_after(dt.date(2026, 4, 29), 3) == dt.date(2026, 5, 5)


@given(day=days, count=st.integers(1, 20))
def test_working_days_are_counted_one_by_one(day, count):
    last = working_days_after(day, count)
    between = [day + dt.timedelta(days=n) for n in range(1, (last - day).days + 1)]

    assert is_working_day(last)
    assert sum(map(is_working_day, between)) == count


@given(moment=moments)
def test_what_waits_leaves_at_the_first_open_moment(moment):
    leaves = next_open(moment)

    assert is_open(leaves)
    assert leaves >= moment
    # Hour by hour of the clock, nothing was open before.
    clock = moment.replace(minute=0, second=0, microsecond=0)
    while (clock := clock + dt.timedelta(hours=1)) < leaves:
        assert not is_open(clock) or leaves == moment


@given(moment=moments)
def test_a_digest_covers_what_was_told_before_eight_on_the_clock(moment):
    cutoff = daily_cutoff(moment)

    if not is_open(moment):
        assert cutoff is None
    else:
        assert cutoff == dt.datetime.combine(moment.date(), dt.time(8), PARIS)
        assert cutoff <= moment


@given(moment=moments)
def test_the_digest_of_a_week_leaves_once_from_its_first_working_day(moment):
    cutoff = weekly_cutoff(moment)

    if cutoff is None:
        assert not is_open(moment)
        return
    monday = moment.date() - dt.timedelta(days=moment.weekday())
    before = [
        monday + dt.timedelta(days=n) for n in range((cutoff.date() - monday).days)
    ]
    assert monday <= cutoff.date() <= moment.date()
    assert cutoff.hour == 8
    assert not any(map(is_working_day, before))


@pytest.mark.parametrize("sunday", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_a_change_of_time_moves_the_moment_not_the_clock(sunday):
    friday_evening = dt.datetime.combine(
        sunday - dt.timedelta(days=2), dt.time(21), PARIS
    )

    leaves = next_open(friday_evening)

    assert leaves == dt.datetime.combine(
        sunday + dt.timedelta(days=1), dt.time(8), PARIS
    )
    hours = leaves.astimezone(dt.UTC) - friday_evening.astimezone(dt.UTC)
    assert hours in {dt.timedelta(hours=58), dt.timedelta(hours=60)}
