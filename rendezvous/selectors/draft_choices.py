"""What a hand may do with a draft: move a meeting, exchange two people, add one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rendezvous.scheduling import gestures
from rendezvous.scheduling.gestures import Place
from rendezvous.scheduling.problem import Meeting
from rendezvous.scheduling.reserve import pairs_of
from rendezvous.selectors.draft_reading import Cell, Option, Reading

TRIO = 3


@dataclass(frozen=True)
class Selected:
    """What may be done with a meeting."""

    cell: Cell
    rounds: list[Option]
    exchanges: list[Option]


@dataclass(frozen=True)
class Adding:
    """Whom somebody may meet besides, and when."""

    attendee: str
    name: str
    partners: list[Option]
    rounds: list[Option]


def selected(read: Reading, place: Place) -> Selected:
    """Return what may be done with the meeting of a place."""
    rounds = [
        (f"{number}", read.round_label(number, _moving(read, place, number)))
        for number in range(1, read.session.rounds + 1)
    ]
    return Selected(read.cell(place, place), rounds, _exchanges(read, place))


def _moving(read: Reading, place: Place, number: int) -> list[str]:
    """Return what would go wrong in a round, at the table where there is room."""
    table = gestures.free_table(
        read.meetings, number, read.session.tables, wanted=place[1]
    )
    goal = place if number == place[0] else (number, table)
    return read.troubles(lambda found: gestures.moved(found, place, goal))


def _exchanges(read: Reading, place: Place) -> list[Option]:
    """Return who may take whose seat in the same round, breaking nothing."""
    here = read.by_place[place]
    others = [one for one in read.meetings if one.round == here.round and one != here]
    return [
        (f"{own}:{one.table}:{other}", f"{read.names[own]} ↔ {read.names[other]}")
        for one in others
        for own in here.ids
        for other in one.ids
        if _may_exchange(read, (here, own), (one, other))
    ]


def _may_exchange(
    read: Reading, one: tuple[Meeting, str], other: tuple[Meeting, str]
) -> bool:
    (here, own), (there, another) = one, other
    if not {own, another} <= read.names.keys():
        return False
    groups = (
        {another, *here.ids} - {own},
        {own, *there.ids} - {another},
    )
    if not all(read.known.are(group) for group in groups):
        return False
    start, goal = (here.round, here.table), (there.round, there.table)
    return not read.troubles(
        lambda found: gestures.exchanged(found, (start, own), (goal, another))
    )


def adding(read: Reading, attendee: str) -> Adding:
    """Return whom somebody may meet besides, among those the site offers."""
    met = pairs_of(read.meetings)
    others = {
        other
        for pair in read.known.pairs
        if attendee in pair and pair not in met
        for other in pair - {attendee}
        if other in read.names and other in read.ids
    }
    groups: list[tuple[str, ...]] = [(other,) for other in others]
    if TRIO in read.known.sizes:
        groups += [
            pair for pair in combinations(sorted(others), 2) if _trio(read, pair)
        ]
    busy = {one.round for one in read.meetings if attendee in one.ids}
    free = [n for n in range(1, read.session.rounds + 1) if n not in busy]
    partners = [
        ("-".join((attendee, *group)), " – ".join(read.names[one] for one in group))
        for group in groups
    ]
    return Adding(
        attendee,
        read.names[attendee],
        sorted(partners, key=lambda option: option[1]),
        [(f"{number}", read.round_label(number, ())) for number in free],
    )


def _trio(read: Reading, pair: Sequence[str]) -> bool:
    kinds = {read.known.frame.problem.by_id[one].kind for one in pair}
    return len(kinds) == len(pair) and read.known.are(pair)
