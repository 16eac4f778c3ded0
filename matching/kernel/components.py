"""The five components of given pairs, in float64, each pair on its own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.kernel.companions import likeness_rows, proximity
from matching.kernel.families import expand, offsets_of
from matching.kernel.geography import territory_rows
from matching.kernel.preparation import Entries, Prepared, contains
from matching.kernel.scattered import likeness_of_pairs, territory_of_pairs
from matching.kernel.vocabulary import MEANS

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

PAIRS_AT_ONCE = 32768
OCTETS = np.arange(256, dtype=np.uint8)[:, None]


@dataclass(frozen=True)
class Tables:
    """What a block of rows shares of the map and of proximity with everyone.

    Attributes
    ----------
    place_at, companion_at : ndarray of int
        Row of the tables for each place and each companion.
    territory : ndarray of shape (n, n_places)
        Territory component, NaN when unknown.
    likeness, n_likeness : ndarray of shape (n, n_companions)
        Sum and number of the known likenesses.
    """

    place_at: Integers
    companion_at: Integers
    territory: Floats
    likeness: Floats
    n_likeness: Floats


@dataclass(frozen=True)
class Components:
    """The components of P pairs, NaN where unknown.

    Attributes
    ----------
    first, second : ndarray of int, shape (P,)
        The intentions of each pair.
    objectives_first, objectives_second : ndarray of shape (P, 4)
        By type.
    needs_first, needs_second : ndarray of shape (P, 4)
        By type: what the other's offers cover of the needs of this side.
    domains, territory, proximity : ndarray of shape (P,)
        The same for both sides and all types.
    covered : ndarray of bool, shape (P,)
        Whether a need of either side is covered.
    """

    first: Integers
    second: Integers
    objectives_first: Floats
    objectives_second: Floats
    needs_first: Floats
    needs_second: Floats
    domains: Floats
    territory: Floats
    proximity: Floats
    covered: Booleans


def compare(prepared: Prepared, first: Integers, second: Integers) -> Components:
    """Compute the components of pairs.

    Parameters
    ----------
    prepared : Prepared
        The population.
    first, second : ndarray of int, shape (P,)
        Rows of the population; in any order.

    Returns
    -------
    Components
        In the order of the pairs. The value of a pair does not depend on the other
        pairs asked, nor on which side is called first.
    """
    one, other = prepared.place[first], prepared.place[second]
    mine, theirs = prepared.companion[first], prepared.companion[second]
    return _components(
        prepared,
        first,
        second,
        territory=territory_of_pairs(prepared.places, one, other),
        likeness=likeness_of_pairs(prepared.companions, mine, theirs),
    )


def tables_of(prepared: Prepared, rows: Integers) -> Tables:
    """Compute what the given rows share of the map and of proximity with everyone."""
    places = np.unique(prepared.place[rows])
    companions = np.unique(prepared.companion[rows])
    likeness, n_likeness = likeness_rows(prepared.companions, companions)
    return Tables(
        place_at=_positions(places, len(prepared.places)),
        companion_at=_positions(companions, len(prepared.companions)),
        territory=territory_rows(prepared.places, places),
        likeness=likeness,
        n_likeness=n_likeness,
    )


def compare_rows(
    prepared: Prepared, tables: Tables, first: Integers, second: Integers
) -> Components:
    """Compute the components of pairs whose first sides have their tables."""
    place = tables.place_at[prepared.place[first]]
    row = tables.companion_at[prepared.companion[first]]
    column = prepared.companion[second]
    return _components(
        prepared,
        first,
        second,
        territory=tables.territory[place, prepared.place[second]],
        likeness=(tables.likeness[row, column], tables.n_likeness[row, column]),
    )


def common_domains(prepared: Prepared, first: Integers, second: Integers) -> Floats:
    """Return the cosine of the domain weights of pairs, NaN when one has none.

    Returns
    -------
    ndarray of shape (P,)
        From 0 to 1; positive exactly when a domain is common.
    """
    one, other = prepared.directions[first], prepared.directions[second]
    known = one.any(axis=1) & other.any(axis=1)
    return np.where(known, np.minimum((one * other).sum(axis=1), 1.0), np.nan)


def needs_met(
    prepared: Prepared, needing: Integers, giving: Integers
) -> tuple[Floats, Booleans]:
    r"""Compute what offers cover of needs, where both hold.

    .. math:: \sum_m need(m) \cdot offer(m) \cdot r(m, t) / \sum_m need(m)

    Parameters
    ----------
    prepared : Prepared
        The population.
    needing, giving : ndarray of int, shape (P,)
        Rows whose needs, and whose offers, are read.

    Returns
    -------
    value : ndarray of shape (P, 4)
        From 0 to 1 by type; NaN when no need, or no offer, holds for the pair.
    covered : ndarray of bool, shape (P,)
        Whether at least one need is covered.
    """
    values = [np.empty((0, 4))]
    covered: list[Booleans] = [np.empty(0, bool)]
    for start in range(0, len(needing), PAIRS_AT_ONCE):
        stop = start + PAIRS_AT_ONCE
        need, offer, met = held(prepared, needing[start:stop], giving[start:stop])
        values.append(_worth(prepared.configuration.worth, need, offer, met))
        covered.append(np.any(met, axis=1))
    return np.concatenate(values), np.concatenate(covered)


def held(
    prepared: Prepared, needing: Integers, giving: Integers
) -> tuple[Booleans, Booleans, Booleans]:
    """Find which needs and offers hold for pairs, and which needs are covered.

    An entry without its own area holds for every partner. One with its own area holds
    when that area meets the perimeter of the partner. Two such entries cover each other
    when their areas also meet.

    Returns
    -------
    need, offer, met : ndarray of bool, shape (P, 24)
        Needs that hold, offers that hold, needs that an offer covers.
    """
    need = prepared.profiles.needs[needing]
    offer = prepared.profiles.offers[giving]
    met = need & offer
    local = prepared.is_territorial[needing] | prepared.is_territorial[giving]
    at = np.flatnonzero(local)
    if len(at):
        one, other = needing[at], giving[at]
        wanted = _holding(prepared, prepared.need_entries, one, other)
        given = _holding(prepared, prepared.offer_entries, other, one)
        both = _facing(prepared, wanted, given, len(at))
        by_need, by_offer = _marked(wanted, len(at)), _marked(given, len(at))
        met[at] |= (need[at] & by_offer) | (by_need & offer[at]) | both
        need[at] |= by_need
        offer[at] |= by_offer
    return need, offer, met


@dataclass(frozen=True)
class _Held:
    """Territorial entries that hold: position of the pair, means, area."""

    pair: Integers
    means: Integers
    area: Integers


def _holding(
    prepared: Prepared, entries: Entries, owner: Integers, partner: Integers
) -> _Held:
    pair, entry = expand(entries.rows, owner)
    perimeter = prepared.profiles.perimeter[partner[pair]]
    holds = prepared.area_meets[entries.area[entry], perimeter]
    pair, entry = pair[holds], entry[holds]
    return _Held(pair, entries.means[entry], entries.area[entry])


def _marked(part: _Held, n_pairs: int) -> Booleans:
    marked = np.zeros((n_pairs, len(MEANS)), bool)
    marked[part.pair, part.means] = True
    return marked


def _facing(prepared: Prepared, wanted: _Held, given: _Held, n_pairs: int) -> Booleans:
    """Mark the means that a territorial need and a territorial offer both name."""
    keys = given.pair * len(MEANS) + given.means
    order = np.argsort(keys, kind="stable")
    sought = wanted.pair * len(MEANS) + wanted.means
    start = np.searchsorted(keys[order], sought, side="left")
    stop = np.searchsorted(keys[order], sought, side="right")
    mine = np.repeat(np.arange(len(sought)), stop - start)
    within = np.arange(len(mine)) - offsets_of(stop - start)[:-1][mine]
    theirs = order[start[mine] + within]
    perimeter = prepared.area_perimeter[given.area[theirs]]
    meet = prepared.area_meets[wanted.area[mine], perimeter]
    facing = np.zeros((n_pairs, len(MEANS)), bool)
    facing[wanted.pair[mine][meet], wanted.means[mine][meet]] = True
    return facing


def worth_of_octets(worth: Floats) -> list[Floats]:
    """Add the worth of every set of eight means that follow each other.

    Returns
    -------
    list of ndarray of shape (256, 4)
        Sets are numbered by their bits, the first means the highest.
    """
    eights = np.unpackbits(OCTETS, axis=1)
    return [
        eights[:, : len(worth) - start] @ worth[start : start + 8]
        for start in range(0, len(worth), 8)
    ]


def _worth(worth: Floats, need: Booleans, offer: Booleans, met: Booleans) -> Floats:
    """Add the worth of means eight at a time: a pair scores the same in any company."""
    octets = np.packbits(met, axis=1)
    total = np.zeros((len(met), worth.shape[1]))
    for number, table in enumerate(worth_of_octets(worth)):
        total += table[octets[:, number]]
    count = need.sum(axis=1)
    known = (count > 0) & offer.any(axis=1)
    return np.where(known[:, None], total / np.maximum(count, 1)[:, None], np.nan)


def _components(
    prepared: Prepared,
    first: Integers,
    second: Integers,
    *,
    territory: Floats,
    likeness: tuple[Floats, Floats],
) -> Components:
    """Put together what pairs share of the map and of proximity, and the rest."""
    needs_first, covered_first = needs_met(prepared, first, second)
    needs_second, covered_second = needs_met(prepared, second, first)
    linked = contains(prepared.linked, first * len(prepared) + second)
    return Components(
        first=first,
        second=second,
        objectives_first=prepared.objectives[first],
        objectives_second=prepared.objectives[second],
        needs_first=needs_first,
        needs_second=needs_second,
        domains=common_domains(prepared, first, second),
        territory=territory,
        proximity=proximity(*likeness, linked),
        covered=covered_first | covered_second,
    )


def _positions(chosen: Integers, size: int) -> Integers:
    at = np.full(size, -1, dtype=np.int64)
    at[chosen] = np.arange(len(chosen))
    return at
