"""Simpler ways of proposing and naming, to know what the engine brings."""

import numpy as np

from matching.evaluation.study import Answers
from matching.kernel.profiles import Profiles
from matching.kernel.proposals import Pairs
from matching.kernel.scores import best_of
from matching.kernel.vocabulary import COMPONENTS, UNKNOWN

DOMAINS_AT = COMPONENTS.index("domains")
TERRITORY_AT = COMPONENTS.index("territory")


def plain_sum(pairs: Pairs, _profiles: Profiles) -> Answers:
    """Average both sides; name the type by the highest average."""
    mean = (pairs.low_scores + pairs.high_scores) / 2
    score = np.where(pairs.admissible, mean, -np.inf).max(axis=1)
    return Answers(score, pairs.confidence, best_of(mean, pairs.admissible))


def same_place_same_cause(pairs: Pairs, _profiles: Profiles) -> Answers:
    """Count 1 for a common place and 1 for a common cause; name nothing."""
    shared = pairs.low_components[:, 0, [DOMAINS_AT, TERRITORY_AT]]
    score = (np.nan_to_num(shared) > 0).sum(axis=1).astype(float)
    nothing = np.full(len(score), UNKNOWN)
    return Answers(score, np.zeros(len(score)), nothing)
