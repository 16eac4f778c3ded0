"""What a coalition does together, what each adds, what lacks, and who could join."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.coalitions.bringing import FUNCTION_ITEMS, MEANS_ITEMS, PLACE_ITEMS
from matching.coalitions.building import Table
from matching.coalitions.problem import (
    DECIMALS,
    Booleans,
    Floats,
    Integers,
    Problem,
    mean_agreement,
)
from matching.coalitions.search import Found
from matching.kernel import FUNCTIONS, MEANS

HIGHEST_DOMAIN_WEIGHT = 10.0


@dataclass(frozen=True)
class Brought:
    """What one or several members cover, of what is needed.

    Attributes
    ----------
    means, functions : tuple of str
        Means that are sought, and functions.
    territory : float
        Share of the people of the territory, from 0 to 1.
    """

    means: tuple[str, ...]
    functions: tuple[str, ...]
    territory: float

    def __bool__(self) -> bool:
        return bool(self.means or self.functions or self.territory > 0)


@dataclass(frozen=True)
class Seat:
    """One member of a coalition.

    Attributes
    ----------
    row : int
        Row of the population.
    brings : Brought
        What it covers.
    alone : Brought
        What nobody else of the coalition covers.
    is_given : bool
        Whether it was already around the table.
    """

    row: int
    brings: Brought
    alone: Brought
    is_given: bool


@dataclass(frozen=True)
class NextMember:
    """Somebody who could join: what it would add, and how it agrees with the others."""

    row: int
    adds: Brought
    agreement: float


@dataclass(frozen=True)
class Coalition:
    """A coalition, told; the terms sum to its value.

    Attributes
    ----------
    seats : tuple of Seat
        The given members first, then by row.
    motor : int
        Row of the population of the one who would lead.
    covered, lacking : Brought
        What they cover together, and what nobody does.
    agreement : float
        Mean of the pair scores.
    terms : tuple of float
        Means, functions, territory, agreement and (negative) seats.
    value, bound : float
        As found by the search.
    next_members : tuple of NextMember
        Who could join, the best first; empty when the table is full.
    """

    seats: tuple[Seat, ...]
    motor: int
    covered: Brought
    lacking: Brought
    agreement: float
    terms: tuple[float, float, float, float, float]
    value: float
    bound: float
    next_members: tuple[NextMember, ...]


def read(table: Table, found: Found, *, n_next: int = 3) -> Coalition:
    """Tell a coalition that was found.

    Parameters
    ----------
    table : Table
        Where it was found.
    found : Found
        Rows of the table, value and bound.
    n_next : int
        How many next members to name.

    Returns
    -------
    Coalition
        With rows of the population.
    """
    problem, rows = table.problem, found.rows
    covered = problem.covered(rows)
    agreement = mean_agreement(problem, rows)
    return Coalition(
        seats=tuple(_seat(table, rows, row) for row in rows),
        motor=int(table.rows[motor_of(table, rows)]),
        covered=brought(problem, covered),
        lacking=brought(problem, ~covered),
        agreement=agreement,
        terms=(
            *_worths(problem, covered),
            problem.agreement_weight * agreement,
            -problem.seat_cost * (len(rows) - problem.smallest),
        ),
        value=found.value,
        bound=found.bound,
        next_members=next_members(table, rows)[:n_next],
    )


def given_of(table: Table) -> tuple[Brought, Brought]:
    """Return what the group covers by itself, and what it lacks."""
    covered = table.problem.covered(table.problem.group)
    return brought(table.problem, covered), brought(table.problem, ~covered)


def brought(problem: Problem, covered: Booleans) -> Brought:
    """Name what is covered, leaving out the means that nobody seeks."""
    sought = covered[MEANS_ITEMS] & (problem.weights[MEANS_ITEMS] > 0)
    places = problem.weights[PLACE_ITEMS]
    total = float(places.sum())
    share = float(places[covered[PLACE_ITEMS]].sum()) / total if total else 0.0
    return Brought(
        means=tuple(np.array(MEANS)[sought].tolist()),
        functions=tuple(np.array(FUNCTIONS)[covered[FUNCTION_ITEMS]].tolist()),
        territory=share,
    )


def motor_of(table: Table, rows: Sequence[int]) -> int:
    """Choose who leads: most given to the subject, and best agreed with the others.

    Among those for whom the subject is important, the weight of the subject times the
    mean agreement; the first public identifier between equals.
    """
    problem = table.problem
    able = [row for row in rows if problem.may_lead[row]] or list(rows)

    def rank(row: int) -> tuple[float, str]:
        others = [other for other in rows if other != row]
        links = np.nan_to_num(problem.agreement[row, others]).mean()
        weight = table.domain_weight[row] / HIGHEST_DOMAIN_WEIGHT
        return -round(float(weight * links), DECIMALS), problem.public_ids[row]

    return min(able, key=rank)


def next_members(table: Table, rows: Sequence[int]) -> tuple[NextMember, ...]:
    """List who could join, all rules kept: means first, then functions, then territory.

    Parameters
    ----------
    table : Table
        The candidates.
    rows : sequence of int
        Rows of the table; none, or as many as the largest table, gives nobody.

    Returns
    -------
    tuple of NextMember
        Every one that may sit with all, best first: by the worth of the missing means,
        of the missing functions, of the missing territory that it covers, then by its
        mean agreement with the members, then by public identifier.
    """
    problem, members = table.problem, list(rows)
    if not members or len(members) >= problem.largest:
        return ()
    links = problem.agreement[:, members]
    alone = np.isnan(links).any(axis=1)
    candidates = np.setdiff1d(np.flatnonzero(~alone), members)
    missing = ~problem.covered(members)
    agreement = links[candidates].mean(axis=1) if len(candidates) else np.empty(0)
    order = _in_order(problem, candidates, missing, agreement)
    return tuple(
        NextMember(
            row=int(table.rows[candidates[at]]),
            adds=brought(problem, problem.covers[candidates[at]] & missing),
            agreement=float(agreement[at]),
        )
        for at in order
    )


def _in_order(
    problem: Problem, candidates: Integers, missing: Booleans, agreement: Floats
) -> Integers:
    adds = problem.covers[candidates] & missing
    keys: list[Any] = [np.array(problem.public_ids, dtype=np.str_)[candidates]]
    keys.append(-np.round(agreement, DECIMALS))
    for items in (PLACE_ITEMS, FUNCTION_ITEMS, MEANS_ITEMS):
        worth = adds[:, items] @ problem.weights[items]
        keys.append(-np.round(worth, DECIMALS))
    return np.lexsort(keys)


def _worths(problem: Problem, covered: Booleans) -> tuple[float, float, float]:
    means, functions, places = (
        float(problem.weights[items][covered[items]].sum())
        for items in (MEANS_ITEMS, FUNCTION_ITEMS, PLACE_ITEMS)
    )
    return means, functions, places


def _seat(table: Table, rows: Sequence[int], row: int) -> Seat:
    problem = table.problem
    others = [other for other in rows if other != row]
    own = problem.covers[row]
    return Seat(
        row=int(table.rows[row]),
        brings=brought(problem, own),
        alone=brought(problem, own & ~problem.covered(others)),
        is_given=row in problem.group,
    )
