"""The page « Mes relations » of an organisation, for its own members alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policy import Person, visible
from alliances.models import (
    Interest,
    Introduction,
    Message,
    Organisation,
    Suggestion,
)
from alliances.selectors.aside import SetAside, set_aside
from alliances.selectors.introductions import Standing, standings
from alliances.selectors.suggestions import received_by
from alliances.selectors.unread import unread_count

PAGE_SIZE = 20
LAST_WRITER, UNREAD = "last_writer_id", "unread"
Answer = Interest.Answer


class Listing(StrEnum):
    """The lists of the page; the value is what its address says."""

    OPEN = "en-cours"
    PROPOSED = "a-decider"
    SUGGESTED = "suggestions"
    ANSWERED = "reponses"
    CLOSED = "closes"
    ASIDE = "mises-de-cote"

    @property
    def label(self) -> Promise:
        return LABELS[self]


LABELS = {
    Listing.OPEN: _("Mises en relation en cours"),
    Listing.PROPOSED: _("À décider"),
    Listing.SUGGESTED: _("Suggérées"),
    Listing.ANSWERED: _("Vos réponses"),
    Listing.CLOSED: _("Closes"),
    Listing.ASIDE: _("Mises de côté"),
}


@dataclass(frozen=True)
class Line:
    """One row: an introduction, what the organisation answered, or was suggested."""

    other: Organisation
    introduction: Introduction | None = None
    interest: Interest | None = None
    is_our_turn: bool = False
    is_silent: bool = False
    unread: int = 0
    standing: Standing | None = None
    aside: SetAside | None = None


@dataclass(frozen=True)
class RelationPage:
    listing: Listing
    counts: dict[Listing, int]
    page: Page[Any]
    lines: list[Line]


def relation_page(
    organisation: Organisation, listing: Listing, *, viewer: Person, number: str | None
) -> RelationPage:
    """Return a page of one list, and how long each list is."""
    now = timezone.now()
    introductions = visible(viewer, Introduction.objects.of(organisation.pk))
    answers = visible(viewer, Interest.objects.live(now)).filter(
        organisation=organisation
    )
    suggested = received_by(organisation, viewer, now)
    left_out = set_aside(organisation, viewer=viewer)
    if listing in (Listing.OPEN, Listing.CLOSED):
        rows = introductions.annotate(**{UNREAD: unread_count(viewer)})
        page = _page(_introductions(rows, listing), number)
        lines = [_introduced(one, organisation) for one in page.object_list]
    elif listing is Listing.ASIDE:
        page = _page(left_out, number)
        lines = [Line(one.other, aside=one) for one in page.object_list]
    elif listing is Listing.SUGGESTED:
        page = _page(suggested.order_by("-delivered_at", "-pk"), number)
        lines = _suggested(page.object_list, organisation, viewer)
    else:
        page = _page(_answered(answers, listing), number)
        lines = [Line(one.other, interest=one) for one in page.object_list]
    counts = _counts(introductions, answers) | {
        Listing.SUGGESTED: suggested.count(),
        Listing.ASIDE: len(left_out),
    }
    return RelationPage(listing, counts, page, lines)


def with_both_sides(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """Load with each row its two organisations, and which of them wrote last."""
    messages = Message.objects.filter(
        conversation__introduction=OuterRef("pk"), withdrawn_at=None
    )
    last = messages.order_by("-sent_at", "-pk").values("organisation")[:1]
    rows = rows.select_related("low__seat", "high__seat")
    return rows.annotate(**{LAST_WRITER: Subquery(last)})


def turn_of(introduction: Introduction, own: Organisation) -> tuple[bool, bool]:
    """Tell whether it is for ``own`` to write, and whether nobody wrote yet."""
    writer_id = getattr(introduction, LAST_WRITER)
    return writer_id != own.pk, writer_id is None


def _page(rows: QuerySet[Any] | list[Any], number: str | None) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(number)


def _introductions(
    rows: QuerySet[Introduction], listing: Listing
) -> QuerySet[Introduction]:
    """Keep those of the list: what is to be read first, then the newest."""
    is_open = Q(state=Introduction.State.OPEN)
    to_read = Case(When(**{f"{UNREAD}__gt": 0}, then=0), default=1)
    if listing is Listing.OPEN:
        rows = rows.filter(is_open).order_by(to_read, "-opened_at", "-pk")
    else:
        rows = rows.exclude(is_open).order_by(to_read, "-closed_at", "-pk")
    return with_both_sides(rows)


def _answered(rows: QuerySet[Interest], listing: Listing) -> QuerySet[Interest]:
    wanted = Q(answer=Answer.PROPOSED)
    rows = rows.filter(wanted if listing is Listing.PROPOSED else ~wanted)
    rows = rows.order_by("-answered_at", "-pk")
    return rows.select_related("other__seat", "by")


def _introduced(introduction: Introduction, own: Organisation) -> Line:
    is_our_turn, is_silent = turn_of(introduction, own)
    return Line(
        introduction.other_than(own),
        introduction=introduction,
        is_our_turn=is_our_turn,
        is_silent=is_silent,
        unread=getattr(introduction, UNREAD),
    )


def _suggested(
    rows: Iterable[Suggestion], own: Organisation, viewer: Person
) -> list[Line]:
    others = [one.other_than(own.pk) for one in rows]
    known = standings(own, others, viewer=viewer)
    return [Line(other, standing=known[other.pk]) for other in others]


def _counts(
    introductions: QuerySet[Introduction], answers: QuerySet[Interest]
) -> dict[Listing, int]:
    is_open = Q(state=Introduction.State.OPEN)
    is_proposed = Q(answer=Answer.PROPOSED)
    opened = introductions.aggregate(
        open=Count("pk", filter=is_open), closed=Count("pk", filter=~is_open)
    )
    said = answers.aggregate(
        proposed=Count("pk", filter=is_proposed),
        answered=Count("pk", filter=~is_proposed),
    )
    return {
        Listing.OPEN: opened["open"],
        Listing.PROPOSED: said["proposed"],
        Listing.ANSWERED: said["answered"],
        Listing.CLOSED: opened["closed"],
    }
