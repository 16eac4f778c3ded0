"""How the figure of one side was obtained, line by line: it sums exactly."""

from dataclasses import dataclass

from matching.explanations import SideStory


@dataclass(frozen=True)
class Term:
    """A component times its weight; None when it is not known and not counted."""

    label: str
    value: float | None
    weight: float
    product: float | None


@dataclass(frozen=True)
class Calculation:
    """``total / known = score``."""

    name: str
    terms: tuple[Term, ...]
    total: float
    known: float
    score: float


def calculation(side: SideStory) -> Calculation:
    terms = tuple(
        Term(
            label=bar.label,
            value=bar.value,
            weight=bar.weight,
            product=None if bar.value is None else bar.value * bar.weight,
        )
        for bar in side.bars
    )
    return Calculation(
        name=side.name,
        terms=terms,
        total=sum(term.product for term in terms if term.product is not None),
        known=sum(term.weight for term in terms if term.product is not None),
        score=side.score,
    )
