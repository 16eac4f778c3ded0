"""Why guaranteed meetings are out of reach: codes and numbers, simplest reason first."""

from collections import Counter

import numpy as np

from rendezvous.scheduling.encoding import Board
from rendezvous.scheduling.problem import Facts, Problem, Reason, Shortfall
from rendezvous.scheduling.programs import possible_of

NAMED = 10


def explain(
    board: Board, shortage: int, short: tuple[Shortfall, ...]
) -> tuple[Reason, ...]:
    """Tell what stands in the way of the guaranteed minimum, when something does.

    Each reason is true by itself and enough to make the minimum impossible, except
    ``short``: the search alone did not manage.
    """
    if not short:
        return ()
    found = [
        *_seats(board.problem),
        *_nobody(board),
        *_kinds(board),
        *_people(board),
    ]
    missing = sum(one.missing for one in short)
    if shortage and not found:
        found.append(Reason("jointly_impossible", {"missing": shortage}))
    if not shortage:
        found = [Reason("short", {"missing": missing, "participants": len(short)})]
    return tuple(found)


def _seats(problem: Problem) -> list[Reason]:
    """Compare the seats that are promised with those of the room."""
    size = 3 if any(len(one.ids) == 3 for one in problem.candidates) else 2  # noqa: PLR2004
    promised = sum(problem.minimum_of(one) for one in problem.participants)
    closed = sum(1 for _ in problem.closed)
    meetings = problem.tables * problem.rounds - closed
    if promised <= size * meetings:
        return []
    facts: Facts = {
        "tables": problem.tables,
        "rounds": problem.rounds,
        "participants": len(problem.participants),
        "minimum": max(problem.minimum_of(one) for one in problem.participants),
        "seats_promised": promised,
        "seats": size * meetings,
    }
    return [Reason("not_enough_tables", facts)]


def _nobody(board: Board) -> list[Reason]:
    if possible_of(board).any() or board.problem.locked:
        return []
    return [Reason("nobody_may_meet", {"participants": board.n_participants})]


def _kinds(board: Board) -> list[Reason]:
    """Compare what a kind is promised with what its possible partners can give."""
    kinds = board.problem.kinds
    if kinds is None:
        return []
    present = Counter(one.kind for one in board.problem.participants)
    need: Counter[str] = Counter()
    room: Counter[str] = Counter()
    for row, one in enumerate(board.problem.participants):
        need[one.kind] += int(board.least[row])
        room[one.kind] += int(board.room[row])
    found = []
    for kind in sorted(need):
        others = sorted(k for pair in kinds if kind in pair for k in pair - {kind})
        if frozenset((kind,)) in kinds or not need[kind]:
            continue
        offered = sum(room[other] for other in set(others))
        if offered < need[kind]:
            facts: Facts = {
                "kind": kind,
                "participants": present[kind],
                "promised": need[kind],
                "partners": sum(present[other] for other in set(others)),
                "offered": offered,
            }
            found.append(Reason("too_few_partners_of_kinds", facts))
    return found


def _people(board: Board) -> list[Reason]:
    """Name those who are too little present, or have too few possible partners."""
    partners = np.zeros(board.n_participants, dtype=np.int64)
    rows = board.takes[possible_of(board)][:, :3]
    np.add.at(partners, rows[rows >= 0], 1)
    rounds = board.free[: board.n_participants].sum(axis=1)
    rounds = -(-rounds // (board.buffer[: board.n_participants] + 1))
    found = []
    for code, offered in (("too_few_rounds", rounds), ("too_few_partners", partners)):
        concerned = np.flatnonzero(offered < board.least)
        if len(concerned):
            names = tuple(board.names[i] for i in concerned[:NAMED])
            facts: Facts = {
                "participants": len(concerned),
                "ids": names,
                "missing": int((board.least - offered)[concerned].sum()),
            }
            found.append(Reason(code, facts))
    return found
