"""From the kernel's population to a table to fill: means, functions, territory, pairs."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from matching.coalitions.problem import Booleans, Floats, Integers, Problem, pairs_of
from matching.kernel import (
    DOMAINS,
    FUNCTIONS,
    KINDS,
    MEANS,
    UNKNOWN,
    Configuration,
    Prepared,
    Profiles,
    score_pairs,
)

MEANS_ITEMS = slice(0, len(MEANS))
FUNCTION_ITEMS = slice(len(MEANS), len(MEANS) + len(FUNCTIONS))
PLACE_ITEMS = slice(len(MEANS) + len(FUNCTIONS), None)


@dataclass(frozen=True)
class Subject:
    """What a table is about.

    Attributes
    ----------
    domain : str
        One of ``DOMAINS``.
    communes : ndarray of int
        The territory, as communes of the population.
    group : tuple of int
        Rows of the population that are already around the table.
    """

    domain: str
    communes: Integers
    group: tuple[int, ...] = ()


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
    needs = _holding(profiles, "needs", subject.communes)
    demand = _demand(settings, needs, subject.group, others)
    kept = _kept(prepared, subject, others, demand)
    rows = np.concatenate([np.array(subject.group, np.int64), kept])
    covers, places = _covers(prepared, subject, rows)
    problem = Problem(
        public_ids=tuple(profiles.public_ids[row] for row in rows),
        organisation=profiles.organisation[rows],
        covers=covers,
        weights=np.concatenate([_item_weights(settings, demand), places]),
        agreement=_agreement(prepared, rows, len(subject.group), scores),
        agreement_weight=settings.number("coalition.weight.agreement"),
        seat_cost=settings.number("coalition.seat_cost"),
        may_lead=_weight(profiles, rows, subject)
        >= settings.number("coalition.lead_weight"),
        group=tuple(range(len(subject.group))),
        smallest=int(settings.number("coalition.smallest")),
        largest=int(settings.number("coalition.largest")),
        ceiling=_ceiling(prepared, subject, others, demand, n_kept=len(kept)),
    )
    everybody = np.concatenate([np.array(subject.group, np.int64), others])
    held = _brings(prepared, subject)[everybody][:, FUNCTION_ITEMS].any(axis=0)
    return Table(
        problem=problem,
        rows=rows,
        domain_weight=_weight(profiles, rows, subject),
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


def functions_of(
    profiles: Profiles, offers: Booleans, table: list[list[str]]
) -> Booleans:
    """Tell which functions each row can hold, shape (n, 6).

    Parameters
    ----------
    profiles : Profiles
        The rows, ``kind`` is read.
    offers : ndarray of bool, shape (n, 24)
        What each offers.
    table : list of (function, kind, means or None)
        Setting ``coalition.functions``.
    """
    holds = np.zeros((len(offers), len(FUNCTIONS)), bool)
    for function, kind, means in table:
        able = profiles.kind == KINDS.index(kind)
        if means is not None:
            able = able & offers[:, MEANS.index(means)]
        holds[:, FUNCTIONS.index(function)] |= able
    return holds


def _weight(profiles: Profiles, rows: Integers, subject: Subject) -> Floats:
    weights: Floats = profiles.domains[rows, DOMAINS.index(subject.domain)]
    return weights


def _beside(profiles: Profiles, group: tuple[int, ...], actors: Integers) -> Integers:
    """Leave out the organisations that are already around the table."""
    seated = profiles.organisation[list(group)]
    kept: Integers = actors[~np.isin(profiles.organisation[actors], seated)]
    return kept


def _holding(profiles: Profiles, side: str, communes: Integers) -> Booleans:
    """Needs or offers that hold somewhere in the territory, shape (N, 24)."""
    here = np.zeros(len(profiles.population), bool)
    here[communes] = True
    perimeters = profiles.perimeters
    owners = np.repeat(np.arange(len(perimeters)), perimeters.lengths)
    meets = np.zeros(len(perimeters), bool)
    meets[owners[here[perimeters.members]]] = True
    if profiles.everywhere != UNKNOWN:
        meets[profiles.everywhere] = True
    holds: Booleans = getattr(profiles, side).copy()
    entries = getattr(profiles, "need_entries" if side == "needs" else "offer_entries")
    entries = entries[meets[entries[:, 2]]]
    holds[entries[:, 0], entries[:, 1]] = True
    return holds


def _demand(
    settings: Configuration, needs: Booleans, group: tuple[int, ...], others: Integers
) -> Floats:
    """Share of each means among what is sought: by the group, and by the actors."""
    share = settings.number("coalition.group_share")
    of_group = needs[list(group)].sum(axis=0).astype(float)
    of_actors = needs[others].sum(axis=0).astype(float)
    if not of_group.any():
        share = 0.0
    elif not of_actors.any():
        share = 1.0
    return share * _shares(of_group) + (1 - share) * _shares(of_actors)


def _shares(counts: Floats) -> Floats:
    return counts / max(float(counts.sum()), 1.0)


def _item_weights(settings: Configuration, demand: Floats) -> Floats:
    """Weights of the means and of the functions, in the order of the items."""
    functions = settings.number("coalition.weight.functions") / len(FUNCTIONS)
    means = settings.number("coalition.weight.means") * demand
    return np.concatenate([means, np.full(len(FUNCTIONS), functions)])


def _brings(prepared: Prepared, subject: Subject) -> Booleans:
    """Means and functions of everybody, shape (N, 30)."""
    profiles = prepared.profiles
    offers = _holding(profiles, "offers", subject.communes)
    table = prepared.configuration.settings["coalition.functions"].value
    return np.hstack([offers, functions_of(profiles, offers, table)])


def _covers(
    prepared: Prepared, subject: Subject, rows: Integers
) -> tuple[Booleans, Floats]:
    """What the rows cover, and the weights of the parts of the territory.

    Communes that the same candidates cover are one part.
    """
    profiles = prepared.profiles
    brings = _brings(prepared, subject)[rows]
    if not len(subject.communes) or not len(rows):
        return brings, np.empty(0)
    distinct, at = np.unique(profiles.perimeter[rows], return_inverse=True)
    inside = np.array([_inside(profiles, p, subject.communes) for p in distinct])
    inside = inside.reshape(len(distinct), len(subject.communes))
    parts, part = np.unique(inside, axis=1, return_inverse=True)
    people = profiles.population[subject.communes]
    weights = np.bincount(part.reshape(-1), people, minlength=parts.shape[1])
    total = prepared.configuration.number("coalition.weight.territory")
    covers = np.hstack([brings, parts[at.reshape(-1)]])
    return covers, total * weights / people.sum()


def _inside(profiles: Profiles, perimeter: int, communes: Integers) -> Booleans:
    if perimeter == UNKNOWN:
        return np.zeros(len(communes), bool)
    if perimeter == profiles.everywhere:
        return np.ones(len(communes), bool)
    sets = profiles.perimeters
    held = sets.members[sets.offsets[perimeter] : sets.offsets[perimeter + 1]]
    return np.isin(communes, held)


def _kept(
    prepared: Prepared, subject: Subject, others: Integers, demand: Floats
) -> Integers:
    """Keep the first of each kind in turn: so that no kind is left out by another."""
    most = int(prepared.configuration.number("coalition.candidates"))
    if len(others) <= most:
        return others
    profiles = prepared.profiles
    weights = _item_weights(prepared.configuration, demand)
    alone = np.round(_brings(prepared, subject)[others] @ weights, 9)
    subjects = -_weight(profiles, others, subject)
    order = np.lexsort((prepared.preference[others], subjects, -alone))
    turn = np.empty(len(others), np.int64)
    for kind in range(len(KINDS)):
        of_kind = order[profiles.kind[others[order]] == kind]
        turn[of_kind] = np.arange(len(of_kind))
    place = np.empty(len(others), np.int64)
    place[order] = np.arange(len(others))
    return np.sort(others[np.lexsort((place, turn))[:most]])


def _ceiling(
    prepared: Prepared,
    subject: Subject,
    others: Integers,
    demand: Floats,
    *,
    n_kept: int,
) -> float:
    """Bound every coalition of the actors, those left out included.

    The whole territory, a perfect agreement, and for each size the separate gains of
    the members that bring most.
    """
    if n_kept == len(others):
        return -np.inf
    settings = prepared.configuration
    weights = _item_weights(settings, demand)
    brings = _brings(prepared, subject)
    group = brings[list(subject.group)].any(axis=0)
    gains = -np.sort(-(brings[others] @ (weights * ~group)))
    reachable = float(weights[brings[others].any(axis=0) & ~group].sum())
    rest = sum(
        settings.number(f"coalition.weight.{name}")
        for name in ("territory", "agreement")
    )
    smallest, largest = (
        int(settings.number(f"coalition.{name}")) for name in ("smallest", "largest")
    )
    return float(weights[group].sum()) + max(
        min(float(gains[: size - len(subject.group)].sum()), reachable)
        + rest
        - settings.number("coalition.seat_cost") * (size - smallest)
        for size in range(max(smallest, len(subject.group) + 1), largest + 1)
    )


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
