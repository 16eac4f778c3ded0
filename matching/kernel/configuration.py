"""The versioned configuration of the score, checked when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.kernel.defaults import DEFAULT_MAPPING
from matching.kernel.vocabulary import (
    COMPONENTS,
    FUNCTIONS,
    KINDS,
    MEANS,
    ORIGINS,
    QUADRANTS,
    TYPES,
)

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

BEST_FIT = 3
LARGEST = 1e12  # anything beyond is a mistake; also refuses NaN and infinities
SHARES = ("territory.distance_factor", "coalition.group_share")
POSITIVE = (
    "territory.half_distance_km",
    "territory.ceiling_km",
    "naming.economic_exponent",
    "naming.other_exponent",
    "warning.asymmetry_ratio",
    "warning.dependence_weight",
    "warning.positioning_weight",
    "list.kept",
    "list.shown",
    "coalition.candidates",
    "coalition.nodes",
    "coalition.shown",
)
WHOLE = (
    "list.kept",
    "list.shown",
    "naming.entry_door_maturity",
    "coalition.smallest",
    "coalition.largest",
    "coalition.candidates",
    "coalition.nodes",
    "coalition.shown",
    "coalition.shared",
)
# Came after the first versions that were stored: those read with the published ones.
LATER = "coalition."
FEWEST_SEATS = 2


@dataclass(frozen=True)
class Setting:
    """One number or table, with where it comes from.

    Attributes
    ----------
    value : Any
        What the score uses: a number, a list or a table of plain Python values.
    origin : str
        ``STATED``, ``PUBLIC``, ``INFERENCE``, ``DERIVED`` or ``DESIGN``.
    source : str
        Document and section, never empty.
    """

    value: Any
    origin: str
    source: str


@dataclass(frozen=True)
class Configuration:
    """Every number the score depends on; immutable, checked, one version.

    Attributes
    ----------
    version : str
        Name under which results are stored.
    settings : Mapping[str, Setting]
        Settings by dotted name; the names are those of the default configuration.

    Examples
    --------
    >>> configuration = default_configuration()
    >>> configuration.weights
    array([0.25, 0.3 , 0.25, 0.15, 0.05])
    >>> configuration.settings["weight.needs"].origin
    'DESIGN'
    >>> Configuration.from_mapping(configuration.to_mapping()) == configuration
    True
    """

    version: str
    settings: Mapping[str, Setting]

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Read plain values, for instance from JSON.

        Parameters
        ----------
        mapping : Mapping[str, Any]
            ``{"version": ..., "settings": {name: {"value", "origin", "source"}}}``.

        Returns
        -------
        Configuration
            The checked configuration; ``to_mapping`` gives the same values back.

        Raises
        ------
        ValueError
            If a setting is missing, unknown, without origin, or out of range.
        """
        version, entries = mapping.get("version"), mapping.get("settings")
        if not isinstance(version, str) or not version.strip():
            raise ValueError("configuration: 'version' must be a non-empty text")
        if not isinstance(entries, Mapping):
            raise ValueError("configuration: 'settings' must be a table")
        entries = _completed(entries)
        _check_names(entries)
        settings = {name: _read_setting(name, entries[name]) for name in entries}
        for name, setting in settings.items():
            _check_value(name, setting.value)
        configuration = cls(version, settings)
        if not configuration.weights.sum() > 0:
            raise ValueError("weight.*: at least one weight must be positive")
        _check_seats(configuration)
        return configuration

    def to_mapping(self) -> dict[str, Any]:
        """Return plain values that ``from_mapping`` reads back identically."""
        return {
            "version": self.version,
            "settings": {
                name: {
                    "value": _copy(setting.value),
                    "origin": setting.origin,
                    "source": setting.source,
                }
                for name, setting in self.settings.items()
            },
        }

    def number(self, name: str) -> float:
        """Return the numeric setting ``name``."""
        return float(self.settings[name].value)

    @cached_property
    def weights(self) -> Floats:
        """Weights of the components, shape (5,), in the order of ``COMPONENTS``."""
        return np.array([self.number(f"weight.{name}") for name in COMPONENTS])

    @cached_property
    def fit(self) -> Floats:
        """Fit of quadrants with types, shape (7 kinds, 4 quadrants, 4 types), 0 to 1."""
        return np.array(
            [
                [
                    [self.settings[f"fit.{kind}"].value[q][t] for t in TYPES]
                    for q in QUADRANTS
                ]
                for kind in KINDS
            ],
            dtype=float,
        ) / float(BEST_FIT)

    @cached_property
    def worth(self) -> Floats:
        """Worth of the means for the types, shape (24 means, 4 types), 0 to 1."""
        table = self.settings["means_worth"].value
        return np.array([[table[m][t] for t in TYPES] for m in MEANS], dtype=float)

    @cached_property
    def admissible(self) -> Booleans:
        """Types that two kinds may be proposed for, shape (7, 7, 4), symmetric."""
        allowed = np.zeros((len(KINDS), len(KINDS), len(TYPES)), dtype=bool)
        for one, other, types in self.settings["admissible"].value:
            columns = [TYPES.index(name) for name in types]
            allowed[KINDS.index(one), KINDS.index(other), columns] = True
            allowed[KINDS.index(other), KINDS.index(one), columns] = True
        return allowed


