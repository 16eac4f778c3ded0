"""From a search to what is handed back: meetings, measures, what is proven."""

from rendezvous.scheduling.bounds import Bounds
from rendezvous.scheduling.encoding import Board
from rendezvous.scheduling.impossible import explain
from rendezvous.scheduling.measures import (
    break_counts,
    changes,
    idle_rounds,
    shortfalls,
    value_of,
    values_by_id,
)
from rendezvous.scheduling.problem import (
    Meeting,
    Shortfall,
    Solution,
    Status,
    Worst,
)
from rendezvous.scheduling.search import Search
from rendezvous.scheduling.seating import seat

NEGLIGIBLE = 1e-6


def report(search: Search, bounds: Bounds) -> Solution:
    """Describe the best schedule of a search."""
    board = search.board
    problem = board.problem
    meetings = seat(board, search.best)
    short = shortfalls(problem, meetings)
    value, bound = value_of(problem, meetings), bounds.of(len(short))
    return Solution(
        status=_status(value, bound, short, bounds),
        value=value,
        bound=max(bound, value),
        meetings=meetings,
        breaks=sum(break_counts(meetings).values()),
        idle=idle_rounds(problem, meetings),
        worst=_worst(board, bounds, meetings),
        short=short,
        changed=changes(problem.previous, meetings) if problem.previous else (),
        reasons=explain(board, bounds.shortage, short),
        moves=search.moves,
        is_stopped=search.is_stopped,
    )


def _status(
    value: float, bound: float, short: tuple[Shortfall, ...], bounds: Bounds
) -> Status:
    if bounds.shortage:
        return Status.INFEASIBLE
    is_proven = value >= bound - NEGLIGIBLE * max(1.0, bound)
    return Status.OPTIMAL if is_proven and not short else Status.FEASIBLE


def _worst(board: Board, bounds: Bounds, meetings: tuple[Meeting, ...]) -> Worst | None:
    """Find who gets least for each round of presence, among those who could meet."""
    got = values_by_id(board.problem, meetings)
    rates = [
        (got[name] / int(board.rounds_present[row]), name)
        for row, name in enumerate(board.names)
        if bounds.ceiling.counted[row]
    ]
    if not rates:
        return None
    value, name = min(rates)
    return Worst(name, value, bounds.ceiling.value)
