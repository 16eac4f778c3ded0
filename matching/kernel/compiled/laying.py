"""A prepared population laid out as the compiled loops read it."""

import numpy as np

from matching.kernel.compiled import layout as at
from matching.kernel.compiled.layout import (
    Array,
    Columns,
    Exactly,
    Land,
    Layout,
    Likes,
    Rules,
    unsigned,
)
from matching.kernel.components import OCTETS, worth_of_octets
from matching.kernel.configuration import Configuration
from matching.kernel.families import expand, offsets_of
from matching.kernel.geography import EARTH_RADIUS_KM, Places
from matching.kernel.preparation import Entries, Prepared
from matching.kernel.screens import Screen
from matching.kernel.vocabulary import KINDS, TYPES

ROUNDING = 1e-12  # of a chord, between two ways of computing it
FEWEST_STEPS, MOST_STEPS = 1 << 12, 1 << 18
CLOSE_ENOUGH = 2e-7  # of a nearness between two steps


def layout_of(screen: Screen) -> Layout | None:
    """Lay a population out, or return None when its numbers do not suit."""
    land = _land(screen.prepared.places)
    if land is None:
        return None
    parts = _columns(screen), _rules(screen), land, _likes(screen.prepared)
    return Layout(*parts, _exactly(screen.prepared.configuration))


def lay_again(layout: Layout, screen: Screen, position: int) -> None:
    """Write the aims of one position again, in place."""
    here = np.array([position])
    columns, facts = layout.columns, layout.rules.facts
    features = _features(screen, here, screen.receives[here])[0]
    tile = np.flatnonzero(
        (columns.facts[:, at.START] <= position)
        & (position < columns.facts[:, at.START] + columns.facts[:, at.COUNT])
    )[0]
    columns.features[position] = features
    columns.tiles[tile, :, position - columns.facts[tile, at.START]] = features
    row = screen.order[here]
    profiles, acts = screen.prepared.profiles, screen.prepared.directions[row] > 0
    facts[position, at.SURE_NEEDS] = bits(profiles.needs[row])[0]
    facts[position, at.SURE_OFFERS] = bits(profiles.offers[row])[0]
    facts[position, at.ACTS] = bits(acts)[0]
    facts[position, at.OPEN_TO] = bits(profiles.open_to[row])[0]


def _features(screen: Screen, here: Array, receives: Array) -> Array:
    """Lay out the features of some positions."""
    features = np.zeros((len(here), at.N_FEATURES), np.float32)
    # What may be offered, worth apart: a giver whose offers are loose has none.
    offers = (screen.giver[:, here, : at.N_MEANS] != 0).any(axis=0)
    features[:, at.OFFERS : at.NEEDS] = offers
    features[:, at.NEEDS : at.DOMAINS] = screen.needer[0, here, : at.N_MEANS]
    features[:, at.DOMAINS : at.OWN] = screen.domains[here]
    features[:, at.OWN : at.SURE_OFFER] = screen.needer[:, here, at.N_MEANS].T
    features[:, at.SURE_OFFER : at.KNOWS] = screen.known[here, 1:]
    features[:, at.KNOWS : at.TIGHT] = screen.knower[here]
    features[:, at.TIGHT] = screen.needer[0, here, at.N_MEANS + 1]
    own = np.where(receives, features[:, at.OWN], np.nan)
    features[:, at.OWN_AS_RECIPIENT] = own
    return features


def _columns(screen: Screen) -> Columns:
    configuration = screen.prepared.configuration
    tiles = np.array(
        [
            (start, min(at.WIDTH, last - start), kind)
            for kind, first, last in screen.segments
            for start in range(first, last, at.WIDTH)
        ],
        np.int64,
    ).reshape(-1, 3)
    start, count = tiles[:, 0, None], tiles[:, 1, None]
    place = np.arange(at.WIDTH)
    column = start + np.minimum(place, count - 1)
    features = _features(screen, np.arange(len(screen)), screen.receives)
    padded = features[column]
    closed = [*range(at.OWN, at.OWN + at.N_TYPES), at.OWN_AS_RECIPIENT]
    for feature in closed:
        padded[..., feature][place >= count] = np.nan
    gives = np.zeros(len(KINDS), bool)
    gives[screen.prepared.profiles.kind[screen.order[screen.gives]]] = True
    types = configuration.admissible << np.arange(len(TYPES))
    return Columns(
        tiles=np.ascontiguousarray(padded.transpose(0, 2, 1)),
        refs=unsigned(np.stack([screen.place, screen.companion])[:, column])
        .transpose(1, 0, 2)
        .copy(),
        facts=np.column_stack([tiles, gives[tiles[:, 2]]]),
        features=features,
        worth=configuration.worth.astype(np.float32),
        octets=_octets(configuration.worth),
        weights=configuration.weights.astype(np.float32),
        types=types.sum(axis=2).astype(np.int64),
    )


def _octets(worth: Array) -> Array:
    sets = np.arange(256)[:, None] >> np.arange(8) & 1
    table = [
        np.column_stack([sets @ worth[at : at + 8], sets.sum(axis=1)])
        for at in range(0, len(worth), 8)
    ]
    return np.stack(table).astype(np.float32)


def _exactly(configuration: Configuration) -> Exactly:
    eights = np.unpackbits(OCTETS, axis=1)  # the highest bit first, here the lowest
    same = np.packbits(eights[:, ::-1], axis=1)[:, 0]
    tables = [table[same] for table in worth_of_octets(configuration.worth)]
    weights = configuration.weights.astype(np.float64)
    return Exactly(np.stack(tables), weights, float(weights.sum()))


