"""What the kept signals say, together, and what it would change."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from matching import evaluation, kernel, learning
from matching.models import COMPONENTS, Signal
from matching.selectors.pairs import configuration_in_use

PARTNERSHIPS = Path("portal") / "data" / "partnerships.csv"


@dataclass(frozen=True)
class Lessons:
    """What is read of the signals, and the weights they would give.

    ``reasons``: None for a count too small to be told. ``proposed``: None when nothing
    is to change. ``effects``: by part of the evaluation set, before and after.
    """

    accepted: int
    good: int
    poor: int
    reasons: Mapping[str, int | None]
    evidence: Sequence[learning.Evidence]
    weights: Mapping[str, float]
    proposed: Mapping[str, float] | None
    effects: Mapping[str, tuple[evaluation.Quality, evaluation.Quality]]


def lessons() -> Lessons:
    """Read every signal and weigh them together."""
    turned_out = _observations()
    configuration = configuration_in_use()
    weights = {
        name: configuration.number(f"weight.{name}") for name in kernel.COMPONENTS
    }
    evidence = learning.weigh(turned_out)
    proposed = learning.propose(evidence, weights)
    outcomes = Counter(one.is_good for one in turned_out)
    return Lessons(
        accepted=Signal.objects.filter(kind=Signal.Kind.ACCEPTED).count(),
        good=outcomes[True],
        poor=outcomes[False],
        reasons=learning.counted_reasons(
            Signal.objects.values_list("reason", flat=True)
        ),
        evidence=evidence,
        weights=weights,
        proposed=proposed,
        effects=_effects(configuration, proposed) if proposed else {},
    )


def _observations() -> list[learning.Observation]:
    """Return how pairs turned out, with what the score saw when they accepted."""
    by_pair: dict[int, dict[str, Signal]] = {}
    for signal in Signal.objects.order_by("introduction_id", "pk"):
        by_pair.setdefault(signal.introduction_id, {})[signal.kind] = signal
    found = (_observation(signals) for signals in by_pair.values())
    return [one for one in found if one is not None]


def _observation(signals: Mapping[str, Signal]) -> learning.Observation | None:
    declined = signals.get(Signal.Kind.DECLINED)
    is_good = learning.outcome_of(
        is_met=Signal.Kind.MET in signals,
        is_declined=declined is not None,
        reason=declined.reason if declined else "",
    )
    accepted = signals.get(Signal.Kind.ACCEPTED)
    if is_good is None or accepted is None:
        return None
    return learning.Observation(is_good, tuple(accepted.components))


def with_weights(
    configuration: kernel.Configuration, weights: Mapping[str, float]
) -> kernel.Configuration:
    """Return the configuration with other weights of its components."""
    return evaluation.changed(
        configuration, {f"weight.{name}": weights[name] for name in COMPONENTS}
    )


def _effects(
    configuration: kernel.Configuration, proposed: Mapping[str, float]
) -> dict[str, tuple[evaluation.Quality, evaluation.Quality]]:
    before, after = (
        [one for one in evaluation.outcomes(_study(), candidate) if one.pair.is_told]
        for candidate in (configuration, with_weights(configuration, proposed))
    )
    return {
        "looked_at": (_quality(before, aside=False), _quality(after, aside=False)),
        "kept_aside": (_quality(before, aside=True), _quality(after, aside=True)),
    }


def _quality(found: Sequence[evaluation.Outcome], *, aside: bool) -> evaluation.Quality:
    return evaluation.quality_of(
        [one for one in found if one.pair.is_kept_aside == aside]
    )


@lru_cache(maxsize=1)
def _study() -> evaluation.Study:
    with (settings.BASE_DIR / PARTNERSHIPS).open(encoding="utf-8", newline="") as file:
        return evaluation.study_of(list(csv.DictReader(file)))
