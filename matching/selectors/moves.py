"""How ranks move when the weights do: a list under weights that are tried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alliances.models import Intention
from matching.selectors.cards import Figures


@dataclass(frozen=True)
class Move:
    """The place and score of a partner under the weights that are tried, and before.

    ``former_rank`` is None for one that was not in the list; ``former_score`` None when
    it is not proposed for the type looked at.
    """

    rank: int
    score: float
    former_rank: int | None
    former_score: float | None

    @property
    def direction(self) -> str:
        """Return ``new``, ``up``, ``down`` or ``same``."""
        if self.former_rank is None:
            return "new"
        if self.rank == self.former_rank:
            return "same"
        return "up" if self.rank < self.former_rank else "down"


def moves_of(
    now: Sequence[Figures],
    former: Sequence[Figures],
    scored: Iterable[Figures],
    type_code: str,
) -> dict[int, Move]:
    """Return the moves by organisation.

    Parameters
    ----------
    now, former : sequence of Figures
        The two lists, one line per partner, best first.
    scored : iterable of Figures
        Every pair under the former weights, listed or not.
    type_code : str
        The type looked at; empty for the best of each pair.
    """
    scored = list(scored)
    ids = {one.partner_id for one in (*now, *former, *scored)}
    owner = dict(
        Intention.objects.filter(pk__in=ids).values_list("pk", "organisation_id")
    )
    ranks = {owner[one.partner_id]: rank for rank, one in enumerate(former, 1)}
    scores: dict[int, float] = {}
    for one in scored:
        organisation_id, score = owner[one.partner_id], one.score(type_code)
        if score is not None:
            scores[organisation_id] = max(score, scores.get(organisation_id, 0.0))
    moved = {}
    for rank, one in enumerate(now, 1):
        partner = owner[one.partner_id]
        score = one.score(type_code) or 0.0
        moved[partner] = Move(rank, score, ranks.get(partner), scores.get(partner))
    return moved