def _rules(screen: Screen) -> Rules:
    prepared = screen.prepared
    needs = _entries(screen, prepared.need_entries, 0)
    offers = _entries(screen, prepared.offer_entries, len(needs[1]))
    return Rules(
        facts=_facts(screen, needs[0], offers[0]),
        entries=np.concatenate([needs[1], offers[1]]),
        area_meets=prepared.area_meets,
        refuses=prepared.refuses,
        absent=prepared.absent,
        linked=prepared.linked,
        position=screen.position,
    )


def _entries(screen: Screen, entries: Entries, first: int) -> tuple[Array, Array]:
    """Return where the entries of every position start, and the entries in that order."""
    _, entry = expand(entries.rows, screen.order)
    area = entries.area[entry]
    columns = (entries.means[entry], area, screen.prepared.area_perimeter[area])
    offsets = first + offsets_of(entries.rows.lengths[screen.order])
    return offsets, np.column_stack(columns).astype(np.int64)


def _facts(screen: Screen, needs: Array, offers: Array) -> Array:
    prepared, order = screen.prepared, screen.order
    profiles = prepared.profiles
    facts = np.zeros((len(screen), at.N_FACTS), np.int64)
    facts[:, at.KIND] = profiles.kind[order]
    facts[:, at.PLACE] = screen.place
    facts[:, at.COMPANION] = screen.companion
    facts[:, at.ROW] = order
    facts[:, at.PERIMETER] = profiles.perimeter[order]
    facts[:, at.SURE_NEEDS] = bits(profiles.needs[order])
    facts[:, at.SURE_OFFERS] = bits(profiles.offers[order])
    facts[:, at.ACTS] = bits(prepared.directions[order] > 0)
    facts[:, at.IS_BOUND] = screen.is_bound
    facts[:, at.EXCLUDED_KINDS] = bits(profiles.excluded_kinds[order])
    facts[:, at.EXCLUDED_SET] = profiles.excluded_sector_set[order]
    facts[:, at.SECTOR_SET] = profiles.sector_set[order]
    facts[:, at.RECEIVES] = screen.receives
    facts[:, at.GIVES] = screen.gives
    facts[:, at.OPEN_TO] = bits(profiles.open_to[order])
    for keys, start in (
        (prepared.absent, at.ABSENT_START),
        (prepared.linked, at.LINK_START),
    ):
        facts[:, start] = np.searchsorted(keys, order * len(order))
        facts[:, start + 1] = np.searchsorted(keys, (order + 1) * len(order))
    facts[:, at.NEED_START], facts[:, at.NEED_STOP] = needs[:-1], needs[1:]
    facts[:, at.OFFER_START], facts[:, at.OFFER_STOP] = offers[:-1], offers[1:]
    return facts


def bits(flags: Array) -> Array:
    """Gather flags of rows as whole numbers.

    Examples
    --------
    >>> import numpy as np
    >>> bits(np.array([[True, False, True]])).tolist()
    [5]
    """
    return (flags.astype(np.int64) << np.arange(flags.shape[1])).sum(axis=1)


def _land(places: Places) -> Land | None:
    areas = places.areas
    spots, spot = np.unique(places.points, axis=0, return_inverse=True)
    spot = spot.reshape(-1).astype(np.int64)
    nearness = _nearness(places)
    if nearness is None:
        return None
    count = np.diff(places.point_offsets)
    first = np.full(len(places), len(spots))
    first[count > 0] = spot[places.point_offsets[:-1][count > 0]]
    owner = np.repeat(np.arange(len(places)), count)
    is_more = np.arange(len(spot)) > places.point_offsets[:-1][owner]
    unknown = len(areas.population)
    return Land(
        atoms=areas.atoms.members,
        atom_offsets=areas.atoms.offsets,
        holders=areas.atoms.inverse.members,
        holder_offsets=areas.atoms.inverse.offsets,
        atom_weight=areas.weights,
        population=areas.population,
        everywhere=int(areas.everywhere),
        perimeter=unsigned(np.where(places.perimeter < 0, unknown, places.perimeter)),
        spot=unsigned(first),
        more=np.column_stack([owner[is_more], spot[is_more]]),
        offsets=places.point_offsets,
        spots_of=spot,
        spots=np.ascontiguousarray(spots.T),
        coarse=np.ascontiguousarray(spots.T, dtype=np.float32),
        nearness=nearness[0],
        reach=nearness[1],
    )


def _nearness(places: Places) -> tuple[Array, Array] | None:
    """Tabulate nearness by chord, finely enough for a straight line between steps."""
    angle = places.ceiling_km / EARTH_RADIUS_KM
    ceiling = 2 * np.sin(angle / 2) if angle < np.pi else 2.0 + 2 * ROUNDING
    steps = FEWEST_STEPS
    while steps <= MOST_STEPS:
        step = ceiling / steps
        table = _decayed(places, np.arange(steps + 3) * step)
        between = _decayed(places, (np.arange(steps) + 0.5) * step)
        straight = (table[:steps] + table[1 : steps + 1]) / 2
        if np.abs(straight - between).max() <= CLOSE_ENOUGH:
            return table, np.array([ceiling, ROUNDING, step])
        steps *= 4
    return None


def _decayed(places: Places, chord: Array) -> Array:
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chord / 2))
    return places.factor * np.exp2(-km / places.half_distance_km)


def _likes(prepared: Prepared) -> Likes:
    companions = prepared.companions
    values = companions.values
    return Likes(
        size=companions.size,
        size_at=unsigned(companions.size + 1),
        value_set=unsigned(companions.value_set),
        length=values.lengths.astype(np.float32),
        tags=values.members,
        tag_offsets=values.offsets,
        holders=values.inverse.members,
        holder_offsets=values.inverse.offsets,
    )
