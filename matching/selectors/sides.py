"""A stored proposal seen from one side, for one type: exactly what was computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from alliances.enums import PartnershipType
from matching.models import COMPONENTS, TYPES, Configuration, Proposal

Weights = tuple[float, ...]


@dataclass(frozen=True)
class Side:
    """What one side gains for one type; ``None`` is unknown."""

    objectives: float | None
    needs: float | None
    domains: float | None
    territory: float | None
    proximity: float | None
    score: float

    @property
    def components(self) -> Mapping[str, float | None]:
        return {name: getattr(self, name) for name in COMPONENTS}


@lru_cache(maxsize=8)
def weights_of(configuration_id: int) -> Weights:
    """Return the weights of a configuration, in the order of ``COMPONENTS``.

    Kept for the life of the process: a configuration is never rewritten.
    """
    settings = Configuration.objects.get(pk=configuration_id).content["settings"]
    return tuple(float(settings[f"weight.{name}"]["value"]) for name in COMPONENTS)


def side(proposal: Proposal, *, is_low: bool, type_code: str, weights: Weights) -> Side:
    """Return the components of one side and their weighted mean."""
    position = TYPES.index(type_code)
    prefix = "low" if is_low else "high"
    objectives = getattr(proposal, f"{prefix}_objectives")
    needs = getattr(proposal, f"{prefix}_needs")
    values = (
        None if objectives is None else objectives[position],
        None if needs is None else needs[position],
        proposal.domains,
        proposal.territory,
        proposal.proximity,
    )
    return Side(*values, score=weighed(values, weights))


def weighed(values: tuple[float | None, ...], weights: Weights) -> float:
    """Average the known components, in the kernel's order: the same to the last bit."""
    total = known = 0.0
    for value, weight in zip(values, weights, strict=True):
        if value is not None:
            total += weight * value
            known += weight
    return total / known if known > 0 else 0.0


def type_scores(proposal: Proposal) -> dict[str, float]:
    """Return the score of each type for which the pair may be proposed."""
    return {
        code: score
        for code, score in zip(TYPES, proposal.scores, strict=True)
        if score is not None
    }


def named_type(proposal: Proposal) -> PartnershipType:
    return PartnershipType(TYPES[proposal.named_type])


def best_type(proposal: Proposal) -> PartnershipType:
    return PartnershipType(TYPES[proposal.best_type])
