"""What a catalyst follows after a session: how far each pair is, and who is silent.

Only pairs that both want to go on, or that hold a card, are there: nothing tells a no
from an answer that has not come.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.policy import Person, visible
from alliances.enums import ActorKind
from rendezvous.enums import Stage
from rendezvous.models import Commitment, FollowUp, Session, Signature

PAGE_SIZE = 30
SILENT_AFTER = dt.timedelta(days=14)
BOTH = 2
TO_HANDLE, GOING, STALLED, ENDED = "a-traiter", "en-cours", "a-l-arret", "terminees"
SORTS = {
    TO_HANDLE: _("À traiter"),
    GOING: _("En cours"),
    STALLED: _("À l’arrêt"),
    ENDED: _("Terminées"),
}


@dataclass(frozen=True)
class Tab:
    """A sort of follow-ups, and how many there are."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Care:
    """A page of the follow-ups of a session, and what to filter them by."""

    tabs: list[Tab]
    kinds: list[ActorKind]
    sort: str
    kind: str
    page: "Page[Any]"


def care_of(
    session: Session, viewer: Person, *, sort: str, kind: str, number: str | None
) -> Care:
    """Return the follow-ups of a session for its catalyst, the oldest silence first."""
    rows = _sorted(session, viewer)
    counts = dict(
        rows.order_by().values_list("sort").annotate(count=Count("pk", distinct=True))
    )
    chosen = sort if sort in SORTS else next((s for s in SORTS if s in counts), "")
    wanted = kind if kind in ActorKind.values else ""
    found = rows.filter(sort=chosen)
    if wanted:
        found = found.filter(Q(low__kind=wanted) | Q(high__kind=wanted))
    ordered = found.select_related("low__organisation", "high__organisation").defer(
        "low__organisation__search_vector", "high__organisation__search_vector"
    )
    page = Paginator(
        ordered.order_by(F("answered_at").asc(nulls_first=True), "pk"), PAGE_SIZE
    )
    return Care(
        [
            Tab(code, str(label), counts.get(code, 0), code == chosen)
            for code, label in SORTS.items()
        ],
        _kinds(session),
        chosen,
        wanted,
        page.get_page(number),
    )


def _kinds(session: Session) -> list[ActorKind]:
    known = set(session.capacities.values_list("kind", flat=True))
    return [one for one in ActorKind if one in known]


def _sorted(session: Session, viewer: Person) -> QuerySet[Any]:
    """Return the follow-ups, each with its sort and the state of its card, not its words."""
    now = timezone.now()
    cards = Commitment.objects.filter(followup=OuterRef("pk")).order_by("-version")
    signed = (
        Signature.objects.filter(commitment=OuterRef("card"))
        .order_by()
        .values("commitment")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = visible(viewer, FollowUp.objects.filter(session=session))
    return rows.annotate(
        card=Subquery(cards.values("pk")[:1]),
        card_due_on=Subquery(cards.values("due_on")[:1]),
    ).annotate(signed=Subquery(signed), sort=_sort(now))


def _sort(now: dt.datetime) -> Case:
    is_silent = Q(asked_at__lte=now - SILENT_AFTER) & (
        Q(answered_at=None) | Q(answered_at__lt=F("asked_at"))
    )
    is_late = Q(card_due_on__lt=timezone.localdate(now), stage=Stage.NOTHING)
    waits = Q(mutual_at=None) | Q(is_disputed=True) | is_late
    return Case(
        When(ended_at__isnull=False, then=Value(ENDED)),
        When(is_silent, then=Value(STALLED)),
        When(waits, then=Value(TO_HANDLE)),
        default=Value(GOING),
    )
