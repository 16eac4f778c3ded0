"""What a table is about: its territory, its subject, who is already around it."""

from collections.abc import Sequence

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from alliances.models import Intention, Organisation
from matching import kernel
from matching.selectors.geography import atlas
from matching.selectors.snapshots import Snapshot
from territories.models import Territory

Integers = NDArray[np.int64]


def communes_of(territory: Territory) -> Integers:
    map_ = atlas()
    if map_.is_everywhere(territory.pk):
        return np.arange(len(map_.communes))
    return map_.communes_of(territory.pk)


def shared_communes(taken: Snapshot, rows: tuple[int, ...]) -> Integers:
    """Return where all of them act; failing that, where any does."""
    profiles = taken.population.profiles
    everything = np.arange(len(profiles.population))
    held = []
    for perimeter in profiles.perimeter[list(rows)]:
        if perimeter not in (kernel.UNKNOWN, profiles.everywhere):
            sets = profiles.perimeters
            bounds = sets.offsets[perimeter], sets.offsets[perimeter + 1]
            held.append(sets.members[slice(*bounds)])
    if not held:
        return everything
    common = held[0]
    for communes in held[1:]:
        common = np.intersect1d(common, communes)
    return common if len(common) else np.unique(np.concatenate(held))


def first_domain(taken: Snapshot, acting: Integers) -> str:
    counts = (taken.population.profiles.domains[acting] > 0).sum(axis=0)
    return kernel.DOMAINS[int(counts.argmax())]


def common_domain(taken: Snapshot, rows: tuple[int, ...]) -> str:
    """Return the subject that matters most to all; failing that, to any."""
    weights = taken.population.profiles.domains[list(rows)]
    common = weights.prod(axis=0)
    best = common if common.any() else weights.sum(axis=0)
    return kernel.DOMAINS[int(best.argmax())]


def rows_of(
    taken: Snapshot, group: Sequence[Organisation], domain: str
) -> tuple[int, ...] | None:
    """Return one row for each: on the subject if it has one, else its main intention."""
    found: dict[int, list[int]] = {one.pk: [] for one in group}
    mine = Intention.objects.filter(organisation__in=group)
    mine = mine.matchable_on(timezone.localdate()).order_by("-is_default", "pk")
    for pk, organisation_id in mine.values_list("pk", "organisation_id"):
        if pk in taken.population.row:
            found[organisation_id].append(taken.population.row[pk])
    if not all(found.values()):
        return None
    if not domain:
        return tuple(found[one.pk][0] for one in group)
    weights = taken.population.profiles.domains[:, kernel.DOMAINS.index(domain)]
    return tuple(max(found[one.pk], key=lambda row: weights[row]) for one in group)
