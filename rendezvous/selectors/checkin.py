"""What the host reads at the door: who is there, who is expected, who is missing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.policy import Person, visible
from alliances.enums import ActorKind
from rendezvous.enums import Presence
from rendezvous.models import Attendee, Registration, Session
from rendezvous.search_words import FOUND, closeness

PAGE_SIZE = 80
NEAREST = 12


@dataclass(frozen=True)
class Line:
    """Somebody who comes, and where they stand; ``begun``: the round under way."""

    attendee: Attendee
    begun: int = 0

    @property
    def key(self) -> str:
        """The key as forms send it back, without the spaces of thousands."""
        return str(self.attendee.pk)

    @property
    def _row(self) -> Any:
        return getattr(self.attendee, "attendance", None)

    @property
    def state(self) -> Presence:
        return Presence(self._row.state) if self._row else Presence.EXPECTED

    @property
    def is_here(self) -> bool:
        return self.state is Presence.ARRIVED and not self.has_left

    @property
    def is_absent(self) -> bool:
        return self.state is Presence.ABSENT

    @property
    def is_expected(self) -> bool:
        return self.state is Presence.EXPECTED

    @property
    def has_left(self) -> bool:
        return self.leaves_before is not None and self.leaves_before <= self.begun

    @property
    def leaves_before(self) -> int | None:
        found: int | None = self._row.left_from if self._row else None
        return found

    @property
    def arrived_at(self) -> dt.datetime | None:
        found: dt.datetime | None = self._row.arrived_at if self._row else None
        return found

    @property
    def comes_from(self) -> int | None:
        """The round announced by who is late, or registered; None: the first."""
        said = self._row.late_from if self._row else None
        found = max(said or 1, self.attendee.from_round)
        return found if found > 1 and self.is_expected else None

    @property
    def organisation(self) -> Any:
        return self.attendee.registration.organisation


@dataclass(frozen=True)
class Count:
    """How many people of a kind are there, expected or absent; all of them, without."""

    kind: str
    here: int
    expected: int
    absent: int

    @property
    def label(self) -> str:
        return str(ActorKind(self.kind).label) if self.kind else ""

    @property
    def total(self) -> int:
        return self.here + self.expected + self.absent


@dataclass(frozen=True)
class Gesture:
    """Those who were said absent at once, that one may take back."""

    at: dt.datetime
    count: int

    @property
    def stamp(self) -> str:
        return self.at.isoformat()


@dataclass(frozen=True)
class Room:
    """The list of a session, narrowed to what was typed or chosen."""

    page: "Page[Any]"
    everybody: Count
    by_kind: list[Count]
    gesture: Gesture | None


def room_of(session: Session, viewer: Person, asked: "Asked", *, begun: int) -> Room:
    """Return the list of a session as the host asks for it."""
    lines = lines_of(session, viewer, begun=begun)
    found = _answering(lines, asked.typed) if asked.typed else _chosen(lines, asked)
    return Room(
        page=Paginator(found, PAGE_SIZE).get_page(asked.number),
        everybody=_count("", lines),
        by_kind=[
            _count(kind, [one for one in lines if _kind(one) == kind])
            for kind in ActorKind.values
            if any(_kind(one) == kind for one in lines)
        ],
        gesture=_gesture(lines),
    )


@dataclass(frozen=True)
class Asked:
    """What the host typed, and which part of the list they look at."""

    typed: str = ""
    part: str = ""
    number: str | None = None


PARTS = {
    "attendues": lambda one: one.is_expected,
    "arrivees": lambda one: one.is_here,
    "absentes": lambda one: one.is_absent or one.has_left,
}


def lines_of(session: Session, viewer: Person, *, begun: int = 0) -> list[Line]:
    """Return everybody who has a place, by organisation."""
    ordered = _people(session, viewer).order_by(
        "registration__organisation__search_key", "registration", "position"
    )
    return [Line(one, begun) for one in ordered]


def _people(session: Session, viewer: Person) -> Any:
    rows = Attendee.objects.filter(
        registration__in=_confirmed(session).values("pk")
    ).select_related("registration__organisation", "attendance")
    return visible(viewer, rows).defer("registration__organisation__search_vector")


def line_of(
    session: Session, viewer: Person, pk: object, *, begun: int = 0
) -> Line | None:
    """Return one person who has a place, by key as it was typed or scanned."""
    text = str(pk)
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004
        return None
    found = _people(session, viewer).filter(pk=int(text)).first()
    return Line(found, begun) if found else None


def the_only_one(lines: Sequence[Line], typed: str) -> Line | None:
    """Return whom the typed words name, when they name one person and nobody else."""
    awaited = [one for one in lines if not one.is_here]
    exact = [one for one in awaited if _closeness(one, typed) == FOUND]
    return exact[0] if len(exact) == 1 else None


def still_expected(session: Session) -> Any:
    """Return those who are neither there nor absent."""
    rows = Attendee.objects.filter(registration__in=_confirmed(session).values("pk"))
    said = (Presence.ARRIVED, Presence.ABSENT)
    there = rows.filter(attendance__state__in=said)
    return rows.exclude(pk__in=there.values("pk"))


def _confirmed(session: Session) -> Any:
    return Registration.objects.confirmed().filter(
        session=session, organisation__archived_at=None
    )


def _kind(line: Line) -> str:
    return line.attendee.registration.kind


def _closeness(line: Line, typed: str) -> float:
    return closeness(typed, line.attendee.name, line.organisation.name)


def _answering(lines: Iterable[Line], typed: str) -> list[Line]:
    """Keep those whose names answer what was typed, the closest first."""
    scored = [(_closeness(one, typed), one) for one in lines]
    found = sorted(
        ((score, one) for score, one in scored if score > 0),
        key=lambda pair: (-pair[0], pair[1].is_here),
    )
    exact = [one for score, one in found if score == FOUND]
    return exact or [one for _score, one in found][:NEAREST]


def _chosen(lines: list[Line], asked: Asked) -> list[Line]:
    keep = PARTS.get(asked.part)
    return [one for one in lines if keep(one)] if keep else lines


def _count(kind: str, lines: Sequence[Line]) -> Count:
    found = Counter(
        "here" if one.is_here else "expected" if one.is_expected else "absent"
        for one in lines
    )
    return Count(kind, found["here"], found["expected"], found["absent"])


def _gesture(lines: Iterable[Line]) -> Gesture | None:
    """Return the last time that several people, or one, were said absent at once."""
    moments = Counter(one.attendee.attendance.at for one in lines if one.is_absent)
    if not moments:
        return None
    last = max(moments)
    return Gesture(last, moments[last])
