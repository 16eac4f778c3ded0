"""Two versions of a programme side by side, and the meetings that differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.policy import Person, visible
from alliances.enums import ActorKind
from rendezvous.models import Meeting, Schedule, Session
from rendezvous.selectors.draft_reading import names_of
from rendezvous.selectors.versions import figures_of
from rendezvous.wording import KIND_WORDS

Group = frozenset[str]
Place = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """One figure of both; ``differs`` marks what changes."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Difference:
    """A meeting that is only in one, or elsewhere in the other."""

    names: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Comparison:
    lines: list[Line]
    gone: list[Difference]
    come: list[Difference]
    moved: list[Difference]
    same_count: int


def compared(
    session: Session, before: Schedule, after: Schedule, viewer: Person
) -> Comparison:
    """Return what differs from one version to another."""
    left, right = (_read(one, viewer) for one in (before, after))
    names = names_of(session, viewer)
    both = left.places.keys() & right.places.keys()
    moved = [one for one in both if left.places[one] != right.places[one]]
    return Comparison(
        _lines(before, after, left, right),
        _told(left.places.keys() - both, left, None, names),
        _told(right.places.keys() - both, None, right, names),
        _told(moved, left, right, names),
        len(both) - len(moved),
    )


@dataclass(frozen=True)
class _Read:
    """Where each group meets, and how many meetings by kinds."""

    places: dict[Group, Place]
    by_kinds: Counter[str]


def _read(schedule: Schedule, viewer: Person) -> _Read:
    rows = visible(viewer, Meeting.objects.filter(schedule=schedule))
    places: dict[Group, Place] = {}
    by_kinds: Counter[str] = Counter()
    for one in rows.prefetch_related("seats__attendee__registration"):
        seats = list(one.seats.all())
        group = frozenset(str(seat.attendee_id) for seat in seats)
        places[group] = one.round, one.table
        kinds = sorted(seat.attendee.registration.kind for seat in seats)
        by_kinds[
            "\u00a0– ".join(str(KIND_WORDS[ActorKind(kind)][0]) for kind in kinds)
        ] += 1
    return _Read(places, by_kinds)


def _lines(before: Schedule, after: Schedule, left: _Read, right: _Read) -> list[Line]:
    one, other = figures_of(before), figures_of(after)
    kinds = sorted(left.by_kinds.keys() | right.by_kinds.keys())
    return [
        Line(_("Valeur"), one.value, other.value),
        Line(_("Borne prouvée"), one.bound, other.bound),
        Line(_("Écart avec le meilleur"), one.gap, other.gap),
        Line(_("Rencontres"), str(len(left.places)), str(len(right.places))),
        *(
            Line(kind, str(left.by_kinds[kind]), str(right.by_kinds[kind]))
            for kind in kinds
        ),
        Line(
            _("Personnes sous le minimum"),
            str(before.short_count),
            str(after.short_count),
        ),
        Line(_("Tours d’attente"), str(before.idle_count), str(after.idle_count)),
        Line(_("La moins servie"), one.worst, other.worst),
    ]


def _told(
    groups: Sequence[Group] | set[Group],
    left: _Read | None,
    right: _Read | None,
    names: dict[str, str],
) -> list[Difference]:
    found = [
        Difference(
            " – ".join(sorted(names.get(one, "") for one in group)),
            _where(left.places[group]) if left else "",
            _where(right.places[group]) if right else "",
        )
        for group in groups
    ]
    return sorted(found, key=lambda one: one.names)


def _where(place: Place) -> str:
    return _("tour %(round)d, table %(table)d") % {"round": place[0], "table": place[1]}
