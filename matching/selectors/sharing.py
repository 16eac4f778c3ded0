"""Who is to share proposals in a territory, and every pair of them that counts."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alliances.models import Intention, Organisation
from matching import balance, kernel
from matching.kernel.admissibility import NO, is_giver, recipient_status
from matching.kernel.vocabulary import PATRONAGE
from matching.selectors.acting import acting_in
from matching.selectors.population import Population, population_of
from territories.models import Territory

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]
Booleans = NDArray[np.bool_]

PAIRS_AT_ONCE = 65_536


@dataclass(frozen=True)
class Best:
    """The best pair of intentions of some pairs of organisations; NaN without any."""

    scores: Reals
    one: Integers
    other: Integers


@dataclass(frozen=True)
class Group:
    """The organisations that act in a territory and look for partners.

    ``first_intentions``: one for each organisation, that stands for it.
    ``possible[organisation, type]``: whether it may be proposed for that type at all.
    ``population`` holds the intentions of those that accept to be proposed.
    """

    organisation_ids: Integers
    first_intentions: Integers
    keys: tuple[str, ...]
    limits: Integers
    possible: Booleans
    population: Population
    prepared: kernel.Prepared
    lists: kernel.Lists

    @cached_property
    def owner(self) -> Integers:
        """The organisation of each intention, as a row of ``organisation_ids``."""
        return np.searchsorted(self.organisation_ids, self.population.organisation_ids)

    @cached_property
    def _by_owner(self) -> tuple[Integers, Integers, Integers]:
        """Rows of intentions by owner, where each owner's begin, and how many."""
        order = np.argsort(self.owner, kind="stable")
        number = np.bincount(self.owner, minlength=len(self.organisation_ids))
        return order, np.cumsum(number) - number, number

    def problem(self, position: int) -> balance.Problem:
        """Return what is to be shared out for the type at ``position``.

        Its rows are those of ``members(position)``.
        """
        members = self.members(position)
        row = np.full(len(self.organisation_ids), -1)
        row[members] = np.arange(len(members))
        of_type = self.lists.type == position
        low, high = _distinct(
            self.owner[self.lists.row[of_type]], self.owner[self.lists.partner[of_type]]
        )
        scores = self.best(low, high, position).scores
        return balance.Problem(
            keys=[self.keys[member] for member in members.tolist()],
            limits=self.limits[members],
            low=row[low],
            high=row[high],
            scores=scores,
            missing=self._missing(position)[members],
        )

    def members(self, position: int) -> Integers:
        return np.flatnonzero(self.possible[:, position])

    def best(self, one: Integers, other: Integers, position: int) -> Best:
        """Return the best pair of intentions of each two organisations."""
        at, first, second = self._crossed(one, other)
        scores = np.full(len(at), np.nan)
        for start in range(0, len(at), PAIRS_AT_ONCE):
            part = slice(start, start + PAIRS_AT_ONCE)
            pairs = kernel.score_pairs(self.prepared, first[part], second[part])
            scores[part] = pairs.scores[:, position]
        order = np.lexsort((np.maximum(first, second), -_known(scores), at))
        is_first = np.ones(len(order), bool)
        is_first[1:] = np.diff(at[order]) != 0
        chosen = order[is_first]
        return Best(scores[chosen], first[chosen], second[chosen])

    def _crossed(
        self, one: Integers, other: Integers
    ) -> tuple[Integers, Integers, Integers]:
        """Cross the intentions of each two organisations."""
        order, start, number = self._by_owner
        count = number[one] * number[other]
        at = np.repeat(np.arange(len(one)), count)
        within = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
        width = number[other][at]
        first = order[start[one][at] + within // np.maximum(width, 1)]
        second = order[start[other][at] + within % np.maximum(width, 1)]
        return at, first, second

    def _missing(self, position: int) -> Reals:
        """Return the last score of full lists: no missing pair scores more."""
        last = np.full(len(self.organisation_ids), balance.COMPLETE)
        kept = int(self.prepared.configuration.number("list.kept"))
        at = (self.lists.type == position) & (self.lists.rank == kept)
        row, partner = self.lists.row[at], self.lists.partner[at]
        if len(row):
            scores = kernel.score_pairs(self.prepared, row, partner).scores
            np.maximum.at(last, self.owner[row], scores[:, position])
        return last


def group_in(
    territory: Territory, *, population: Population, configuration: kernel.Configuration
) -> Group:
    """Read who acts in ``territory``, and rank them among themselves.

    ``population``: everyone who looks for partners.
    """
    rows = acting_in(territory, population)
    organisation_ids, first = np.unique(
        population.organisation_ids[rows], return_index=True
    )
    keys, limits = _read(organisation_ids.tolist())
    owner = np.searchsorted(organisation_ids, population.organisation_ids[rows])
    possible = np.zeros((len(organisation_ids), len(kernel.TYPES)), bool)
    np.logical_or.at(possible, owner, _possible(population, rows, configuration))
    accepting = population.intention_ids[rows[limits[owner] > 0]]
    chosen = population_of(Intention.objects.filter(pk__in=accepting.tolist()))
    prepared = kernel.prepare(chosen.profiles, configuration)
    kept = int(configuration.number("list.kept"))
    blocks = kernel.rank_blocks(prepared, top=kept, precision=np.float32)
    return Group(
        organisation_ids=organisation_ids,
        first_intentions=population.intention_ids[rows[first]],
        keys=keys,
        limits=limits,
        possible=possible,
        population=chosen,
        prepared=prepared,
        lists=kernel.joined(list(blocks)),
    )


def _read(organisation_ids: Collection[int]) -> tuple[tuple[str, ...], Integers]:
    rows = Organisation.objects.in_bulk(organisation_ids).values()
    ordered = sorted(rows, key=lambda one: one.pk)
    keys = tuple(one.public_id for one in ordered)
    limits = np.array([one.solicitation_budget for one in ordered], np.int64)
    return keys, limits


def _possible(
    population: Population, rows: Integers, configuration: kernel.Configuration
) -> Booleans:
    """Tell for which types each intention may be proposed, whoever the partner."""
    profiles = population.profiles
    by_kind: Booleans = np.logical_or.reduce(configuration.admissible, axis=1)
    possible = profiles.open_to[rows] & by_kind[profiles.kind[rows]]
    is_barred: Booleans = recipient_status(profiles) == NO
    may_receive = is_giver(profiles) | ~is_barred
    possible[:, PATRONAGE] &= may_receive[rows]
    return possible


def _distinct(one: Integers, other: Integers) -> tuple[Integers, Integers]:
    """Return the different pairs, low first."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    n = int(high.max()) + 1 if len(high) else 1
    pairs = np.unique(low * n + high)
    return pairs // n, pairs % n


def _known(scores: Reals) -> Reals:
    return np.nan_to_num(scores, nan=-1.0)
