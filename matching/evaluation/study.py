"""The questions put to the engine, and what it answers: ranks and names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.decoys import candidates, sides_of
from matching.evaluation.encoding import RealPair, encode, true_types
from matching.evaluation.places import TERRITORIES
from matching.kernel.building import build_profiles
from matching.kernel.configuration import Configuration
from matching.kernel.intentions import Intention
from matching.kernel.preparation import prepare
from matching.kernel.profiles import Profiles
from matching.kernel.proposals import Pairs, score_pairs
from matching.kernel.scores import TIE_DECIMALS
from matching.kernel.vocabulary import TYPES, UNKNOWN

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FIRST = 5
"""The first proposals: the partner is found when it is one of them."""


@dataclass(frozen=True)
class Question:
    """Who looks, and everyone among whom the partner, the first, is to be found."""

    pair: RealPair
    looking: int
    proposed: Integers


@dataclass(frozen=True)
class Study:
    """Everything that does not depend on weights, laid out once.

    Attributes
    ----------
    pairs : sequence of RealPair
        The real pairs.
    types : Mapping[str, str]
        Their type, where it is stated or inferred.
    questions : sequence of Question
        Two for each pair, one from each side.
    profiles : Profiles
        Everyone and every decoy, in one population.
    """

    pairs: Sequence[RealPair]
    types: Mapping[str, str]
    questions: Sequence[Question]
    profiles: Profiles


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is measured of one pair, on average over its two sides.

    Attributes
    ----------
    pair : RealPair
        The pair.
    recall : float
        Chance that the partner is among the first five, equals in any order.
    reciprocal_rank : float
        Expected inverse of its rank; 0 when it is not proposed.
    named : str or None
        Type named for the pair.
    true : str or None
        Type stated or inferred by the sources.
    """

    pair: RealPair
    recall: float
    reciprocal_rank: float
    named: str | None
    true: str | None

    @property
    def is_well_named(self) -> bool:
        """Whether the type named is the one of the sources."""
        return self.named == self.true


@dataclass(frozen=True)
class Answers:
    """What a way of scoring says of pairs: −inf where it does not propose.

    Attributes
    ----------
    score, confidence : ndarray of shape (P,)
        Pairs are ranked by score, then by confidence.
    named : ndarray of int, shape (P,)
        Type, or −1.
    """

    score: Floats
    confidence: Floats
    named: Integers


Way = Callable[[Pairs, Profiles], Answers]


def study_of(rows: Sequence[Mapping[str, str]]) -> Study:
    """Encode the rows, make the decoys and lay everyone out."""
    pairs = encode(rows)
    asked = [
        (pair, _everyone_asked(pair, pairs, from_association=from_association))
        for pair in pairs
        for from_association in (True, False)
    ]
    starts = np.cumsum([0, *(len(everyone) for _, everyone in asked)])
    questions = [
        Question(pair, int(start), np.arange(start + 1, start + len(everyone)))
        for (pair, everyone), start in zip(asked, starts[:-1], strict=True)
    ]
    together = [
        replace(one, public_id=f"{number}")
        for number, one in enumerate(one for _, everyone in asked for one in everyone)
    ]
    profiles = build_profiles(together, TERRITORIES)
    return Study(pairs, true_types(rows), questions, profiles)


def _everyone_asked(
    pair: RealPair, pairs: Sequence[RealPair], *, from_association: bool
) -> list[Intention]:
    """Return who looks, the partner, and the others, in this order."""
    looking, partner = sides_of(pair, from_association=from_association)
    others = candidates(pair, pairs, from_association=from_association)
    return [looking, partner, *others]


def engine(pairs: Pairs, _profiles: Profiles) -> Answers:
    """Answer as the engine does: the best score, the type that its rules name."""
    scores = np.where(pairs.admissible, pairs.scores, -np.inf).max(axis=1)
    return Answers(scores, pairs.confidence, pairs.named_type)


def outcomes(
    study: Study, configuration: Configuration, *, way: Way = engine
) -> list[Outcome]:
    """Put every question under a configuration, and measure each pair."""
    prepared = prepare(study.profiles, configuration)
    one = np.concatenate([np.full(len(q.proposed), q.looking) for q in study.questions])
    other = np.concatenate([q.proposed for q in study.questions])
    answers = way(score_pairs(prepared, one, other), study.profiles)
    starts = np.cumsum([0, *(len(q.proposed) for q in study.questions)])
    found: dict[str, list[tuple[float, float]]] = {pair.id: [] for pair in study.pairs}
    named: dict[str, int] = {}
    for question, start, stop in zip(
        study.questions, starts[:-1], starts[1:], strict=True
    ):
        found[question.pair.id].append(
            _found(answers.score[start:stop], answers.confidence[start:stop])
        )
        named[question.pair.id] = int(answers.named[start])
    return [
        Outcome(
            pair=pair,
            recall=float(np.mean([recall for recall, _ in found[pair.id]])),
            reciprocal_rank=float(np.mean([rank for _, rank in found[pair.id]])),
            named=None if named[pair.id] == UNKNOWN else TYPES[named[pair.id]],
            true=study.types.get(pair.id),
        )
        for pair in study.pairs
    ]


def _found(score: Floats, confidence: Floats) -> tuple[float, float]:
    """Return chance to be in the first, and expected inverse rank, of the first row.

    Equals stand in any order, all as likely: the partner gains nothing from its name.
    """
    if not np.isfinite(score[0]):
        return 0.0, 0.0
    score, confidence = (
        np.round(score, TIE_DECIMALS),
        np.round(confidence, TIE_DECIMALS),
    )
    same = score == score[0]
    better = int(((score > score[0]) | (same & (confidence > confidence[0]))).sum())
    equal = int((same & (confidence == confidence[0])).sum())
    ranks = better + 1 + np.arange(equal)
    return float((ranks <= FIRST).mean()), float((1 / ranks).mean())
