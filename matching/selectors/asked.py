"""What a reader asks of a list: narrowed, and perhaps weighed otherwise."""

from dataclasses import dataclass

from alliances.models import Intention
from territories.models import Territory


@dataclass(frozen=True)
class Zone:
    """Where partners act: a territory, or what lies around its centre."""

    territory: Territory
    radius_km: int | None = None


@dataclass(frozen=True)
class Trial:
    """Weights that somebody tries, in the order of the components.

    ``typed``: as in the address, from 0 to 100. ``weights``: those to compute with; one
    that was not moved is the platform's to the last decimal.
    """

    typed: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; empty for everything."""

    type_code: str = ""
    zone: Zone | None = None
    kinds: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    project: Intention | None = None
    trial: Trial | None = None
