"""A pair told to somebody: reasons first, then components, then points to discuss."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alliances.enums import Means
from matching.explanations import words
from matching.explanations.advice import type_sentences
from matching.explanations.components import Speaker, component_sentence
from matching.explanations.rules import WARNINGS, Point

if TYPE_CHECKING:
    from matching.kernel import Explanation, Grounds, Reason, SideReasons


@dataclass(frozen=True)
class Bar:
    """A component of one side, as ``components/component_bars.html`` draws it."""

    component: str
    label: str
    value: float | None
    weight: float
    effect: float
    sentence: str


@dataclass(frozen=True)
class SideStory:
    """What one side gains, receives and brings; ``reasons`` are the first sentences."""

    name: str
    score: float
    bars: tuple[Bar, ...]
    receives: tuple[str, ...]
    brings: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """Everything said of a pair for one type."""

    type_code: str
    score: float
    confidence: float
    headline: str
    own: SideStory
    other: SideStory
    type_sentences: tuple[str, ...]
    discuss: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Party:
    """Who stands on one side, as far as the reader may know."""

    name: str
    kind: str
    maturity: int | None = None
    is_reader: bool = False


def story(
    explanation: "Explanation",
    *,
    own: Party,
    other: Party,
    own_is_low: bool,
    weights: Sequence[float],
) -> Story:
    """Tell an explanation from the side of ``own``, in French."""
    low, high = explanation.low, explanation.high
    mine, theirs = (low, high) if own_is_low else (high, low)
    code = explanation.type
    by_name = dict(zip(words.COMPONENTS, weights, strict=True))
    return Story(
        type_code=code,
        score=explanation.score,
        confidence=explanation.confidence,
        headline=headline(mine.grounds, own, other),
        own=_side(mine, own, other, code, by_name),
        other=_side(theirs, other, own, code, by_name),
        type_sentences=tuple(
            type_sentences(
                code,
                is_named=code == explanation.named_type,
                kinds=(own.kind, other.kind),
                naming_reasons=explanation.naming_reasons,
                maturities=(own.maturity, other.maturity),
            )
        ),
        discuss=tuple(_discuss(mine, theirs, own, other)),
        points=tuple(WARNINGS[rule] for rule in explanation.warnings),
    )


def headline(grounds: "Grounds", own: Party, other: Party) -> str:
    """Return the reasons in one sentence, before any figure."""
    speaker = _speaker(own, other)
    parts = (part(grounds, speaker) for part in (_exchange, _where, _on_what))
    said = [part for part in parts if part]
    if not said:
        return speaker.say(
            _("Vos objectifs et ceux %(of_other)s se répondent."),
            _("Les objectifs %(of_name)s et %(of_other)s se répondent."),
        )
    text = " ; ".join(said)
    return text[0].upper() + text[1:] + "."


def _exchange(grounds: "Grounds", speaker: Speaker) -> str:
    if grounds.receives and grounds.brings:
        return speaker.say(
            _(
                "%(other)s propose %(received)s que vous cherchez, et cherche "
                "%(brought)s que vous proposez"
            ),
            _(
                "%(other)s propose %(received)s %(that_name)s cherche, et cherche "
                "en retour %(brought)s"
            ),
            received=words.means(grounds.receives, most=2),
            brought=words.means(grounds.brings, most=2),
        )
    if grounds.receives:
        return speaker.say(
            _("%(other)s propose %(received)s que vous cherchez"),
            _("%(other)s propose %(received)s %(that_name)s cherche"),
            received=words.means(grounds.receives),
        )
    if grounds.brings:
        return speaker.say(
            _("%(other)s cherche %(brought)s que vous proposez"),
            _("%(other)s cherche %(brought)s %(that_name)s propose"),
            brought=words.means(grounds.brings),
        )
    return ""


def _where(grounds: "Grounds", speaker: Speaker) -> str:
    if not grounds.territory:
        return ""
    if grounds.overlap:
        return speaker.say(
            _("vous agissez sur un même territoire"),
            _("un même territoire les réunit"),
        )
    return speaker.say(
        _("vous êtes à %(distance)s l’un de l’autre"),
        _("%(distance)s les séparent"),
        distance=words.kilometres(grounds.distance_km or 0.0),
    )


def _on_what(grounds: "Grounds", speaker: Speaker) -> str:
    if not grounds.domains:
        return ""
    return speaker.say(
        _("vous agissez tous deux sur %(domains)s"),
        _("tous deux agissent sur %(domains)s"),
        domains=words.domains(grounds.domains, most=2),
    )


def _side(
    side: "SideReasons",
    party: Party,
    facing: Party,
    type_code: str,
    weights: dict[str, float],
) -> SideStory:
    speaker = _speaker(party, facing)
    by_name = {reason.component: reason for reason in side.reasons}
    return SideStory(
        name=party.name,
        score=side.score,
        bars=tuple(
            Bar(
                component=name,
                label=str(label),
                value=by_name[name].value,
                weight=weights[name],
                effect=by_name[name].effect,
                sentence=component_sentence(
                    by_name[name], speaker, type_code=type_code
                ),
            )
            for name, label in words.COMPONENTS.items()
        ),
        receives=tuple(str(Means(code).label) for code in side.receives),
        brings=tuple(str(Means(code).label) for code in side.brings),
    )


def _discuss(
    mine: "SideReasons", theirs: "SideReasons", own: Party, other: Party
) -> list[str]:
    said = []
    for side, party, facing in ((mine, own, other), (theirs, other, own)):
        uncovered = _reason(side, "needs").facts["uncovered"]
        if uncovered:
            said.append(
                _speaker(party, facing).say(
                    _("Ce que vous cherchez encore : %(means)s."),
                    _("Ce %(that_name)s cherche encore : %(means)s."),
                    means=words.means(uncovered),
                )
            )
    unknown = [
        words.COMPONENTS[name]
        for name in words.COMPONENTS
        if _reason(mine, name).value is None or _reason(theirs, name).value is None
    ]
    if unknown:
        said.append(
            _("À préciser ensemble, faute d’être connu : %s.")
            % words.listed([str(label).lower() for label in unknown], most=5)
        )
    return said


def _reason(side: "SideReasons", name: str) -> "Reason":
    return next(reason for reason in side.reasons if reason.component == name)


def _speaker(party: Party, facing: Party) -> Speaker:
    other = _("votre organisation") if facing.is_reader else facing.name
    return Speaker(party.name, other, party.kind, party.is_reader)
