"""From chosen rounds to meetings at tables: hosts keep theirs, others walk little."""

from collections.abc import Callable, Sequence

from rendezvous.scheduling.encoding import Board, Integers
from rendezvous.scheduling.problem import Meeting, Problem

Ids = tuple[str, ...]
Wish = Callable[[Ids], Sequence[int]]


def seat(board: Board, round_of: Integers) -> tuple[Meeting, ...]:
    """Give a table to each chosen candidate, and add what is locked.

    A meeting that the previous schedule held keeps its table when it is free; otherwise
    a participant stays where it sat the round before, when it can.
    """
    problem = board.problem
    groups: list[list[Ids]] = [[] for _ in range(problem.rounds)]
    for position in (round_of >= 0).nonzero()[0]:
        ids = tuple(sorted(board.candidates[position].ids))
        groups[round_of[position]].append(ids)
    kept = {(one.round, frozenset(one.ids)): one.table for one in problem.previous}
    meetings: list[Meeting] = []
    sat: dict[str, int] = {}
    for round_, chosen in enumerate(groups, start=1):
        wishes = _wishes(problem, round_, kept, sat)
        placed = _round(problem, round_, sorted(chosen), wishes)
        meetings += placed
        sat = {name: one.table for one in placed for name in one.ids}
    return tuple(sorted(meetings))


def _wishes(
    problem: Problem,
    round_: int,
    kept: dict[tuple[int, frozenset[str]], int],
    sat: dict[str, int],
) -> tuple[Wish, ...]:
    """List what decides on a table, the most binding first."""

    def fixed(ids: Ids) -> list[int]:
        tables = (problem.by_id[name].table for name in ids)
        return [table for table in tables if table is not None]

    def same(ids: Ids) -> list[int]:
        table = kept.get((round_, frozenset(ids)))
        return [] if table is None else [table]

    def near(ids: Ids) -> list[int]:
        return [sat[name] for name in ids if name in sat]

    return fixed, same, near


def _round(
    problem: Problem, round_: int, groups: list[Ids], wishes: tuple[Wish, ...]
) -> list[Meeting]:
    """Seat one round: by each wish in turn, then wherever there is room."""
    placed = [one for one in problem.locked if one.round == round_]
    taken = {one.table for one in placed}
    taken |= {table for at, table in problem.closed if at == round_}
    free = dict.fromkeys(t for t in range(1, problem.tables + 1) if t not in taken)
    for wish in wishes:
        left = []
        for ids in groups:
            table = next((table for table in wish(ids) if table in free), None)
            if table is None:
                left.append(ids)
            else:
                del free[table]
                placed.append(Meeting(round_, table, ids))
        groups = left
    rest = zip(groups, free, strict=False)
    return placed + [Meeting(round_, table, ids) for ids, table in rest]
