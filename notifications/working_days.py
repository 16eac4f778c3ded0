"""When letters leave: working days in France, between eight in the morning and evening.

Moments are aware, in the zone of the people who read; they come back in the same zone,
at the hour of the clock that people see, whatever the change of time in between.
"""

import datetime as dt
from functools import lru_cache

OPENS_AT_HOUR = 8
CLOSES_AT_HOUR = 20
FIXED_HOLIDAYS = (
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
)
DAYS_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def easter(year: int) -> dt.date:
    """Return Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=8)
def holidays(year: int) -> frozenset[dt.date]:
    """Return the eleven public holidays of the Code du travail (L3133-1)."""
    fixed = {dt.date(year, month, day) for month, day in FIXED_HOLIDAYS}
    moving = {easter(year) + days * ONE_DAY for days in DAYS_AFTER_EASTER}
    return frozenset(fixed | moving)


def is_working_day(day: dt.date) -> bool:
    """Tell whether people may be at work on ``day``."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the ``count``-th working day after ``day``, ``day`` not counted."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def opening_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Return the moment when letters begin to leave on ``day``."""
    return dt.datetime.combine(day, dt.time(OPENS_AT_HOUR), zone)


def is_open(moment: dt.datetime) -> bool:
    """Tell whether a letter may leave at ``moment``."""
    hours = range(OPENS_AT_HOUR, CLOSES_AT_HOUR)
    return is_working_day(moment.date()) and moment.hour in hours


def next_open(moment: dt.datetime) -> dt.datetime:
    """Return ``moment`` if a letter may leave then, else the next opening."""
    if is_open(moment):
        return moment
    day = moment.date()
    if not is_working_day(day) or moment.hour >= CLOSES_AT_HOUR:
        day = working_days_after(day, 1)
    assert moment.tzinfo is not None  # noqa: S101 - moments are aware
    return opening_of(day, moment.tzinfo)


def daily_cutoff(moment: dt.datetime) -> dt.datetime | None:
    """Return the opening of today, when the digests of the day may leave.

    What was told before it belongs to the digest; None out of hours.
    """
    if not is_open(moment) or moment.tzinfo is None:
        return None
    return opening_of(moment.date(), moment.tzinfo)


def weekly_cutoff(moment: dt.datetime) -> dt.datetime | None:
    """Return the first opening of the week, from then on: a Monday, holidays apart."""
    if not is_open(moment) or moment.tzinfo is None:
        return None
    sunday = moment.date() - (moment.weekday() + 1) * ONE_DAY
    return opening_of(working_days_after(sunday, 1), moment.tzinfo)
