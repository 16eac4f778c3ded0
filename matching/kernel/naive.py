"""The definition in plain Python, one pair at a time: the oracle of the fast path.

It reads the same records and the same configuration, and shares no computation with the
arrays: what ``docs/matching.md`` says, written as it reads. Slow on purpose.
"""

import math
from dataclasses import dataclass

from matching.kernel.configuration import Configuration
from matching.kernel.intentions import Intention, Territories
from matching.kernel.vocabulary import (
    COMPONENTS,
    DOMAINS,
    EVERYWHERE,
    QUADRANTS,
    SIZES,
    TYPES,
)

Communes = frozenset[int] | None
"""A set of communes; ``None`` stands for every commune."""


@dataclass(frozen=True)
class NaivePair:
    """What the plain computation says of a pair.

    Attributes
    ----------
    components : dict
        ``(side, type) -> {component: value or None}``, side 0 or 1.
    side_scores : dict
        ``(side, type) -> score``.
    scores : dict
        ``type -> pair score``, admissible types only.
    confidence : float
        Of the pair.
    named_type : str or None
        After the rules of phase and entry door.
    best_type : str or None
        The admissible type of highest score.
    """

    components: dict[tuple[int, str], dict[str, float | None]]
    side_scores: dict[tuple[int, str], float]
    scores: dict[str, float]
    confidence: float
    named_type: str | None
    best_type: str | None


