"""The population laid out for matrix products: one row per intention.

A product of two rows is one component of the score of a pair, or its known weight
(:mod:`matching.kernel.screening`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.preparation import Prepared
from matching.kernel.vocabulary import KINDS, TYPES

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Reals = NDArray[Any]


@dataclass(frozen=True)
class Screen:
    """The population laid out for matrix products, sorted by kind then place.

    Attributes
    ----------
    prepared : Prepared
        The population.
    order : ndarray of int, shape (N,)
        Row of the population at each position.
    segments : tuple of (kind, start, stop)
        Runs of positions of one kind, longest first.
    needer, giver : ndarray of shape (4, N, 26)
        By type, what one needs and what one gives: weighted needs, objectives.
    knower, known : ndarray of shape (N, 4)
        Their products are the sums of the known weights.
    seeker, sought : ndarray of shape (N, 64)
        Their products count covered needs on both sides and common domains.
    weighted_domains, domains : ndarray of shape (N, 16)
        Their products are weighted cosines.
    place, companion : ndarray of int, shape (N,)
        By position.
    is_bound : ndarray of bool, shape (N,)
        Positions whose products are upper bounds.
    position : ndarray of int, shape (N,)
        Position of each row of the population.
    """

    prepared: Prepared
    order: Integers
    segments: tuple[tuple[int, int, int], ...]
    needer: Reals
    giver: Reals
    knower: Reals
    known: Reals
    seeker: Reals
    sought: Reals
    weighted_domains: Reals
    domains: Reals
    place: Integers
    companion: Integers
    is_bound: Booleans
    position: Integers

    def __len__(self) -> int:
        return len(self.order)


def screen_of(prepared: Prepared, *, precision: type[np.floating[Any]]) -> Screen:
    """Lay a population out for screening, in float64 or float32."""
    kind = prepared.profiles.kind
    order = np.lexsort((prepared.companion, prepared.place, kind))
    position = np.empty(len(order), np.int64)
    position[order] = np.arange(len(order))
    bounds = np.searchsorted(kind[order], np.arange(len(KINDS) + 1))
    segments = [(k, int(bounds[k]), int(bounds[k + 1])) for k in range(len(KINDS))]
    segments = [segment for segment in segments if segment[1] < segment[2]]
    means = _anywhere(prepared)
    features = {
        **_side_features(prepared, means),
        **_known_features(prepared, means),
        **_common_features(prepared, means),
    }
    return Screen(
        prepared=prepared,
        order=order,
        segments=tuple(sorted(segments, key=lambda s: s[1] - s[2])),
        place=prepared.place[order],
        companion=prepared.companion[order],
        is_bound=prepared.is_territorial[order],
        position=position,
        **{
            name: np.ascontiguousarray(table[..., order, :], dtype=precision)
            for name, table in features.items()
        },
    )


@dataclass(frozen=True)
class _Anywhere:
    """Needs and offers wherever they hold, and how little is sure of them.

    Attributes
    ----------
    needs, offers : ndarray of bool, shape (N, 24)
        Global or territorial.
    n_sure_needs : ndarray of int, shape (N,)
        Needs that hold for every partner.
    sure_offer : ndarray of bool, shape (N,)
        Whether an offer holds for every partner.
    loose_needs, loose_offers : ndarray of bool, shape (N,)
        Whether all of them are territorial: nothing can be said before the pair.
    """

    needs: Booleans
    offers: Booleans
    n_sure_needs: Integers
    sure_offer: Booleans
    loose_needs: Booleans
    loose_offers: Booleans


def _anywhere(prepared: Prepared) -> _Anywhere:
    profiles = prepared.profiles
    needs, offers = profiles.needs.copy(), profiles.offers.copy()
    needs[tuple(profiles.need_entries[:, :2].T)] = True
    offers[tuple(profiles.offer_entries[:, :2].T)] = True
    n_sure, sure_offer = profiles.needs.sum(axis=1), np.any(profiles.offers, axis=1)
    return _Anywhere(
        needs=needs,
        offers=offers,
        n_sure_needs=n_sure,
        sure_offer=sure_offer,
        loose_needs=np.any(needs, axis=1) & (n_sure == 0),
        loose_offers=np.any(offers, axis=1) & ~sure_offer,
    )


def _side_features(prepared: Prepared, means: _Anywhere) -> dict[str, Reals]:
    """Bound the needs met: all that may hold, over the fewest needs that do."""
    profiles, weights = prepared.profiles, prepared.configuration.weights
    tight = ~means.loose_needs
    share = weights[1] * tight / np.maximum(means.n_sure_needs, 1)
    needs = means.needs * share[:, None]
    always = np.ones(len(profiles))
    needer, giver = [], []
    for t in range(len(TYPES)):
        own = weights[0] * np.nan_to_num(prepared.objectives[:, t])
        own += weights[1] * means.loose_needs
        own[~profiles.open_to[:, t]] = np.nan
        needer.append(np.column_stack([needs, own, tight]))
        offers = means.offers * prepared.configuration.worth[:, t]
        offers[means.loose_offers] = 0.0
        loose = weights[1] * means.loose_offers
        giver.append(np.column_stack([offers, always, loose]))
    return {"needer": np.stack(needer), "giver": np.stack(giver)}


def _known_features(prepared: Prepared, means: _Anywhere) -> dict[str, Reals]:
    weights = prepared.configuration.weights
    has_square = ~np.isnan(prepared.objectives).any(axis=1)
    has_domain = prepared.directions.any(axis=1)
    knower = [
        weights[0] * has_square + weights[1] * means.loose_needs,
        weights[1] * (means.n_sure_needs > 0),
        weights[1] * ~means.loose_needs,
        weights[2] * has_domain,
    ]
    known = [np.ones(len(prepared)), means.sure_offer, means.loose_offers, has_domain]
    return {"knower": np.column_stack(knower), "known": np.column_stack(known)}


def _common_features(prepared: Prepared, means: _Anywhere) -> dict[str, Reals]:
    acts = prepared.directions > 0
    return {
        "seeker": np.column_stack([means.needs, means.offers, acts]),
        "sought": np.column_stack([means.offers, means.needs, acts]),
        "weighted_domains": prepared.configuration.weights[2] * prepared.directions,
        "domains": prepared.directions,
    }
