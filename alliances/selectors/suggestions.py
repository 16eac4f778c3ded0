"""What catalysts suggest: as they read it, and as both organisations do."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from accounts.models import User
from accounts.policy import Person, visible
from alliances.enums import MandateRole, Part
from alliances.models import (
    Interest,
    Mandate,
    Membership,
    Organisation,
    OrganisationQuerySet,
    Suggestion,
)
from alliances.search_words import search_words
from alliances.selectors.openings import may_be_introduced
from alliances.selectors.solicitations import has_room_for_catalysts, month_bounds
from territories.models import Containment, Territory

PAGE_SIZE = 20
MONTHLY_SUGGESTIONS = 20
Sort = Suggestion.Sort


# What a catalyst reads.


def suggestions_left(person: User, now: dt.datetime) -> int:
    """Return how many more a catalyst may make this month; rows are counted."""
    begins, ends = month_bounds(timezone.localdate(now))
    made = Suggestion.objects.filter(
        by=person, created_at__gte=begins, created_at__lt=ends
    ).count()
    return max(MONTHLY_SUGGESTIONS - made, 0)


def mandated_territory(
    person: User, one: Organisation, other: Organisation
) -> Territory | None:
    """Return the smallest territory of a catalyst that holds both seats."""
    held = _mandated(person).filter(pk__in=_around(one).values("pk"))
    held = held.filter(pk__in=_around(other).values("pk"))
    sized = held.annotate(communes=Count("containments"))
    return sized.order_by("communes", "pk").first()


def organisations_to_suggest(
    person: User, words: str, *, beside: Organisation | None = None
) -> OrganisationQuerySet:
    """Return those that a catalyst may suggest, found by name, in alphabetical order.

    Neither those that the catalyst belongs to, nor those that hide where they are, nor
    ``beside``, the first of the pair: nothing here depends on what it refuses, answered
    or has left.
    """
    territories = _mandated(person)
    if beside is not None:
        territories = territories.filter(pk__in=_around(beside).values("pk"))
    found = Organisation.objects.active().exclude(memberships__user=person)
    found = found.showing(Part.PLACES).filter(_seated_in(territories))
    if beside is not None:
        found = found.exclude(pk=beside.pk)
    sought = search_words(words)
    for number, word in enumerate(sought, start=1):
        found = found.writing(word, is_last=number == len(sought))
    return visible(person, found).for_list().order_by("search_key", "pk")


def belongs_to_either(person: User, sides: Collection[Organisation]) -> bool:
    return Membership.objects.filter(user=person, organisation__in=sides).exists()


@dataclass(frozen=True)
class Made:
    """A suggestion and what its author may know of it."""

    suggestion: Suggestion
    sort: Suggestion.Sort

    @property
    def is_waiting(self) -> bool:
        return self.sort == Sort.WAITING


@dataclass(frozen=True)
class MadePage:
    sort: Suggestion.Sort
    counts: dict[Suggestion.Sort, int]
    page: Page[Any]
    lines: list[Made]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def made_page(person: User, sort: Suggestion.Sort, number: str | None) -> MadePage:
    """Return what a catalyst suggested, of one sort, and how many of each there are."""
    now = timezone.now()
    rows = visible(person, Suggestion.objects.filter(by=person))
    conditions = _sorts(now)
    wanted = rows.filter(conditions[sort]).select_related(
        "low__seat", "high__seat", "territory"
    )
    page = Paginator(wanted.order_by("-created_at", "-pk"), PAGE_SIZE).get_page(number)
    counts = rows.aggregate(
        **{each.value: Count("pk", filter=q) for each, q in conditions.items()}
    )
    return MadePage(
        sort,
        {each: counts[each.value] for each in conditions},
        page,
        [Made(one, sort) for one in page.object_list],
    )


def _sorts(now: dt.datetime) -> dict[Suggestion.Sort, Q]:
    """The sorts of ``Suggestion.sort_at``, as conditions."""
    not_opened = Q(opened_at=None)
    withdrawn = Q(closed_at__lt=F("expires_at"))
    kept = Q(closed_at=None) | Q(closed_at__gte=F("expires_at"))
    return {
        Sort.WAITING: not_opened & kept & Q(expires_at__gt=now),
        Sort.OPENED: Q(opened_at__isnull=False),
        Sort.EXPIRED: not_opened & kept & Q(expires_at__lte=now),
        Sort.WITHDRAWN: not_opened & withdrawn,
    }


def _mandated(person: User) -> QuerySet[Territory]:
    mandates = Mandate.objects.filter(user=person, role=MandateRole.CATALYST)
    current = mandates.current(timezone.localdate())
    return Territory.objects.filter(pk__in=current.values("territory"))


def _around(organisation: Organisation) -> QuerySet[Territory]:
    """The commune of the seat and what contains it; nothing for who hides its places."""
    if Part.PLACES in organisation.hidden_parts:
        return Territory.objects.none()
    containing = Containment.objects.filter(commune=organisation.seat_id)
    return Territory.objects.filter(
        Q(pk=organisation.seat_id) | Q(pk__in=containing.values("territory"))
    )


def _seated_in(territories: QuerySet[Territory]) -> Q:
    communes = Containment.objects.filter(territory__in=territories.values("pk"))
    return Q(seat__in=territories.values("pk")) | Q(seat__in=communes.values("commune"))


# Whether it reaches the two organisations.


def may_be_delivered(
    suggestion: Suggestion, low: Organisation, high: Organisation, now: dt.datetime
) -> bool:
    """Tell whether both may read it now: neither reads what the other may not."""
    return (
        suggestion.by is not None
        and is_still_mandated(suggestion.by, low, high)
        and may_be_introduced(low, high, now)
        and has_room_for_catalysts((low, high), timezone.localdate(now))
    )


def is_still_mandated(person: User, low: Organisation, high: Organisation) -> bool:
    """Tell whether who suggested still looks after the place of both."""
    return person.is_active and mandated_territory(person, low, high) is not None


# What the members of one organisation read.


def received_by(
    organisation: Organisation, viewer: Person, now: dt.datetime
) -> QuerySet[Suggestion]:
    """Return the suggestions that wait for an answer or got one, not both yeses."""
    rows = Suggestion.objects.live(now).delivered().of(organisation.pk)
    wanted = visible(viewer, rows.filter(opened_at=None))
    return wanted.select_related("low__seat", "high__seat", "territory", "by")


def received_about(
    organisation: Organisation,
    others: Collection[Organisation],
    viewer: Person,
    now: dt.datetime,
) -> dict[int, Suggestion]:
    """Return the live suggestions about each of ``others``, by the other side."""
    ids = {one.pk for one in others}
    rows = received_by(organisation, viewer, now).filter(
        Q(low__in=ids) | Q(high__in=ids)
    )
    return {one.other_than(organisation.pk).pk: one for one in rows}


@dataclass(frozen=True)
class Answered:
    """How many suggestions an organisation received, and answered: its members' own."""

    received: int
    answered: int


def answered_of(organisation: Organisation, viewer: Person) -> Answered:
    """Count the suggestions that were not withdrawn; a no is an answer."""
    kept = Q(closed_at=None) | Q(closed_at__gte=F("expires_at"))
    rows = Suggestion.objects.delivered().of(organisation.pk).filter(kept)
    said = Interest.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=OuterRef("delivered_at")),
        organisation=organisation,
        other=OuterRef("peer_id"),
        answered_at__lte=OuterRef("expires_at"),
    ).exclude(answer=Interest.Answer.PROPOSED)
    side = Case(When(low=organisation.pk, then=F("high")), default=F("low"))
    told = visible(viewer, rows).annotate(peer_id=side)
    told = told.annotate(said=Exists(visible(viewer, said)))
    counts = told.aggregate(
        received=Count("pk"), answered=Count("pk", filter=Q(said=True))
    )
    return Answered(**counts)
