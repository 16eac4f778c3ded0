"""What each actor would bring to a table: means, functions, parts of the territory."""

from dataclasses import dataclass

import numpy as np

from matching.coalitions.problem import Booleans, Floats, Integers
from matching.kernel import (
    DOMAINS,
    FUNCTIONS,
    KINDS,
    MEANS,
    UNKNOWN,
    Configuration,
    Prepared,
    Profiles,
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


def weight_of(profiles: Profiles, rows: Integers, subject: Subject) -> Floats:
    """Return the weight of the subject for some rows, from 0 to 10."""
    weights: Floats = profiles.domains[rows, DOMAINS.index(subject.domain)]
    return weights


def holding(profiles: Profiles, side: str, communes: Integers) -> Booleans:
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


def demand_of(
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


def item_weights(settings: Configuration, demand: Floats) -> Floats:
    """Weights of the means and of the functions, in the order of the items."""
    functions = settings.number("coalition.weight.functions") / len(FUNCTIONS)
    means = settings.number("coalition.weight.means") * demand
    return np.concatenate([means, np.full(len(FUNCTIONS), functions)])


def brings_of(prepared: Prepared, subject: Subject) -> Booleans:
    """Means and functions of everybody, shape (N, 30)."""
    profiles = prepared.profiles
    offers = holding(profiles, "offers", subject.communes)
    table = prepared.configuration.settings["coalition.functions"].value
    return np.hstack([offers, functions_of(profiles, offers, table)])


def covers_of(
    prepared: Prepared, subject: Subject, rows: Integers
) -> tuple[Booleans, Floats]:
    """What the rows cover, and the weights of the parts of the territory.

    Communes that the same candidates cover are one part.
    """
    profiles = prepared.profiles
    brings = brings_of(prepared, subject)[rows]
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
