"""The public log of the weights: every version, why, and what it changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matching.models import COMPONENTS, Configuration
from matching.selectors.sides import weights_of

Settings = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Weight:
    """The weight of a component, in hundredths, and what it was before."""

    component: str
    pct: float
    former_pct: float | None

    @property
    def is_changed(self) -> bool:
        return self.former_pct is not None and self.former_pct != self.pct


@dataclass(frozen=True)
class Version:
    """One version, next to the one before.

    ``others``: names of the other settings that it changed.
    """

    name: str
    created_at: datetime
    reason: str
    is_active: bool
    weights: list[Weight]
    others: list[str]


def current_weights() -> dict[str, float]:
    """Return the weights in use by component, in hundredths."""
    from matching import kernel  # noqa: PLC0415 - NumPy only when it is needed

    row = Configuration.objects.filter(is_active=True).first()
    content = row.content if row else kernel.default_configuration().to_mapping()
    return {name: _pct(content["settings"], name) for name in COMPONENTS}


def weights_in_use() -> tuple[float, ...]:
    """Return the weights in use, exactly, in the order of the components."""
    row = Configuration.objects.filter(is_active=True).only("pk").first()
    if row is not None:
        return weights_of(row.pk)
    from matching import kernel  # noqa: PLC0415 - NumPy only when it is needed

    return tuple(kernel.default_configuration().weights.tolist())


def versions(rows: Iterable[Configuration]) -> list[Version]:
    """Return the versions, the latest first.

    Parameters
    ----------
    rows
        Those that may be read, by increasing key.
    """
    found: list[Version] = []
    former: Settings | None = None
    for row in rows:
        settings: Settings = row.content["settings"]
        found.append(
            Version(
                name=row.version,
                created_at=row.created_at,
                reason=row.reason,
                is_active=row.is_active,
                weights=[_weight(name, settings, former) for name in COMPONENTS],
                others=_changed(settings, former),
            )
        )
        former = settings
    return found[::-1]


def _weight(component: str, settings: Settings, former: Settings | None) -> Weight:
    before = None if former is None else _pct(former, component)
    return Weight(component, _pct(settings, component), before)


def _pct(settings: Settings, component: str) -> float:
    return round(100 * float(settings[f"weight.{component}"]["value"]), 1)


def _changed(settings: Settings, former: Settings | None) -> list[str]:
    """Name what is not a weight and differs, or is new or gone."""
    if former is None:
        return []
    return sorted(
        name
        for name in settings.keys() | former.keys()
        if not name.startswith("weight.")
        and (settings.get(name, {}).get("value") != former.get(name, {}).get("value"))
    )