class NaiveMatcher:
    """Compares intentions one pair at a time.

    Parameters
    ----------
    territories : Territories
        The areas that the intentions name.
    configuration : Configuration
        Weights, tables and thresholds.
    priority : dict, optional
        Priority of the domains in the shared territory; 1 by default.
    """

    def __init__(
        self,
        territories: Territories,
        configuration: Configuration,
        priority: dict[str, float] | None = None,
    ) -> None:
        self.configuration = configuration
        self.priority = priority or dict.fromkeys(DOMAINS, 1.0)
        self.population = [
            1.0 if math.isnan(p) or p == 0 else p
            for p in territories.population.tolist()
        ]
        self._table = {
            frozenset((one, other)): types
            for one, other, types in configuration.settings["admissible"].value
        }
        self._weight: dict[frozenset[int], float] = {}
        self._all_weights = sum(configuration.number(f"weight.{n}") for n in COMPONENTS)
        self._union: dict[tuple[str, ...], Communes] = {}
        self.areas = {
            name: frozenset(communes.tolist())
            for name, communes in territories.areas.items()
        }

    def communes(self, names: tuple[str, ...]) -> Communes:
        """Return the communes of a union of areas."""
        if EVERYWHERE in names:
            return None
        if names not in self._union:
            parts = (self.areas[name] for name in names)
            self._union[names] = frozenset().union(*parts)
        return self._union[names]

    def pair(self, one: Intention, other: Intention) -> NaivePair:
        """Compute everything of a pair."""
        covered = self._covered(one, other), self._covered(other, one)
        components = self._components(one, other, covered)
        known = {key: self._known(values) for key, values in components.items()}
        side_scores = {
            key: self._mean(values, known[key]) for key, values in components.items()
        }
        allowed = self._allowed(one, other, any(covered))
        scores = {t: math.sqrt(side_scores[0, t] * side_scores[1, t]) for t in allowed}
        naming = {t: self._naming(one, other, side_scores, t) for t in allowed}
        return NaivePair(
            components=components,
            side_scores=side_scores,
            scores=scores,
            confidence=min(known[0, TYPES[0]], known[1, TYPES[0]]) / self._all_weights,
            named_type=self._named(one, other, naming),
            best_type=_best(scores),
        )

    def _components(
        self, one: Intention, other: Intention, covered: tuple[set[str], set[str]]
    ) -> dict[tuple[int, str], dict[str, float | None]]:
        shared = {
            "domains": self._domains(one, other),
            "territory": self._territory(one, other),
            "proximity": _proximity(one, other),
        }
        components = {}
        for side, (a, b) in enumerate(((one, other), (other, one))):
            needs = {means for means, area in a.needs if self._holds(area, b)}
            offers = {means for means, area in b.offers if self._holds(area, a)}
            for t in TYPES:
                components[side, t] = {
                    "objectives": self._objectives(a, t),
                    "needs": self._needs(needs, offers, covered[side], t),
                    **shared,
                }
        return components

    def _allowed(self, a: Intention, b: Intention, covered: bool) -> list[str]:
        """Apply the hard rules."""
        common = any(
            a.domains.get(d, 0) > 0 and b.domains.get(d, 0) > 0 for d in DOMAINS
        )
        refused = a.organisation == b.organisation or _refuses(a, b) or _refuses(b, a)
        if refused or not (common or covered):
            return []
        return [
            t
            for t in TYPES
            if self._kinds_allow(a, b, t)
            and all(side.open_to is None or t in side.open_to for side in (a, b))
            and (t != "patronage" or _may_receive(a, b) or _may_receive(b, a))
        ]

    def _kinds_allow(self, a: Intention, b: Intention, t: str) -> bool:
        return t in self._table.get(frozenset((a.kind, b.kind)), ())

    def _objectives(self, a: Intention, t: str) -> float | None:
        if a.square is None:
            return None
        fit = self.configuration.settings[f"fit.{a.kind}"].value
        parts = [
            weight * float(fit[quadrant][t]) / 3
            for quadrant, weight in zip(QUADRANTS, a.square, strict=True)
        ]
        return sum(parts) / 100

    def _holds(self, area: str | None, partner: Intention) -> bool:
        if area is None:
            return True
        if not partner.perimeter:
            return False
        return self._meet(self.communes((area,)), self.communes(partner.perimeter))

    def _meet(self, one: Communes, other: Communes) -> bool:
        return one is None or other is None or not one.isdisjoint(other)

    def _covered(self, a: Intention, b: Intention) -> set[str]:
        return {
            means
            for means, area in a.needs
            for offered, where in b.offers
            if means == offered
            and self._holds(area, b)
            and self._holds(where, a)
            and (
                area is None
                or where is None
                or self._meet(self.communes((area,)), self.communes((where,)))
            )
        }

    def _needs(
        self, needs: set[str], offers: set[str], covered: set[str], t: str
    ) -> float | None:
        if not needs or not offers:
            return None
        worth = self.configuration.settings["means_worth"].value
        return sum(float(worth[means][t]) for means in covered) / len(needs)

    def _domains(self, a: Intention, b: Intention) -> float | None:
        one, other = (
            [side.domains.get(d, 0.0) * self.priority[d] for d in DOMAINS]
            for side in (a, b)
        )
        if not any(one) or not any(other):
            return None
        product = sum(x * y for x, y in zip(one, other, strict=True))
        return product / math.hypot(*one) / math.hypot(*other)

    def _territory(self, a: Intention, b: Intention) -> float | None:
        overlap = None
        if a.perimeter and b.perimeter:
            overlap = self._overlap(
                self.communes(a.perimeter), self.communes(b.perimeter)
            )
        if overlap:
            return overlap
        if not a.points or not b.points:
            return overlap
        km = min(_haversine_km(p, q) for p in a.points for q in b.points)
        number = self.configuration.number
        if km > number("territory.ceiling_km"):
            return 0.0
        half = number("territory.half_distance_km")
        return float(2 ** (-km / half)) * number("territory.distance_factor")

    def _overlap(self, one: Communes, other: Communes) -> float:
        if one is None or other is None:
            return 1.0
        small, large = self._inhabitants(one), self._inhabitants(other)
        return sum(self.population[c] for c in one & other) / min(small, large)

    def _inhabitants(self, communes: frozenset[int]) -> float:
        if communes not in self._weight:
            self._weight[communes] = sum(self.population[c] for c in communes)
        return self._weight[communes]

    def _known(self, values: dict[str, float | None]) -> float:
        return sum(
            self.configuration.number(f"weight.{name}")
            for name in COMPONENTS
            if values[name] is not None
        )

    def _mean(self, values: dict[str, float | None], known: float) -> float:
        total = sum(
            self.configuration.number(f"weight.{name}") * value
            for name, value in values.items()
            if value is not None
        )
        return total / known if known else 0.0

    def _naming(
        self, a: Intention, b: Intention, scores: dict[tuple[int, str], float], t: str
    ) -> float:
        number = self.configuration.number
        exponents = number("naming.economic_exponent"), number("naming.other_exponent")
        first, second = scores[0, t], scores[1, t]
        if (a.kind == "company") == (b.kind == "company"):
            return math.sqrt(first * second)
        eco, other = (first, second) if a.kind == "company" else (second, first)
        return float(eco ** exponents[0] * other ** exponents[1])

    def _named(
        self, a: Intention, b: Intention, naming: dict[str, float]
    ) -> str | None:
        named = _best(naming)
        phases = {side.phase for side in (a, b) if side.phase is not None}
        moves = {
            ("deployment", "societal_innovation"): "economic_cooperation",
            ("r_and_d", "economic_cooperation"): "societal_innovation",
        }
        if len(phases) == 1 and named is not None:
            moved = moves.get((next(iter(phases)), named), named)
            named = moved if moved in naming else named
        limit = self.configuration.number("naming.entry_door_maturity")
        young = any(s.maturity is not None and s.maturity <= limit for s in (a, b))
        if named == "societal_innovation" and young:
            doors = ("patronage", "responsible_practices")
            named = _best({t: naming[t] for t in doors if t in naming}) or named
        return named


def _best(scores: dict[str, float]) -> str | None:
    """Return the first best type in the order of ``TYPES``."""
    if not scores:
        return None
    return max(scores, key=lambda t: (round(scores[t], 9), -TYPES.index(t)))


def _may_receive(giver: Intention, recipient: Intention) -> bool:
    if giver.kind not in ("company", "foundation"):
        return False
    if recipient.general_interest is None:
        return recipient.model != "us_model"
    return recipient.general_interest


def _refuses(a: Intention, b: Intention) -> bool:
    return (
        b.kind in a.excluded_kinds
        or b.organisation in a.excluded_organisations
        or bool(a.excluded_sectors & b.sectors)
    )


def _proximity(a: Intention, b: Intention) -> float | None:
    known = []
    if a.size is not None and b.size is not None:
        known.append(1 - abs(SIZES.index(a.size) - SIZES.index(b.size)) / 3)
    if a.values and b.values:
        known.append(len(a.values & b.values) / len(a.values | b.values))
    if b.organisation in a.links or a.organisation in b.links:
        known.append(1.0)
    return sum(known) / len(known) if known else None


def _haversine_km(p: tuple[float, float], q: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (p, q))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))
