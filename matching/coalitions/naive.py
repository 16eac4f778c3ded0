"""The same coalitions by trying them all: what the search is checked against."""

from collections.abc import Collection, Iterator
from itertools import combinations

from matching.coalitions.problem import DECIMALS, Problem, may_sit, value_of


def every_coalition(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Yield every coalition that may sit, rows in increasing order."""
    others = [row for row in range(len(problem)) if row not in problem.group]
    for size in problem.sizes:
        for chosen in combinations(others, size - len(problem.group)):
            rows = tuple(sorted((*problem.group, *chosen)))
            if may_sit(problem, rows):
                yield rows


def best_by_trying(
    problem: Problem,
    *,
    earlier: Collection[Collection[int]] = (),
    shared: int = 0,
) -> float | None:
    """Return the highest value, None when nobody may sit together.

    Parameters
    ----------
    problem : Problem
        A small one: the time grows as n to the power of the largest size.
    earlier : collection of collections of int
        Coalitions already shown.
    shared : int
        How many organisations outside the group may be in an earlier one.
    """
    values = [
        value_of(problem, rows)
        for rows in every_coalition(problem)
        if all(_shared(problem, rows, other) <= shared for other in earlier)
    ]
    return round(max(values), DECIMALS) if values else None


def _shared(problem: Problem, rows: Collection[int], other: Collection[int]) -> int:
    theirs = {int(problem.organisation[row]) for row in other}
    mine = (row for row in rows if row not in problem.group)
    return sum(int(problem.organisation[row]) in theirs for row in mine)