def default_configuration() -> Configuration:
    """Return the published configuration, with the origin of every number.

    Returns
    -------
    Configuration
        The version that ``docs/matching.md`` explains.

    Examples
    --------
    >>> default_configuration().number("territory.half_distance_km")
    25.0
    """
    return Configuration.from_mapping(DEFAULT_MAPPING)


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(content) for key, content in value.items()}
    if isinstance(value, list | tuple):
        return [_copy(content) for content in value]
    return value


def _completed(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Add what did not exist when the configuration was stored."""
    published = DEFAULT_MAPPING["settings"]
    later = {name: published[name] for name in published if name.startswith(LATER)}
    return {**later, **entries}


def _check_seats(configuration: Configuration) -> None:
    fewest, most = (
        configuration.number(f"coalition.{name}") for name in ("smallest", "largest")
    )
    if not FEWEST_SEATS <= fewest <= most <= len(MEANS):
        raise ValueError("coalition.smallest: from 2 to coalition.largest, 24 at most")


def _check_names(entries: Mapping[str, Any]) -> None:
    expected = set(DEFAULT_MAPPING["settings"])
    if missing := sorted(expected - set(entries)):
        raise ValueError(f"configuration: missing settings: {', '.join(missing)}")
    if unknown := sorted(map(str, set(entries) - expected)):
        raise ValueError(f"configuration: unknown settings: {', '.join(unknown)}")


def _read_setting(name: str, entry: Any) -> Setting:
    if not isinstance(entry, Mapping) or set(entry) != {"value", "origin", "source"}:
        raise ValueError(f"{name}: needs exactly 'value', 'origin' and 'source'")
    if entry["origin"] not in ORIGINS:
        raise ValueError(
            f"{name}: origin {entry['origin']!r} is not one of {', '.join(ORIGINS)}"
        )
    if not isinstance(entry["source"], str) or not entry["source"].strip():
        raise ValueError(f"{name}: the source must say a document and a section")
    return Setting(_copy(entry["value"]), entry["origin"], entry["source"])


def _check_value(name: str, value: Any) -> None:
    if name.startswith("fit."):
        _check_table(name, value, rows=QUADRANTS, best=BEST_FIT)
    elif name == "means_worth":
        _check_table(name, value, rows=MEANS, best=1)
    elif name == "admissible":
        _check_admissible(value)
    elif name == "coalition.functions":
        _check_functions(value)
    elif name == "warning.tension_sectors":
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ValueError(f"{name}: must be a list of texts")
    else:
        _check_number(name, value)


def _check_number(name: str, value: Any) -> None:
    if not _is_number(value) or value < 0:
        raise ValueError(f"{name}: must be a non-negative number, got {value!r}")
    if name in POSITIVE and value == 0:
        raise ValueError(f"{name}: must be positive")
    if name in SHARES and value > 1:
        raise ValueError(f"{name}: must be at most 1, got {value!r}")
    if name in WHOLE and value != int(value):
        raise ValueError(f"{name}: must be a whole number, got {value!r}")


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) <= LARGEST


def _check_table(name: str, value: Any, *, rows: tuple[str, ...], best: int) -> None:
    if not isinstance(value, Mapping) or set(value) != set(rows):
        raise ValueError(f"{name}: needs exactly the rows {', '.join(rows)}")
    for row, cells in value.items():
        if not isinstance(cells, Mapping) or set(cells) != set(TYPES):
            raise ValueError(
                f"{name}.{row}: needs exactly the types {', '.join(TYPES)}"
            )
        for code, cell in cells.items():
            if not _is_number(cell) or not 0 <= cell <= best:
                raise ValueError(f"{name}.{row}.{code}: must be from 0 to {best}")


def _check_admissible(value: Any) -> None:
    if not isinstance(value, list):
        raise ValueError("admissible: must be a list of [kind, kind, [types]]")
    seen: set[frozenset[str]] = set()
    for row in value:
        if not _is_admissible_row(row):
            raise ValueError(f"admissible: {row!r} is not [kind, kind, [types]]")
        one, other, _ = row
        if frozenset((one, other)) in seen:
            raise ValueError(f"admissible: {one} and {other} are given twice")
        seen.add(frozenset((one, other)))


def _is_admissible_row(row: Any) -> bool:
    match row:
        case [str(one), str(other), list(types)]:
            known = one in KINDS and other in KINDS
            return known and all(code in TYPES for code in types)
    return False


def _check_functions(value: Any) -> None:
    if not isinstance(value, list) or not all(map(_is_function_row, value)):
        raise ValueError(
            "coalition.functions: must be a list of [function, kind, means or None]"
        )


def _is_function_row(row: Any) -> bool:
    match row:
        case [str(function), str(kind), str() | None as means]:
            is_known = function in FUNCTIONS and kind in KINDS
            return is_known and (means is None or means in MEANS)
    return False
