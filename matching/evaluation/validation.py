"""Leave-one-out: each pair judged under numbers that were chosen without it.

What may be chosen is a short list of changes of the published configuration: one weight
halved or doubled, or another share between the two sides in the name. What is chosen
is the change that does best on all the other pairs, the first of the list (no change)
when several do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.evaluation.study import Outcome, Study, outcomes
from matching.kernel.configuration import Configuration
from matching.kernel.vocabulary import COMPONENTS

FACTORS = (0.5, 2.0)
ECONOMIC_SHARES = (0.3, 0.4, 0.5, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What leave-one-out gives: an outcome by pair, and how often each change won."""

    outcomes: Sequence[Outcome]
    wins: dict[str, int]


def changed(configuration: Configuration, values: dict[str, float]) -> Configuration:
    """Return the configuration with some numbers changed."""
    mapping = configuration.to_mapping()
    for name, value in values.items():
        mapping["settings"][name]["value"] = value
    return Configuration.from_mapping(mapping)


def without(configuration: Configuration, component: str) -> Configuration:
    """Return the configuration without the say of a component."""
    return changed(configuration, {f"weight.{component}": 0.0})


def rankings(configuration: Configuration) -> dict[str, Configuration]:
    """List the changes of one weight, no change first."""
    tried = {"published": configuration}
    for component in COMPONENTS:
        for factor in FACTORS:
            name = f"weight.{component}"
            value = factor * configuration.number(name)
            tried[f"{name} × {factor:g}"] = changed(configuration, {name: value})
    return tried


def namings(configuration: Configuration) -> dict[str, Configuration]:
    """List other shares between the two sides in the name, no change first."""
    tried = {"published": configuration}
    for share in ECONOMIC_SHARES:
        tried[f"economic side {share:g}"] = changed(
            configuration,
            {
                "naming.economic_exponent": share,
                "naming.other_exponent": round(1 - share, 2),
            },
        )
    return tried


def leave_one_out(
    study: Study,
    tried: dict[str, Configuration],
    *,
    pairs: Callable[[Outcome], bool],
    worth: Callable[[Outcome], float],
) -> Chosen:
    """Judge each pair under the change that does best on the others.

    Parameters
    ----------
    study : Study
        The questions.
    tried : dict
        Configurations by name, in order of preference.
    pairs : callable
        Which pairs count, to choose and to be judged.
    worth : callable
        What is to be as high as possible on average.
    """
    found = {
        name: [one for one in outcomes(study, configuration) if pairs(one)]
        for name, configuration in tried.items()
    }
    names = list(found)
    worths = np.array([[worth(one) for one in found[name]] for name in names])
    others = worths.sum(axis=1, keepdims=True) - worths
    best = np.round(others, 9).argmax(axis=0)
    kept = [found[names[row]][at] for at, row in enumerate(best)]
    wins = {names[row]: int((best == row).sum()) for row in np.unique(best)}
    return Chosen(kept, wins)
