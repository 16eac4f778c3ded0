"""What one step of the guided form holds, as plain values.

Pure: no Django, no clock, no I/O. A part is read, shown in a form, compared with what
is stored, saved, and kept for an undo; places and organisations are primary keys.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the organisation is."""

    name: str
    kind: str
    sub_kind: str = ""
    economic_model: str = ""
    summary: str = ""
    website: str = ""
    siren: str = ""
    siret: str = ""
    rna: str = ""
    staff: int | None = None
    size: str = ""
    sectors: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Identity":
        return cls(**stored | {"sectors": tuple(stored["sectors"])})


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """An establishment besides the seat."""

    commune: int
    name: str = ""
    siret: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the organisation is and acts."""

    seat: int | None = None
    perimeter: tuple[int, ...] = ()
    sites: tuple[Site, ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Places":
        sites = tuple(Site(**site) for site in stored["sites"])
        return cls(stored["seat"], tuple(stored["perimeter"]), sites)


@dataclass(frozen=True, slots=True)
class Domains:
    """Pairs of a domain and its weight (1 to 10), in the order of the list."""

    weights: tuple[tuple[str, int], ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Domains":
        return cls(tuple((domain, weight) for domain, weight in stored["weights"]))


@dataclass(frozen=True, slots=True)
class Square:
    """The four weights HR, STK, ECO, INN; None while not filled in."""

    weights: tuple[int, int, int, int] | None = None

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Square":
        weights = stored["weights"]
        return cls(None if weights is None else tuple(weights))


@dataclass(frozen=True, slots=True)
class Line:
    """One means sought or offered; ``quantity`` is a decimal text, "" if unknown."""

    means: str
    territory: int | None = None
    note: str = ""
    quantity: str = ""
    unit: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What the database keeps unique."""
        return self.means, self.territory or 0


@dataclass(frozen=True, slots=True)
class Means:
    """What is sought and what is brought."""

    needs: tuple[Line, ...] = ()
    offers: tuple[Line, ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Means":
        return cls(
            tuple(Line(**line) for line in stored["needs"]),
            tuple(Line(**line) for line in stored["offers"]),
        )


@dataclass(frozen=True, slots=True)
class Openness:
    """Which partnerships the organisation is open to."""

    types: tuple[str, ...] = ()
    phase: str = ""
    maturity: int | None = None
    general_interest: bool | None = None
    values: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Openness":
        tags = {name: tuple(stored[name]) for name in ("types", "values")}
        return cls(**stored | tags)


@dataclass(frozen=True, slots=True)
class Refusals:
    """Whom the organisation excludes; ``is_answered`` tells nobody from not asked."""

    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()
    is_answered: bool = False

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Refusals":
        names = ("kinds", "sectors", "organisations")
        return cls(**stored | {name: tuple(stored[name]) for name in names})


@dataclass(frozen=True, slots=True)
class Visibility:
    """What is hidden, and whether partners are looked for now."""

    hidden_parts: tuple[str, ...] = ()
    state: str = "open"
    paused_until: str = ""
    solicitation_budget: int = 4

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Visibility":
        return cls(**stored | {"hidden_parts": tuple(stored["hidden_parts"])})


@dataclass(frozen=True, slots=True)
class Naming:
    """What a project is called."""

    title: str = ""

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Naming":
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a project takes place."""

    perimeter: tuple[int, ...] = ()

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Reach":
        return cls(tuple(stored["perimeter"]))


@dataclass(frozen=True, slots=True)
class Terms:
    """Which partnerships a project is open to, and where it stands."""

    types: tuple[str, ...] = ()
    phase: str = ""

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Terms":
        return cls(tuple(stored["types"]), stored["phase"])


# What describes an organisation, then what describes one of its projects.
OwnPart = Identity | Places | Openness | Refusals | Visibility
ProjectPart = Naming | Reach | Domains | Square | Means | Terms
Part = OwnPart | ProjectPart
P = TypeVar("P", bound=Part)


def as_json(part: Part) -> dict[str, Any]:
    """Return the part as values that JSON can hold."""
    return dict(json.loads(json.dumps(asdict(part))))


def fingerprint(part: Part) -> str:
    """Return a short text that differs when two parts differ.

    A form carries the fingerprint of what it was filled from: on saving, another
    fingerprint in the database means that somebody else saved in between.

    Examples
    --------
    >>> fingerprint(Square((25, 25, 25, 25))) == fingerprint(Square((25, 25, 25, 25)))
    True
    >>> fingerprint(Square()) == fingerprint(Square((25, 25, 25, 25)))
    False
    """
    text = json.dumps([type(part).__name__, asdict(part)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]
