"""Two fictitious sessions, and one real collective process as its source tells it.

``evening.csv`` and ``past.csv``: which organisations of the demonstration come, and who
for them (invented names); ``wishes.csv``: what some wished before the evening;
``afterwards.csv``: what two that met said of it, and how far they went, in turn;
``charenton.toml``: « Agir ensemble » at Charenton – Saint-Maurice, nothing that its
source does not say.
"""

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

FOLDER = Path(__file__).parent
# Addresses that the guide may name. An evening that was played stays: the next one has
# the next number.
EVENING, PAST, PROCESS = "demseance", "dempassee222", "demcharentan"
FIRST_NUMBER = 222
HOUR = dt.time(18, 30)
# Later in the day, the evening is the next one: there is time to prepare it.
LAST_HOUR = dt.time(17, 30)
DAYS_AGO = 21
# Of the past session: who did not come, and who came during which round.
ABSENT = ("commerce-120", "lien-aines-229")
LATE = {"industrie-207": 2}


@dataclass(frozen=True)
class Coming:
    """Who comes for an organisation, and during which rounds (none given: all)."""

    key: str
    people: tuple[str, ...]
    has_own_programme: bool
    rounds: tuple[int, int] | None


@dataclass(frozen=True)
class Told:
    """What one side says of a meeting, then of what followed."""

    answer: str
    track: str
    stage: str
    has_signed: bool


@dataclass(frozen=True)
class Story:
    """What two that met made of it; ``promise``: what their card says, if they have one.

    ``why``: why the first of them stops.
    """

    one: Told
    other: Told
    promise: str
    due_days: int
    why: str


@dataclass(frozen=True)
class Setting:
    """What a session of the demonstration is."""

    title: str
    description: str
    place: str
    tables: int
    rounds: int
    meetings_min: int
    meetings_max: int
    capacities: dict[str, int]


def evening() -> Setting:
    """Return the session that is ready to be played; six companies are missing."""
    return Setting(
        title=_("Du Loir à l’estuaire : mobilité et grand âge"),
        description=_(
            "Session de démonstration, organisations fictives. Se déplacer sans "
            "voiture, vieillir chez soi, travailler près de chez soi : une soirée pour "
            "que ceux qui cherchent rencontrent ceux qui peuvent."
        ),
        place=_("Gymnase des Trois-Gués (lieu fictif), près de La Flèche"),
        tables=22,
        rounds=8,
        meetings_min=4,
        meetings_max=8,
        capacities={
            "association": 26,
            "company": 26,
            "local_authority": 8,
            "foundation": 4,
            "academic": 2,
        },
    )


def past() -> Setting:
    """Return the session that was held some weeks ago."""
    return Setting(
        title=_("Premières rencontres du Loir"),
        description=_(
            "Session de démonstration, organisations fictives. La première soirée du "
            "pays : vingt-huit organisations, six tours."
        ),
        place=_("Halle de Loirval (lieu fictif)"),
        tables=12,
        rounds=6,
        meetings_min=3,
        meetings_max=6,
        capacities={
            "association": 12,
            "company": 10,
            "local_authority": 4,
            "foundation": 2,
        },
    )


def who_comes(name: str) -> list[Coming]:
    """Return who comes to the session called ``name``, in the order they registered."""
    return [
        Coming(
            row["key"],
            tuple(one for one in (row["person"], row["second"]) if one),
            row["second_programme"] == "own",
            _rounds(row["rounds"]),
        )
        for row in _rows(name)
    ]


def wishes() -> list[tuple[str, str, str]]:
    """Return who wishes what of whom, before the evening."""
    return [(row["key"], row["other"], row["answer"]) for row in _rows("wishes")]


def stories() -> list[Story]:
    """Return what became of the meetings of the past session, in turn."""
    return [
        Story(
            _told(row, "one", ""),
            _told(row, "other", "other_"),
            row["promise"],
            int(row["due"] or 0),
            row["why"],
        )
        for row in _rows("afterwards")
    ]


def _told(row: dict[str, str], side: str, prefix: str) -> Told:
    return Told(
        row[f"{prefix}answer"],
        row[f"{prefix}track"],
        row[f"{prefix}stage"],
        row["signed"] in (side, "both"),
    )


def charenton() -> dict[str, Any]:
    """Return the collective process of Charenton – Saint-Maurice."""
    return tomllib.loads((FOLDER / "charenton.toml").read_text(encoding="utf-8"))


def begins_at(now: dt.datetime) -> dt.datetime:
    """Return when the evening begins, for who loads it at ``now`` (local time)."""
    days = 0 if now.time() < LAST_HOUR else 1
    day = now.date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, HOUR, tzinfo=now.tzinfo)


def began_at(now: dt.datetime) -> dt.datetime:
    """Return when the past session began: a Thursday evening, three weeks ago."""
    day = now.date() - dt.timedelta(days=DAYS_AGO)
    thursday = day - dt.timedelta(days=(day.isoweekday() - 4) % 7)
    return dt.datetime.combine(thursday, HOUR, tzinfo=now.tzinfo)


def _rounds(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    first, last = text.split("-")
    return int(first), int(last)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
