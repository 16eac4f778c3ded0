"""Small problems, and the same solved by trying everything."""

import itertools

import numpy as np
from hypothesis import strategies as st

from matching.balance import COMPLETE, Problem


@st.composite
def problems(draw, *, max_rows=6, max_pairs=9, max_limit=3):
    n = draw(st.integers(0, max_rows))
    every = list(itertools.combinations(range(n), 2))
    pairs = (
        draw(st.lists(st.sampled_from(every), unique=True, max_size=max_pairs))
        if every
        else []
    )
    scores = draw(
        st.lists(st.integers(0, 20), min_size=len(pairs), max_size=len(pairs))
    )
    limits = draw(st.lists(st.integers(0, max_limit), min_size=n, max_size=n))
    keys = draw(st.permutations([f"key-{row}" for row in range(n)]))
    return problem_of(pairs, [score / 20 for score in scores], limits, keys)


def problem_of(pairs, scores, limits, keys=None, missing=None):
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    n = len(limits)
    return Problem(
        keys=list(keys) if keys else [f"{row:04}" for row in range(n)],
        limits=np.array(limits, np.int64),
        low=ends[:, 0],
        high=ends[:, 1],
        scores=np.array(scores, np.float64),
        missing=np.full(n, COMPLETE) if missing is None else np.array(missing, float),
    )


def by_trying_everything(problem):
    """Return the most that can be served, and the best total of those that do."""
    best = (0, 0.0)
    pairs = list(
        zip(problem.low.tolist(), problem.high.tolist(), problem.scores, strict=True)
    )
    for chosen in itertools.product((False, True), repeat=len(pairs)):
        taken = [pair for pair, is_taken in zip(pairs, chosen, strict=True) if is_taken]
        count = np.zeros(len(problem), int)
        for low, high, _ in taken:
            count[low] += 1
            count[high] += 1
        if (count <= problem.limits).all():
            total = float(sum(score for _, _, score in taken))
            best = max(best, (int((count > 0).sum()), round(total, 9)))
    return best


def shuffled(problem, seed):
    """The same problem with its rows and pairs in another order, and the new rows."""
    chance = np.random.default_rng(seed)
    place = chance.permutation(len(problem))  # where each row goes
    back = np.argsort(place)
    one, other = place[problem.low], place[problem.high]
    order = chance.permutation(len(one))
    moved = Problem(
        keys=[problem.keys[row] for row in back],
        limits=problem.limits[back],
        low=np.minimum(one, other)[order],
        high=np.maximum(one, other)[order],
        scores=problem.scores[order],
        missing=problem.missing[back],
    )
    return moved, place


def named(problem, balance):
    """The pairs chosen, by the keys of their two sides."""
    return {
        frozenset((problem.keys[low], problem.keys[high]))
        for low, high in zip(balance.low.tolist(), balance.high.tolist(), strict=True)
    }
