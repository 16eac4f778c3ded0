"""Why a pair is proposed: facts, from which sentences are made elsewhere."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kernel.components import held
from matching.kernel.geography import distances_km, overlaps
from matching.kernel.grounds import Grounds
from matching.kernel.preparation import Prepared, contains
from matching.kernel.proposals import Ranking, score_pair
from matching.kernel.rules import naming_reasons, warning_ids
from matching.kernel.vocabulary import (
    COMPONENTS,
    DOMAINS,
    MEANS,
    QUADRANTS,
    SIZES,
    TYPES,
    UNKNOWN,
)

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Reason:
    """One component of one side, with the facts behind it.

    Attributes
    ----------
    component : str
        One of ``COMPONENTS``.
    value : float or None
        From 0 to 1; ``None`` when unknown.
    effect : float
        Part of the side's score: weight × value / sum of the known weights. The effects
        of a side add up to its score.
    facts : dict
        Codes and figures; what they are depends on the component.
    """

    component: str
    value: float | None
    effect: float
    facts: dict[str, Any]


@dataclass(frozen=True)
class SideReasons:
    """What one side gains, brings and receives.

    Attributes
    ----------
    row : int
        The intention.
    score : float
        What it gains.
    reasons : tuple of Reason
        By decreasing effect.
    receives, brings : tuple of str
        Means that answer its needs, and means of its own that answer the other's.
    """

    row: int
    score: float
    reasons: tuple[Reason, ...]
    receives: tuple[str, ...]
    brings: tuple[str, ...]

    @property
    def grounds(self) -> Grounds:
        """What the first sentence is made of."""
        by_name = {reason.component: reason for reason in self.reasons}
        territory = by_name["territory"]
        return Grounds(
            receives=self.receives,
            brings=self.brings,
            domains=tuple(by_name["domains"].facts["common"]),
            territory=territory.value,
            overlap=territory.facts["overlap"],
            distance_km=territory.facts["distance_km"],
        )


@dataclass(frozen=True)
class Explanation:
    """Everything said of a pair for one type.

    Attributes
    ----------
    type : str
        The type looked at.
    score, confidence : float
        Of the pair.
    low, high : SideReasons
        The two sides, by increasing row.
    named_type, best_type : str or None
        ``None`` when no type is admissible.
    naming_reasons : tuple of str
        Rules that changed the named type.
    warnings : tuple of str
        Rules to discuss.
    discuss : tuple of str
        ``"uncovered_needs"``, ``"unknown:<component>"`` and the warnings' rules: points
        to talk about first.
    """

    type: str
    score: float
    confidence: float
    low: SideReasons
    high: SideReasons
    named_type: str | None
    best_type: str | None
    naming_reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    discuss: tuple[str, ...]


def explain_pair(
    prepared: Prepared, one: int, other: int, *, type_code: str | None = None
) -> Explanation:
    """Explain a pair, for its named type or a given one.

    Parameters
    ----------
    prepared : Prepared
        The population.
    one, other : int
        Two distinct rows.
    type_code : str, optional
        One of ``TYPES``; by default the named type, or the first when none is
        admissible.

    Returns
    -------
    Explanation
        Facts only, no sentence.

    Raises
    ------
    ValueError
        If the rows are the same or unknown, or the type is unknown.
    """
    if type_code is not None and type_code not in TYPES:
        raise ValueError(f"type {type_code!r} is not one of {', '.join(TYPES)}")
    ranking = score_pair(prepared, one, other)
    t = max(int(ranking.named_type[0]), 0)
    if type_code is not None:
        t = TYPES.index(type_code)
    low, high = (_side(prepared, ranking, t, is_low=flag) for flag in (True, False))
    warnings = warning_ids(ranking.warnings[t])
    return Explanation(
        type=TYPES[t],
        score=float(ranking.score[t]),
        confidence=float(ranking.confidence[t]),
        low=low,
        high=high,
        named_type=_type_name(ranking.named_type[t]),
        best_type=_type_name(ranking.best_type[t]),
        naming_reasons=naming_reasons(ranking.naming_reason[t]),
        warnings=warnings,
        discuss=(*_to_discuss(low, high), *warnings),
    )


def _type_name(t: int) -> str | None:
    return None if t == UNKNOWN else TYPES[t]


def _side(prepared: Prepared, ranking: Ranking, t: int, *, is_low: bool) -> SideReasons:
    low, high = int(ranking.low[t]), int(ranking.high[t])
    row, other = (low, high) if is_low else (high, low)
    components = (ranking.low_components if is_low else ranking.high_components)[t]
    weights = prepared.configuration.weights
    known = weights[~np.isnan(components)].sum()
    facts = (
        _objectives_facts(prepared, row, t),
        _needs_facts(prepared, row, other, t),
        _domains_facts(prepared, row, other),
        _territory_facts(prepared, row, other),
        _proximity_facts(prepared, row, other),
    )
    reasons = [
        Reason(
            component=name,
            value=None if np.isnan(value) else float(value),
            effect=0.0 if np.isnan(value) else float(weight * value / known),
            facts=fact,
        )
        for name, value, weight, fact in zip(
            COMPONENTS, components, weights, facts, strict=True
        )
    ]
    reasons.sort(key=lambda reason: -reason.effect)
    score = ranking.low_score if is_low else ranking.high_score
    return SideReasons(
        row=row,
        score=float(score[t]),
        reasons=tuple(reasons),
        receives=_covered(prepared, row, other),
        brings=_covered(prepared, other, row),
    )


def _covered(prepared: Prepared, needing: int, giving: int) -> tuple[str, ...]:
    _, _, met = held(prepared, np.array([needing]), np.array([giving]))
    return tuple(MEANS[m] for m in np.flatnonzero(met[0]))


def _objectives_facts(prepared: Prepared, row: int, t: int) -> dict[str, Any]:
    """Say how much each quadrant of the square brings to the component."""
    profiles = prepared.profiles
    square = profiles.square[row]
    if np.isnan(square).any():
        return {"quadrants": []}
    fit = prepared.configuration.fit[profiles.kind[row], :, t]
    quadrants = [
        {"code": code, "weight": float(weight), "fit": float(f), "part": float(p)}
        for code, weight, f, p in zip(
            QUADRANTS, square, fit, square * fit / 100, strict=True
        )
    ]
    return {"quadrants": sorted(quadrants, key=lambda q: -q["part"])}


def _needs_facts(prepared: Prepared, row: int, other: int, t: int) -> dict[str, Any]:
    """Say which needs hold, which are covered and what each is worth for the type."""
    need, offer, met = held(prepared, np.array([row]), np.array([other]))
    worth = prepared.configuration.worth[:, t]
    return {
        "covered": [
            {"means": MEANS[m], "worth": float(worth[m])}
            for m in np.flatnonzero(met[0])
        ],
        "uncovered": [MEANS[m] for m in np.flatnonzero(need[0] & ~met[0])],
        "other_offers": int(offer[0].sum()),
    }


def _domains_facts(prepared: Prepared, row: int, other: int) -> dict[str, Any]:
    product = prepared.directions[row] * prepared.directions[other]
    order = np.argsort(-product, kind="stable")
    common = [DOMAINS[d] for d in order if product[d] > 0]
    own = prepared.directions[row] > 0
    only = own & ~(prepared.directions[other] > 0)
    return {"common": common, "only_own": [DOMAINS[d] for d in np.flatnonzero(only)]}


def _territory_facts(prepared: Prepared, row: int, other: int) -> dict[str, Any]:
    """Give the shared part of the smaller perimeter, or the distance in kilometres."""
    place, theirs = prepared.place[[row]], prepared.place[other]
    share = overlaps(prepared.places, place)[0, theirs]
    km = distances_km(prepared.places, place)[0, theirs]
    overlap = None if np.isnan(share) else float(share)
    distance = None if np.isnan(km) or np.isinf(km) else float(km)
    return {
        "overlap": overlap,
        "distance_km": distance,
        "is_far": bool(np.isinf(km)),
        "ceiling_km": prepared.places.ceiling_km,
    }


def _proximity_facts(prepared: Prepared, row: int, other: int) -> dict[str, Any]:
    profiles = prepared.profiles
    key = np.array([row * len(prepared) + other])
    return {
        "sizes": tuple(
            None if profiles.size[r] == UNKNOWN else SIZES[profiles.size[r]]
            for r in (row, other)
        ),
        "common_values": _common_values(prepared, row, other),
        "is_linked": bool(contains(prepared.linked, key)[0]),
    }


def _common_values(prepared: Prepared, row: int, other: int) -> tuple[str, ...]:
    profiles = prepared.profiles
    one, two = (
        profiles.values.members[slice(*profiles.values.offsets[s : s + 2])]
        for s in (profiles.value_set[row], profiles.value_set[other])
    )
    return tuple(sorted(profiles.tags[tag] for tag in np.intersect1d(one, two)))


def _to_discuss(low: SideReasons, high: SideReasons) -> tuple[str, ...]:
    points = []
    for side in (low, high):
        by_component = {reason.component: reason for reason in side.reasons}
        if by_component["needs"].facts["uncovered"]:
            points.append("uncovered_needs")
        points += [f"unknown:{r.component}" for r in side.reasons if r.value is None]
    return tuple(dict.fromkeys(points))
