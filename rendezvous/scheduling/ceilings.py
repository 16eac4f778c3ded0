"""The highest that the worst-off participant could reach, proven."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from rendezvous.scheduling.encoding import Board, Booleans, Floats, Integers
from rendezvous.scheduling.programs import (
    NEGLIGIBLE,
    ROUNDS_OF_PRICING,
    Rules,
)


@dataclass(frozen=True)
class Ceiling:
    """What nobody can exceed for all at once, in value for each round of presence.

    ``counted`` tells who is compared: whoever is present and could meet somebody.
    """

    value: float
    counted: Booleans


def ceiling_of(board: Board, rules: Rules, columns: Integers) -> Ceiling:
    """Bound the value, for each round of presence, of the worst-off participant.

    ``columns`` are the candidates to start from.

    The linear program gives prices to people; the bound is added up from them as in
    ``programs``, over all candidates.
    """
    counted = _counted(board, rules)
    if not counted.any():
        return Ceiling(0.0, counted)
    shares = _shares(board, rules, counted)
    per_round = board.rounds_present[counted].astype(float)
    got = board.got[counted]
    best = np.inf
    for _ in range(ROUNDS_OF_PRICING):
        answer = _solved(rules, shares, per_round, got, columns)
        if answer is None:
            break
        reached, prices, weights = answer
        worth = shares.T @ weights - rules.matrix.T @ prices
        worth[~rules.possible] = 0.0
        bound = rules.limit @ prices + got @ weights + np.maximum(0.0, worth).sum()
        best = min(best, float(bound))
        wider = np.union1d(columns, np.flatnonzero(worth > NEGLIGIBLE))
        if best <= reached + NEGLIGIBLE or len(wider) == len(columns):
            break
        columns = wider
    return Ceiling(best if np.isfinite(best) else 0.0, counted)


def _counted(board: Board, rules: Rules) -> Booleans:
    reached = board.got > 0
    rows = board.takes[rules.possible][:, :3]
    reached[rows[rows >= 0]] = True
    found: Booleans = reached & (board.rounds_present > 0)
    return found


def _shares(board: Board, rules: Rules, counted: Booleans) -> csr_array:
    """Write down what each candidate brings to each of those who are compared."""
    incidence = csr_array(rules.matrix[: board.n_participants])
    weighted = incidence.multiply(board.value[None, :])
    return csr_array(weighted)[np.flatnonzero(counted)]


def _solved(
    rules: Rules,
    shares: csr_array,
    per_round: Floats,
    got: Floats,
    columns: Integers,
) -> tuple[float, Floats, Floats] | None:
    """Maximise the least value for each round over some columns."""
    n_rules, n = rules.matrix.shape[0], len(columns)
    fair = hstack([-shares[:, columns], csr_array(per_round[:, None])])
    plain = hstack([rules.matrix[:, columns], csr_array((n_rules, 1))])
    cost = np.zeros(n + 1)
    cost[-1] = -1.0
    top = np.append(np.where(rules.possible[columns], 1.0, 0.0), np.inf)
    done = linprog(
        cost,
        A_ub=vstack([plain, fair], format="csc"),
        b_ub=np.concatenate([rules.limit, got]),
        bounds=np.column_stack([np.zeros(n + 1), top]),
        method="highs-ipm",  # thirty times faster here than the simplex
    )
    if done.status != 0:
        return None
    dual = np.maximum(0.0, -done.ineqlin.marginals)
    weights = dual[n_rules:]
    total = float(per_round @ weights)
    if total <= 0:
        return None
    return float(-done.fun), dual[:n_rules] / total, weights / total
