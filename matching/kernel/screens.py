"""The population laid out for matrix products: one row per intention.

A product of two rows is one component of the score of a pair, or its known weight
(:mod:`matching.kernel.screening`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.admissibility import NO, is_giver, recipient_status
from matching.kernel.geography import Places
from matching.kernel.preparation import Prepared
from matching.kernel.vocabulary import KINDS, TYPES

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Reals = NDArray[Any]

CELL_BITS = 10  # of each coordinate: cells of twenty kilometres by forty


@dataclass(frozen=True)
class Screen:
    """The population laid out for matrix products, sorted by kind then neighbourhood.

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
    receives, gives : ndarray of bool, shape (N,)
        By position: who may receive patronage, who may give.
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
    receives: Booleans
    gives: Booleans
    position: Integers

    def __len__(self) -> int:
        return len(self.order)


def screen_of(prepared: Prepared, *, precision: type[np.floating[Any]]) -> Screen:
    """Lay a population out for screening, in float64 or float32."""
    kind = prepared.profiles.kind
    near = _neighbourhoods(prepared.places)[prepared.place]
    order = np.lexsort((prepared.companion, prepared.place, near, kind))
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
        receives=recipient_status(prepared.profiles)[order] != NO,
        gives=is_giver(prepared.profiles)[order],
        position=position,
        **{
            name: np.ascontiguousarray(table[..., order, :], dtype=precision)
            for name, table in features.items()
        },
    )


def _neighbourhoods(places: Places) -> Integers:
    """Number the cells of the places along a curve (Morton, 1966), −1 for no point.

    Cells that follow each other are mostly neighbours.
    """
    has_point = np.diff(places.point_offsets) > 0
    x, y, z = places.points[places.point_offsets[:-1][has_point]].T
    cells = np.stack([np.arcsin(z) / np.pi, np.arctan2(y, x) / (2 * np.pi)]) + 0.5
    numbers = (cells * (1 << CELL_BITS)).astype(np.int64)
    number = np.full(len(places), -1)
    number[has_point] = 0
    for bit in range(CELL_BITS):
        latitude, longitude = numbers >> bit & 1
        number[has_point] |= latitude << 2 * bit + 1 | longitude << 2 * bit
    return number


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
