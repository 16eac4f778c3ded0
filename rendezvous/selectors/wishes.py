"""Who will be there, for those who come, and what they wish of each."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.policy import Person, visible
from alliances.enums import Means
from alliances.models import Introduction
from rendezvous.models import Encounter, KindPair, Registration, Session, Wish

PAGE_SIZE = 40


@dataclass(frozen=True)
class Line:
    """One organisation that comes; ``answer``: what one's own wished of it.

    ``known``: that the two are partners, or met at a session; a meeting of theirs counts
    less, unless one of them insists (``rendezvous.worth``).
    """

    registration: Registration
    answer: str
    score: float | None
    known: str = ""

    @property
    def needs(self) -> list[str]:
        return [str(Means(code).label) for code in self.registration.needs]

    @property
    def offers(self) -> list[str]:
        return [str(Means(code).label) for code in self.registration.offers]


def kinds_met_by(session: Session, kind: str) -> set[str]:
    """Return the kinds that may sit with ``kind``."""
    pairs = KindPair.objects.filter(session=session).values_list("low", "high")
    return {high if low == kind else low for low, high in pairs if kind in (low, high)}


def others_of(own: Registration, viewer: Person) -> list[Registration]:
    """Return those whom one may meet, in alphabetical order."""
    kinds = kinds_met_by(own.session, own.kind)
    rows = Registration.objects.confirmed().filter(
        session=own.session_id, kind__in=kinds
    )
    found = visible(viewer, rows.exclude(pk=own.pk))
    found = found.select_related("organisation__seat").defer(
        "organisation__search_vector"
    )
    return list(found.order_by("organisation__search_key", "pk"))


def wish_page(own: Registration, viewer: Person, number: str | None) -> "Page[Any]":
    """Return a page of those who come, the likeliest partners first.

    The order is that of one's own proposals: whom matching does not propose come
    after, in alphabetical order, whatever the reason.
    """
    others = others_of(own, viewer)
    rows = visible(viewer, Wish.objects.filter(registration=own))
    answers = dict(rows.values_list("other_id", "answer"))
    scores, known = _scores(own, others), _known(own, viewer)
    lines = [
        Line(
            one,
            answers.get(one.pk, ""),
            scores.get(one.intention_id or 0),
            known.get(one.organisation_id, ""),
        )
        for one in others
    ]
    lines.sort(key=lambda line: -(line.score or 0.0))
    return Paginator(lines, PAGE_SIZE).get_page(number)


def _known(own: Registration, viewer: Person) -> dict[int, str]:
    """Return in what way one's own knows others, by organisation."""
    mine = own.organisation_id
    met = visible(viewer, Encounter.objects.of(mine)).exclude(session=own.session_id)
    partners = visible(viewer, Introduction.objects.open().of(mine))
    found = {
        _peer(pair, mine): _("déjà rencontrée à une session") for pair in _pairs(met)
    }
    return found | {
        _peer(pair, mine): _("déjà en relation avec vous") for pair in _pairs(partners)
    }


def _pairs(rows: Any) -> list[tuple[int, int]]:
    return list(rows.values_list("low", "high"))


def _peer(pair: tuple[int, int], own: int) -> int:
    low, high = pair
    return high if low == own else low


def _scores(own: Registration, others: list[Registration]) -> dict[int, float]:
    from matching.selectors.pair_scores import scores_with  # noqa: PLC0415 - NumPy

    intentions = [one.intention_id for one in others if one.intention_id]
    if own.intention_id is None or not intentions:
        return {}
    return scores_with(own.intention_id, intentions)
