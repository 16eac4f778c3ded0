"""The arrays that compiled loops read, and where each thing is in them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

WIDTH = 128  # columns of a tile: what a row reads of one stays in the first cache
N_TYPES, N_MEANS, N_DOMAINS = 4, 24, 16

# Features of an intention, the same for the row and the column that it may be.
OFFERS, NEEDS, DOMAINS, OWN = 0, 24, 48, 64
SURE_OFFER, LOOSE_OFFER, HAS_DOMAIN, KNOWS, TIGHT, OWN_AS_RECIPIENT = (
    68,
    69,
    70,
    71,
    75,
    76,
)
N_FEATURES = 77

# Whole numbers of an intention: what every hit is asked comes first, side by side.
(
    ROW,
    KIND,
    SURE_NEEDS,
    SURE_OFFERS,
    ACTS,
    IS_BOUND,
    EXCLUDED_SET,
    SECTOR_SET,
    EXCLUDED_KINDS,
    RECEIVES,
    GIVES,
    PLACE,
    COMPANION,
    PERIMETER,
    OPEN_TO,
    NEED_START,
    NEED_STOP,
    OFFER_START,
    OFFER_STOP,
    ABSENT_START,
    ABSENT_STOP,
    LINK_START,
    LINK_STOP,
) = range(23)
N_FACTS = 24  # three lines of a cache

MEANS, AREA, AREA_PERIMETER = range(3)  # of a territorial need or offer
START, COUNT, TILE_KIND, GIVERS = range(4)  # of a tile


class Columns(NamedTuple):
    """Everybody as columns, 128 to a tile, and what products are weighed with.

    Attributes
    ----------
    tiles : ndarray of float32, shape (n_tiles, N_FEATURES, WIDTH)
        One kind to a tile; columns that complete it are closed to every type.
    refs : ndarray of uint32, shape (n_tiles, 2, WIDTH)
        Place and companion.
    facts : ndarray of int, shape (n_tiles, 4)
        First position, number of columns, kind, whether that kind gives.
    features : ndarray of float32, shape (N, N_FEATURES)
        The same features by position.
    worth : ndarray of float32, shape (24, 4)
        Worth of the means.
    octets : ndarray of float32, shape (3, 256, 5)
        Worth of every set of eight means by type, and their number.
    weights : ndarray of float32, shape (5,)
        Weights of the components.
    types : ndarray of int, shape (7, 7)
        Bits of the types that two kinds may be proposed for.
    """

    tiles: Array
    refs: Array
    facts: Array
    features: Array
    worth: Array
    octets: Array
    weights: Array
    types: Array


class Rules(NamedTuple):
    """What tells who may meet whom, and where entries hold.

    Attributes
    ----------
    facts : ndarray of int, shape (N, N_FACTS)
        Whole numbers of every position.
    entries : ndarray of int, shape (n_entries, 3)
        Territorial needs, then offers: means, area, perimeter of that area.
    area_meets, refuses : ndarray of bool
        As in ``Prepared``.
    absent, linked : ndarray of int
        Sorted keys ``row * N + row``.
    position : ndarray of int, shape (N,)
        Position of each row of the population.
    """

    facts: Array
    entries: Array
    area_meets: Array
    refuses: Array
    absent: Array
    linked: Array
    position: Array


class Land(NamedTuple):
    """Perimeters and points.

    Attributes
    ----------
    atoms, atom_offsets, holders, holder_offsets : ndarray of int
        Atoms of every perimeter, perimeters that hold every atom.
    atom_weight, population : ndarray of float
        By atom, by perimeter; infinite for ``everywhere``.
    everywhere : int
        Perimeter of every commune, −1 if nobody has it.
    perimeter, spot : ndarray of uint32, shape (n_places,)
        Perimeter, and first point; one beyond the last for none.
    more : ndarray of int, shape (n, 2)
        Place and point, for the second points and those after.
    offsets, spots_of : ndarray of int
        Points of every place.
    spots : ndarray of float64, shape (3, n_spots)
        Distinct points on the unit sphere, by increasing first coordinate.
    coarse : ndarray of float32, shape (3, n_spots)
        The same, to be looked at first.
    nearness : ndarray of float64
        Nearness by chord, from 0 to the ceiling and a little beyond.
    reach : ndarray of float64, shape (3,)
        Chord of the ceiling, what it may be wrong by, chord of a step of ``nearness``.
    """

    atoms: Array
    atom_offsets: Array
    holders: Array
    holder_offsets: Array
    atom_weight: Array
    population: Array
    everywhere: int
    perimeter: Array
    spot: Array
    more: Array
    offsets: Array
    spots_of: Array
    spots: Array
    coarse: Array
    nearness: Array
    reach: Array


class Likes(NamedTuple):
    """Sizes and values.

    Attributes
    ----------
    size : ndarray of int, shape (n_companions,)
        Class, −1 unknown.
    size_at, value_set : ndarray of uint32, shape (n_companions,)
        Class plus one, set of values.
    length : ndarray of float32, shape (n_sets,)
        Number of tags.
    tags, tag_offsets, holders, holder_offsets : ndarray of int
        Tags of every set, sets that hold every tag.
    """

    size: Array
    size_at: Array
    value_set: Array
    length: Array
    tags: Array
    tag_offsets: Array
    holders: Array
    holder_offsets: Array


class Exactly(NamedTuple):
    """What is computed in double precision.

    Attributes
    ----------
    octets : ndarray of float64, shape (3, 256, 4)
        Worth of every set of eight means by type, to the bit of ``components``.
    weights : ndarray of float64, shape (5,)
        Weights of the components.
    total : float
        Their sum.
    """

    octets: Array
    weights: Array
    total: float


class Layout(NamedTuple):
    """A population as the compiled loops read it."""

    columns: Columns
    rules: Rules
    land: Land
    likes: Likes
    exactly: Exactly


def unsigned(values: Array) -> Array:
    """Return indices that loops can gather with."""
    return np.ascontiguousarray(values, dtype=np.uint32)
