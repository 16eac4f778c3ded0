"""One row taken out of the lists of others, and in where it belongs, compiled."""

from typing import Any, NamedTuple

import numpy as np

from matching.kernel.compiled.jit import inlined, strict
from matching.kernel.compiled.layout import N_TYPES, Array

NOBODY = -1


class Kept(NamedTuple):
    """The lists of everybody, written in place.

    Attributes
    ----------
    partners, scores, confidences : ndarray of shape (N, 4, kept)
        By rank; −1 and minus infinity beyond the list.
    is_whole : ndarray of bool, shape (N, 4)
        Lists that hold everybody there is.
    last : ndarray of shape (N, 4)
        Under what score nobody new can move a list.
    floors : ndarray of float32, shape (4, N + WIDTH)
        The same as a product that is screened, by position.
    """

    partners: Array
    scores: Array
    confidences: Array
    is_whole: Array
    last: Array
    floors: Array


@strict
def move(
    kept: Kept,
    row: int,
    others: Array,
    scores: Array,
    confidences: Array,
    preference: Array,
    position: Array,
    slack: tuple[float, float],
) -> Any:
    """Put a row where it belongs in the lists of others; tell which of these moved.

    ``scores`` are NaN where the pair is not admissible; ``slack``: how close scores may
    be ties, and how wrong a screened product may be.
    """
    moved = np.zeros(len(others), np.bool_)
    for p in range(len(others)):
        owner = others[p]
        for t in range(N_TYPES):
            partners, was_whole = kept.partners[owner, t], kept.is_whole[owner, t]
            count, old = _size_and_place(partners, row)
            comes = scores[p, t] >= kept.last[owner, t]
            if old == NOBODY and not comes:
                continue
            if old != NOBODY:
                _take_out(kept, owner, t, old, count)
                count -= 1
            new = NOBODY
            if not np.isnan(scores[p, t]):
                new = _take_in(
                    kept, owner, t, row, scores[p, t], confidences[p], preference, count
                )
            has_moved = new != old
            moved[p] |= has_moved
            if has_moved or kept.is_whole[owner, t] != was_whole:
                _settle(kept, owner, t, position[owner], slack)
    return moved


@inlined
def _size_and_place(partners: Array, row: int) -> tuple[int, int]:
    """Return how many partners there are, and the place of a row, −1 if nowhere."""
    count, at = len(partners), NOBODY
    for k in range(len(partners)):
        if partners[k] == NOBODY:
            count = k
            break
        if partners[k] == row:
            at = k
    return count, at


@inlined
def _take_out(kept: Kept, owner: int, t: int, at: int, count: int) -> None:
    for k in range(at, count - 1):
        kept.partners[owner, t, k] = kept.partners[owner, t, k + 1]
        kept.scores[owner, t, k] = kept.scores[owner, t, k + 1]
        kept.confidences[owner, t, k] = kept.confidences[owner, t, k + 1]
    kept.partners[owner, t, count - 1] = NOBODY
    kept.scores[owner, t, count - 1] = -np.inf
    kept.confidences[owner, t, count - 1] = -np.inf


@strict
def _take_in(
    kept: Kept,
    owner: int,
    t: int,
    row: int,
    score: float,
    confidence: float,
    preference: Array,
    count: int,
) -> int:
    """Insert a row by the rule of ties; return its place, −1 if it has none."""
    partners, scores = kept.partners[owner, t], kept.scores[owner, t]
    confidences = kept.confidences[owner, t]
    at = count
    while at > 0:
        tie = scores[at - 1] - score
        if tie == 0:
            tie = confidences[at - 1] - confidence
        if tie == 0:
            tie = np.float64(preference[row] - preference[partners[at - 1]])
        if tie > 0:
            break
        at -= 1
    if at == count and not kept.is_whole[owner, t]:
        return NOBODY  # who comes last may be behind somebody unseen
    if count == len(partners):  # somebody leaves, or does not come
        kept.is_whole[owner, t] = False
        count -= 1
        if at > count:
            return NOBODY
    for k in range(count, at, -1):
        partners[k], scores[k] = partners[k - 1], scores[k - 1]
        confidences[k] = confidences[k - 1]
    partners[at], scores[at], confidences[at] = row, score, confidence
    return at


@inlined
def _settle(
    kept: Kept, owner: int, t: int, position: int, slack: tuple[float, float]
) -> None:
    """Work out under which product nobody new can move a list."""
    last = -np.inf
    if not kept.is_whole[owner, t]:
        count, _ = _size_and_place(kept.partners[owner, t], NOBODY)
        last = kept.scores[owner, t, max(count - 1, 0)]
    kept.last[owner, t] = last
    last = max(last - slack[0], 0.0)
    kept.floors[t, position] = last * last - slack[1]
