"""From the kernel's population to a table to fill: means, functions, territory, pairs."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from matching.coalitions.bringing import (
    FUNCTION_ITEMS,
    Subject,
    brings_of,
    covers_of,
    demand_of,
    holding,
    item_weights,
    weight_of,
)
from matching.coalitions.candidates import ceiling_of, kept_of
from matching.coalitions.problem import Floats, Integers, Problem, pairs_of
from matching.kernel import (
    DOMAINS,
    FUNCTIONS,
    UNKNOWN,
    Prepared,
    Profiles,
    score_pairs,
)


@dataclass(frozen=True)
class Table:
    """A problem whose items are means, then functions, then parts of the territory.

    Attributes
    ----------
    problem : Problem
        What the search reads.
    rows : ndarray of int, shape (n,)
        Row of the population of each candidate; the group comes first.
    domain_weight : ndarray of shape (n,)
        Weight of the subject for each candidate, from 0 to 10.
    functions : tuple of str
        Those that the group or some actor of the domain can hold, left out or not.
    n_left_out : int
        Actors of the domain that are not among the candidates.
    """

    problem: Problem
    rows: Integers
    domain_weight: Floats
    functions: tuple[str, ...]
    n_left_out: int


def actors_of(profiles: Profiles, acting: Integers, domain: str) -> Integers:
    """Return those of ``acting`` that say they act on a domain."""
    here: Integers = acting[profiles.domains[acting, DOMAINS.index(domain)] > 0]
    return here


def build_table(
    prepared: Prepared,
    subject: Subject,
    actors: Integers,
    *,
    scores: Floats | None = None,
) -> Table:
    """Lay out who may sit around a table, and what each would bring.

    Parameters
    ----------
    prepared : Prepared
        The population.
    subject : Subject
        Domain, territory and group.
    actors : ndarray of int
        Rows that act on the domain in the territory (:func:`actors_of`).
    scores : ndarray of shape (len(group), N), optional
        Pair scores of the members of the group with everybody, where they are known
        otherwise; NaN to keep those of ``prepared``.

    Returns
    -------
    Table
        Beyond ``coalition.candidates`` actors, those that cover most by themselves,
        of each kind in turn; the ceiling of the problem then holds for the others.
    """
    profiles, settings = prepared.profiles, prepared.configuration
    others = _beside(profiles, subject.group, actors)
    needs = holding(profiles, "needs", subject.communes)
    demand = demand_of(settings, needs, subject.group, others)
    kept = kept_of(prepared, subject, others, demand)
    rows = np.concatenate([np.array(subject.group, np.int64), kept])
    covers, places = covers_of(prepared, subject, rows)
    problem = Problem(
        public_ids=tuple(profiles.public_ids[row] for row in rows),
        organisation=profiles.organisation[rows],
        covers=covers,
        weights=np.concatenate([item_weights(settings, demand), places]),
        agreement=_agreement(prepared, rows, len(subject.group), scores),
        agreement_weight=settings.number("coalition.weight.agreement"),
        seat_cost=settings.number("coalition.seat_cost"),
        may_lead=weight_of(profiles, rows, subject)
        >= settings.number("coalition.lead_weight"),
        group=tuple(range(len(subject.group))),
        smallest=int(settings.number("coalition.smallest")),
        largest=int(settings.number("coalition.largest")),
        ceiling=ceiling_of(prepared, subject, others, demand, n_kept=len(kept)),
    )
    everybody = np.concatenate([np.array(subject.group, np.int64), others])
    held = brings_of(prepared, subject)[everybody][:, FUNCTION_ITEMS].any(axis=0)
    return Table(
        problem=problem,
        rows=rows,
        domain_weight=weight_of(profiles, rows, subject),
        functions=tuple(np.array(FUNCTIONS)[held].tolist()),
        n_left_out=len(others) - len(kept),
    )


def without_pairs(table: Table, refused: Collection[tuple[int, int]]) -> Table:
    """Keep apart more pairs than the hard rules did; those of the group stay.

    Parameters
    ----------
    table : Table
        A table.
    refused : collection of pairs of rows of the population
        In either order; those that are not candidates are ignored.

    Returns
    -------
    Table
        Another table; the ceiling still holds.
    """
    place = {int(row): at for at, row in enumerate(table.rows)}
    agreement = table.problem.agreement.copy()
    for pair in refused:
        one, other = (place.get(row, UNKNOWN) for row in pair)
        if min(one, other) != UNKNOWN and max(one, other) >= len(table.problem.group):
            agreement[one, other] = agreement[other, one] = np.nan
    return replace(table, problem=replace(table.problem, agreement=agreement))


def _beside(profiles: Profiles, group: tuple[int, ...], actors: Integers) -> Integers:
    """Leave out the organisations that are already around the table."""
    seated = profiles.organisation[list(group)]
    kept: Integers = actors[~np.isin(profiles.organisation[actors], seated)]
    return kept


def _agreement(
    prepared: Prepared,
    rows: Integers,
    n_group: int,
    scores: Floats | None,
) -> Floats:
    """Best pair score over the types for which a pair may be proposed."""
    n = len(rows)
    table = np.full((n, n), np.nan)
    if n > 1:
        one, other = pairs_of(range(n))
        pairs = score_pairs(prepared, rows[one], rows[other])
        best = np.nan_to_num(pairs.scores, nan=-1.0).max(axis=1)
        best[best < 0] = np.nan
        inside = other < n_group  # given, not proposed: no rule is asked
        given = np.sqrt(pairs.low_scores * pairs.high_scores).max(axis=1)
        best[inside] = given[inside]
        table[one, other] = table[other, one] = best
    if scores is not None:
        told = scores[:, rows]
        at, other = np.nonzero(~np.isnan(told) & ~np.isnan(table[:n_group]))
        table[at, other] = table[other, at] = told[at, other]
    return table
