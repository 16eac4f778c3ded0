"""What met and declined pairs say of the weights, modestly.

How to call it::

    evidence = weigh(observations)               # one line by component
    proposed = propose(evidence, weights)        # None when nothing is to change

Nothing is proposed from few pairs, and never more than a fifth of a weight at a time; a
person accepts or not. docs/learning.md says what is read and what is not. Pure: no
Django, no clock.
"""

from matching.learning.evidence import (
    MINIMUM,
    Evidence,
    Observation,
    weigh,
)
from matching.learning.reasons import SPEAKS_OF, counted_reasons, outcome_of
from matching.learning.weights import STEP, Weights, propose

__all__ = [
    "MINIMUM",
    "SPEAKS_OF",
    "STEP",
    "Evidence",
    "Observation",
    "Weights",
    "counted_reasons",
    "outcome_of",
    "propose",
    "weigh",
]
