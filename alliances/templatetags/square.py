"""The drawing of the square, alone or superposed (docs/front-end.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from alliances.square.drawing import LETTERS, Figure, figure, spread, weights_or_none
from alliances.square.geometry import Corner, Point, Weights
from alliances.square.labels import CornerWords, SquareWords, words_for, words_shared_by
from alliances.square.words import sentence

register = template.Library()

MARKER_DISTANCE = 26


@dataclass(frozen=True, slots=True)
class LabelledWeight:
    """One objective as a person reads it; ``weight`` is None when unknown."""

    corner: Corner
    words: CornerWords
    weight: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One organisation of a superposed drawing."""

    letter: str
    name: str
    kind: str
    weights: Weights
    figure: Figure
    marker: Point
    sentence: str


@register.inclusion_tag("components/square.html")
def square_figure(
    values: Sequence[int] | Weights | None,
    kind: str = "",
    name: str = "",
    size: str = "regular",
) -> dict[str, object]:
    """Draw one square; ``size`` is ``regular`` or ``small``; None is drawn unknown."""
    weights = weights_or_none(values)
    words = words_for(kind)
    return {
        "corners": labelled(weights, words),
        "figure": figure(weights) if weights else None,
        "name": name,
        "sentence": sentence(weights, words) if weights else "",
        "size": size,
        "words": words,
    }


@register.inclusion_tag("components/squares_compared.html")
def squares_compared(
    squares: Sequence[dict[str, object]], caption: str = ""
) -> dict[str, object]:
    """Superpose two to six squares, each ``{"name", "kind", "weights"}``.

    The one whose weights are None is named as unknown and not drawn.
    """
    if len(squares) > len(LETTERS):
        message = (
            f"at most {len(LETTERS)} squares can be told apart, got {len(squares)}"
        )
        raise ValueError(message)
    known = [square for square in squares if square["weights"] is not None]
    words = words_shared_by([str(square["kind"]) for square in squares])
    return {
        "caption": caption,
        "corners": labelled(None, words),
        "series": _series(known),
        "unknown": [square["name"] for square in squares if square not in known],
        "words": words,
    }


def labelled(weights: Weights | None, words: SquareWords) -> list[LabelledWeight]:
    """Pair each objective with its words and its weight."""
    return [
        LabelledWeight(
            corner, words.corners[corner], weights.of(corner) if weights else None
        )
        for corner in Corner
    ]


def _series(squares: Sequence[dict[str, object]]) -> list[Series]:
    all_weights = [Weights(*square["weights"]) for square in squares]  # type: ignore[misc]
    figures = [figure(weights) for weights in all_weights]
    markers = spread(
        [Point(one.marker_x, one.marker_y) for one in figures], least=MARKER_DISTANCE
    )
    return [
        Series(
            letter=letter,
            name=str(square["name"]),
            kind=str(square["kind"]),
            weights=weights,
            figure=one,
            marker=marker,
            sentence=sentence(weights, words_for(str(square["kind"]))),
        )
        for letter, square, weights, one, marker in zip(
            LETTERS, squares, all_weights, figures, markers, strict=False
        )
    ]
