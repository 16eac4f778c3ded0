"""Who is searched around a table, and what nobody left out could exceed."""

import numpy as np

from matching.coalitions.bringing import Subject, brings_of, item_weights, weight_of
from matching.coalitions.problem import Floats, Integers
from matching.kernel import KINDS, Prepared


def kept_of(
    prepared: Prepared, subject: Subject, others: Integers, demand: Floats
) -> Integers:
    """Keep the first of each kind in turn: so that no kind is left out by another."""
    most = int(prepared.configuration.number("coalition.candidates"))
    if len(others) <= most:
        return others
    profiles = prepared.profiles
    weights = item_weights(prepared.configuration, demand)
    alone = np.round(brings_of(prepared, subject)[others] @ weights, 9)
    subjects = -weight_of(profiles, others, subject)
    order = np.lexsort((prepared.preference[others], subjects, -alone))
    turn = np.empty(len(others), np.int64)
    for kind in range(len(KINDS)):
        of_kind = order[profiles.kind[others[order]] == kind]
        turn[of_kind] = np.arange(len(of_kind))
    place = np.empty(len(others), np.int64)
    place[order] = np.arange(len(others))
    return np.sort(others[np.lexsort((place, turn))[:most]])


def ceiling_of(
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
    weights = item_weights(settings, demand)
    brings = brings_of(prepared, subject)
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
