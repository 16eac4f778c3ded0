"""What templates show of a card, ready to print."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.models import Organisation
from alliances.selectors.introductions import Standing
from matching.explanations import Bar
from matching.explanations.words import Text, of
from matching.selectors.cards import Card
from matching.selectors.common_ground import distance_km
from matching.selectors.lists import ProposalPage
from matching.selectors.moves import Move
from matching.views.addresses import pair_url

WHOLE = 100
# What a component that is not known calls for, in people's words.
MISSING: dict[str, Text] = {
    "needs": gettext_lazy("ce que l’un cherche et ce que l’autre propose"),
    "domains": gettext_lazy("les sujets de l’un des deux"),
    "territory": gettext_lazy("les lieux de l’un des deux"),
    "proximity": gettext_lazy("ce qui rapproche : taille, valeurs, réseaux"),
}


@dataclass(frozen=True)
class Line:
    """A card and what depends on who reads it."""

    card: Card
    url: str
    distance_km: float | None
    is_public: bool
    is_kept: bool = False
    standing: Standing | None = None
    move: Move | None = None

    @property
    def organisation(self) -> Organisation:
        return self.card.organisation

    @property
    def agreement_pct(self) -> int:
        return percentage(self.card.story.score)

    @property
    def confidence_pct(self) -> int:
        return percentage(self.card.story.confidence)

    @property
    def place_now(self) -> str:
        """Return the rank under the weights that are tried: « 1ʳᵉ »."""
        return ordinal(self.move.rank) if self.move else ""

    @property
    def place_before(self) -> str:
        """Return the rank under the platform's weights; empty when it had none."""
        before = self.move.former_rank if self.move else None
        return ordinal(before) if before else ""

    @property
    def score_pct(self) -> int:
        return percentage(self.move.score if self.move else 0.0)

    @property
    def former_score_pct(self) -> int | None:
        before = self.move.former_score if self.move else None
        return None if before is None else percentage(before)

    @property
    def point_count(self) -> int:
        return len(self.card.story.points) + len(self.card.story.discuss)

    @property
    def first_point(self) -> str:
        """Return the first point to discuss, the most serious of them."""
        story = self.card.story
        sentences = [point.sentence for point in story.points] + list(story.discuss)
        return str(sentences[0]) if sentences else ""

    @property
    def missing(self) -> list[str]:
        """Return what is not known, in words, each once."""
        story = self.card.story
        return list(
            dict.fromkeys(
                missing_words(bar, is_reader=is_own and not self.is_public, name=name)
                for is_own, name, bars in (
                    (True, story.own.name, story.own.bars),
                    (False, story.other.name, story.other.bars),
                )
                for bar in bars
                if bar.value is None
            )
        )


def percentage(share: float) -> int:
    """Return a share on 100, never 100 when something is missing."""
    rounded = round(WHOLE * share)
    return min(rounded, WHOLE - 1) if share < 1 else WHOLE


@dataclass(frozen=True)
class Partner:
    """An organisation already in touch, and the page of their introduction."""

    organisation: Organisation
    url: str


def partners_of(found: ProposalPage) -> list[Partner]:
    """Return those that are in touch with the organisation, on its first page."""
    own = found.organisation
    if found.page.number > 1:
        return []
    return [
        Partner(
            one.other_than(own),
            reverse(
                "alliances:introduction_detail", args=[own.public_id, one.public_id]
            ),
        )
        for one in found.aside.partners.values()
    ]


def ordinal(rank: int) -> str:
    """Return the rank of a proposal, which is feminine in French."""
    return _("1ʳᵉ") if rank == 1 else _("%(rank)dᵉ") % {"rank": rank}


def missing_words(bar: Bar, *, is_reader: bool, name: str) -> str:
    if bar.component != "objectives":
        return str(MISSING[bar.component])
    if is_reader:
        return _("votre carré des objectifs")
    return _("le carré des objectifs %s") % of(name)


def lines_of(
    cards: list[Card],
    *,
    query: QueryDict,
    is_public: bool,
    kept: tuple[str, ...] = (),
    standings: Mapping[int, Standing] | None = None,
    moves: Mapping[int, Move] | None = None,
) -> list[Line]:
    known, moved = standings or {}, moves or {}
    return [
        Line(
            card=card,
            url=pair_url(card.own_intention.organisation, card.organisation, query),
            distance_km=distance_km(card, is_public=is_public),
            is_public=is_public,
            is_kept=card.organisation.public_id in kept,
            standing=known.get(card.organisation.pk),
            move=moved.get(card.organisation.pk),
        )
        for card in cards
    ]
