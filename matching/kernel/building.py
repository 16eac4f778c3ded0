"""From plain records to the columns of :class:`Profiles`."""

from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.kernel.families import Family, Integers, family_of, offsets_of
from matching.kernel.intentions import Intention, Territories
from matching.kernel.profiles import Profiles
from matching.kernel.vocabulary import (
    DOMAINS,
    EVERYWHERE,
    KINDS,
    MEANS,
    MODELS,
    PHASES,
    QUADRANTS,
    SIZES,
    TYPES,
    UNKNOWN,
)


def build_profiles(
    intentions: Sequence[Intention], territories: Territories
) -> Profiles:
    """Lay records out as columns.

    Parameters
    ----------
    intentions : sequence of Intention
        Row order is kept: give them by increasing primary key when ``low`` and ``high``
        of the results must follow it.
    territories : Territories
        The areas that the records name.

    Returns
    -------
    Profiles
        Checked, read-only columns.

    Raises
    ------
    ValueError
        If a code, an area or a value is not valid; the message names the intention, the
        field and the value.

    Examples
    --------
    >>> import numpy as np
    >>> territories = Territories(np.array([900.0]), {"COM-13055": np.array([0])})
    >>> intention = Intention(
    ...     public_id="a", organisation="o", kind="company", perimeter=("COM-13055",)
    ... )
    >>> len(build_profiles([intention], territories))
    1
    """
    perimeters = _Perimeters(territories)
    organisations = _Numbers()
    for intention in intentions:
        organisations.of(intention.organisation)
    need_entries = _entries(intentions, "needs", perimeters)
    offer_entries = _entries(intentions, "offers", perimeters)
    perimeter = np.array([_perimeter(i, perimeters) for i in intentions], np.int64)
    tags, values, sectors, excluded = _Numbers(), _Sets(), _Sets(), _Sets()
    return Profiles(
        public_ids=tuple(i.public_id for i in intentions),
        organisation=_integers(organisations.of(i.organisation) for i in intentions),
        kind=_codes(intentions, "kind", KINDS),
        square=_squares(intentions),
        needs=_everywhere(intentions, "needs"),
        offers=_everywhere(intentions, "offers"),
        need_entries=need_entries,
        offer_entries=offer_entries,
        domains=_domains(intentions),
        perimeter=perimeter,
        perimeters=perimeters.family(),
        everywhere=perimeters.everywhere,
        population=_population(territories),
        points_deg=_points(intentions),
        point_offsets=offsets_of(_integers(len(i.points) for i in intentions)),
        size=_codes(intentions, "size", SIZES),
        staff=np.array([_number(i.staff) for i in intentions], float),
        value_set=_integers(values.of(map(tags.of, i.values)) for i in intentions),
        values=values.family(),
        sector_set=_integers(sectors.of(map(tags.of, i.sectors)) for i in intentions),
        sectors=sectors.family(),
        excluded_sector_set=_integers(
            excluded.of(map(tags.of, i.excluded_sectors)) for i in intentions
        ),
        excluded_sectors=excluded.family(),
        tags=tuple(tags.keys()),
        open_to=_flags(intentions, _open_to, TYPES),
        general_interest=_integers(
            UNKNOWN if i.general_interest is None else int(i.general_interest)
            for i in intentions
        ),
        model=_codes(intentions, "model", MODELS),
        maturity=_integers(
            UNKNOWN if i.maturity is None else i.maturity for i in intentions
        ),
        phase=_codes(intentions, "phase", PHASES),
        excluded_kinds=_flags(intentions, lambda i: i.excluded_kinds, KINDS),
        exclusions=_known_pairs(
            intentions, lambda i: i.excluded_organisations, organisations
        ),
        links=_known_pairs(intentions, lambda i: i.links, organisations),
        solicitations=_integers(i.solicitations for i in intentions),
    )


