"""New weights from what pairs say, a step at a time."""

from collections.abc import Mapping, Sequence
from typing import Final

from matching.learning.evidence import Evidence

Weights = dict[str, float]

STEP: Final = 0.2
"""Part of a weight that one acceptance may add or take, before all are brought back to
the same sum (DESIGN)."""
DECIMALS: Final = 3


def propose(
    evidence: Sequence[Evidence], weights: Mapping[str, float]
) -> Weights | None:
    """Move the weights one step towards what pairs say.

    Parameters
    ----------
    evidence : sequence of Evidence
        One by component.
    weights : Mapping[str, float]
        Present weights by component.

    Returns
    -------
    dict or None
        New weights, of the same sum; None when no component says anything.

    Examples
    --------
    >>> said = Evidence("needs", 40, 40, 0.6, 0.3, 1.4, 1.2, 1.6)
    >>> propose([said], {"needs": 0.5, "domains": 0.5})
    {'needs': 0.545, 'domains': 0.455}
    >>> propose([said], {"needs": 0.0, "domains": 1.0}) is None
    True
    """
    factors = {one.component: 1.0 + STEP * one.direction for one in evidence}
    moved = {name: value * factors.get(name, 1.0) for name, value in weights.items()}
    total, together = sum(weights.values()), sum(moved.values())
    if together <= 0:
        return None
    proposed = {
        name: round(value * total / together, DECIMALS) for name, value in moved.items()
    }
    _keep_sum(proposed, total)
    is_same = all(
        abs(proposed[name] - value) < 10**-DECIMALS for name, value in weights.items()
    )
    return None if is_same else proposed


def _keep_sum(proposed: Weights, total: float) -> None:
    """Give what rounding took, or took away, to the heaviest."""
    heaviest = max(proposed, key=lambda name: proposed[name])
    rest = total - sum(proposed.values())
    proposed[heaviest] = round(proposed[heaviest] + rest, DECIMALS)