class _Numbers:
    """Numbers given to keys in the order they are met."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def of(self, key: str) -> int:
        return self._number.setdefault(key, len(self._number))

    def known(self, key: str) -> int | None:
        return self._number.get(key)

    def keys(self) -> Iterable[str]:
        return self._number


class _Sets:
    """Distinct sets of numbers, numbered in the order they are met."""

    def __init__(self) -> None:
        self._number: dict[Hashable, int] = {(): 0}

    def of(self, members: Iterable[int]) -> int:
        return self._number.setdefault(tuple(sorted(members)), len(self._number))

    def family(self) -> Family:
        return family_of(self._number)  # type: ignore[arg-type]


class _Perimeters:
    """Distinct unions of areas, as sets of communes."""

    def __init__(self, territories: Territories) -> None:
        self._territories = territories
        self._by_names: dict[tuple[str, ...], int] = {}
        self._by_content: dict[bytes, int] = {}
        self._sets: list[Integers] = []
        self.everywhere = UNKNOWN

    def of(self, names: tuple[str, ...], who: str) -> int:
        if names not in self._by_names:
            self._by_names[names] = self._number(names, who)
        return self._by_names[names]

    def family(self) -> Family:
        return family_of(self._sets)

    def _number(self, names: tuple[str, ...], who: str) -> int:
        if EVERYWHERE in names:
            if self.everywhere == UNKNOWN:
                self.everywhere = self._add(np.empty(0, np.int64))
            return self.everywhere
        communes = np.unique(np.concatenate([self._area(n, who) for n in names]))
        key = communes.tobytes()
        if key not in self._by_content:
            self._by_content[key] = self._add(communes)
        return self._by_content[key]

    def _add(self, communes: Integers) -> int:
        self._sets.append(communes)
        return len(self._sets) - 1

    def _area(self, name: str, who: str) -> Integers:
        if name not in self._territories.areas:
            raise ValueError(f"intention {who}: unknown area {name!r}")
        communes = np.asarray(self._territories.areas[name], np.int64)
        if not len(communes):
            raise ValueError(f"intention {who}: area {name!r} has no commune")
        if communes.min() < 0 or communes.max() >= len(self._territories.population):
            raise ValueError(f"intention {who}: area {name!r} names unknown communes")
        return communes


def _perimeter(intention: Intention, perimeters: _Perimeters) -> int:
    if not intention.perimeter:
        return UNKNOWN
    return perimeters.of(intention.perimeter, intention.public_id)


def _integers(values: Iterable[int]) -> Integers:
    return np.fromiter(values, np.int64)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _population(territories: Territories) -> NDArray[np.float64]:
    population = np.asarray(territories.population, float)
    return np.where(np.isnan(population) | (population == 0), 1.0, population)


def _code(intention: Intention, name: str, codes: tuple[str, ...]) -> int:
    value = getattr(intention, name)
    if value is None and name != "kind":
        return UNKNOWN
    return _position(intention, name, value, codes)


def _position(
    intention: Intention, name: str, value: str, codes: tuple[str, ...]
) -> int:
    if value not in codes:
        raise ValueError(
            f"intention {intention.public_id}: {name} {value!r} is not one of "
            f"{', '.join(codes)}"
        )
    return codes.index(value)


def _codes(
    intentions: Sequence[Intention], name: str, codes: tuple[str, ...]
) -> Integers:
    return _integers(_code(intention, name, codes) for intention in intentions)


def _squares(intentions: Sequence[Intention]) -> NDArray[np.float64]:
    unknown = (np.nan,) * len(QUADRANTS)
    for intention in intentions:
        if intention.square is not None and len(intention.square) != len(QUADRANTS):
            raise ValueError(f"intention {intention.public_id}: square needs 4 weights")
    rows = [unknown if i.square is None else i.square for i in intentions]
    return np.array(rows, float).reshape(-1, len(QUADRANTS))


def _everywhere(intentions: Sequence[Intention], name: str) -> NDArray[np.bool_]:
    table = np.zeros((len(intentions), len(MEANS)), bool)
    for row, intention in enumerate(intentions):
        for means, area in getattr(intention, name):
            if area is None:
                table[row, _position(intention, name, means, MEANS)] = True
    return table


def _entries(
    intentions: Sequence[Intention], name: str, perimeters: _Perimeters
) -> Integers:
    found = [
        (
            row,
            _position(intention, name, means, MEANS),
            perimeters.of((area,), intention.public_id),
        )
        for row, intention in enumerate(intentions)
        for means, area in getattr(intention, name)
        if area is not None
    ]
    return np.array(found, np.int64).reshape(-1, 3)


def _domains(intentions: Sequence[Intention]) -> NDArray[np.float64]:
    table = np.zeros((len(intentions), len(DOMAINS)))
    for row, intention in enumerate(intentions):
        for code, weight in intention.domains.items():
            table[row, _position(intention, "domains", code, DOMAINS)] = weight
    return table


def _points(intentions: Sequence[Intention]) -> NDArray[np.float64]:
    points = [point for intention in intentions for point in intention.points]
    return np.array(points, float).reshape(-1, 2)


def _open_to(intention: Intention) -> Iterable[str]:
    return TYPES if intention.open_to is None else intention.open_to


def _flags(
    intentions: Sequence[Intention],
    chosen: Callable[[Intention], Iterable[str]],
    codes: tuple[str, ...],
) -> NDArray[np.bool_]:
    table = np.zeros((len(intentions), len(codes)), bool)
    for row, intention in enumerate(intentions):
        for code in chosen(intention):
            table[row, _position(intention, "code", code, codes)] = True
    return table


def _known_pairs(
    intentions: Sequence[Intention],
    chosen: Callable[[Intention], Iterable[str]],
    organisations: _Numbers,
) -> Integers:
    """Pairs (row, organisation); organisations that have no intention do not matter."""
    pairs = [
        (row, number)
        for row, intention in enumerate(intentions)
        for key in sorted(chosen(intention))
        if (number := organisations.known(key)) is not None
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)
