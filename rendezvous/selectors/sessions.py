"""Sessions as pages list and show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.policy import Person, visible
from alliances.enums import ActorKind
from alliances.models import Organisation
from alliances.policy.roles import territories_of
from rendezvous.enums import RegistrationState
from rendezvous.models import Capacity, Registration, Session
from rendezvous.wording import KIND_WORDS
from territories.models import Containment, Territory

PAGE_SIZE = 20


@dataclass(frozen=True)
class Balance:
    """How many organisations of a kind have a place, and how many may."""

    kind: ActorKind
    places: int
    confirmed: int
    waiting: int = 0

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def lacking(self) -> str:
        """What there is not enough of, in words that agree with the number."""
        one, several = KIND_WORDS[self.kind]
        return str(one if self.free == 1 else several)

    @property
    def free(self) -> int:
        return max(self.places - self.confirmed, 0)

    @property
    def share_pct(self) -> float:
        return 100 * min(self.confirmed / self.places, 1.0)


@dataclass(frozen=True)
class Announced:
    """A session in a list; ``coming``: how many organisations have a place."""

    session: Session
    coming: int
    places: int


def coming_sessions(
    viewer: Person, *, territory: Territory | None, number: str | None
) -> "tuple[Page[Any], list[Announced]]":
    """Return a page of the sessions that are announced, the soonest first."""
    rows = Session.objects.coming(timezone.now())
    if territory is not None:
        rows = rows.filter(_meeting(territory))
    found = visible(viewer, rows).select_related("territory")
    page = Paginator(found.order_by("begins_at", "pk"), PAGE_SIZE).get_page(number)
    return page, _announced(page.object_list)


def own_coming(viewer: Person) -> list[Registration]:
    """Return the places and turns of one's organisations, the soonest session first."""
    if not viewer.is_authenticated:
        return []
    mine = Organisation.objects.filter(memberships__user=viewer.pk)
    rows = Registration.objects.live().filter(
        organisation__in=mine.values("pk"),
        session__in=Session.objects.coming(timezone.now()).values("pk"),
    )
    found = visible(viewer, rows).select_related("session__territory", "organisation")
    return list(
        found.defer("organisation__search_vector").order_by("session__begins_at", "pk")
    )


def prepared_sessions(
    person: Person, number: str | None
) -> "tuple[Page[Any], list[Announced]]":
    """Return a page of the sessions of a catalyst's territories, the last first."""
    rows = Session.objects.filter(territory__in=territories_of(person))
    found = visible(person, rows).select_related("territory")
    page = Paginator(found.order_by("-begins_at", "-pk"), PAGE_SIZE).get_page(number)
    return page, _announced(page.object_list)


def mandated_territories(person: Person) -> QuerySet[Territory]:
    """Return the territories for which a catalyst may hold sessions."""
    found = Territory.objects.filter(pk__in=territories_of(person))
    return found.order_by("name", "pk")


def balance_of(session: Session) -> list[Balance]:
    """Return what is taken and what is left, by kind: figures for everybody."""
    counts = Counter(
        {
            (kind, state): count
            for kind, state, count in Registration.objects.live()
            .filter(session=session)
            .order_by()
            .values_list("kind", "state")
            .annotate(count=Count("pk"))
        }
    )
    capacities = Capacity.objects.filter(session=session)
    by_kind = {one.kind: one.places for one in capacities}
    return [
        Balance(
            kind,
            by_kind[kind],
            counts[kind, RegistrationState.CONFIRMED],
            counts[kind, RegistrationState.WAITING],
        )
        for kind in ActorKind
        if kind in by_kind
    ]


def own_registrations_in(
    session: Session, viewer: Person
) -> list[tuple[Organisation, Registration | None]]:
    """Return the organisations that ``viewer`` acts for, each with its registration."""
    mine = Organisation.objects.filter(memberships__user=viewer.pk)
    own = list(visible(viewer, mine).for_list().order_by("search_key", "pk"))
    rows = Registration.objects.filter(session=session, organisation__in=own)
    found = {one.organisation_id: one for one in visible(viewer, rows)}
    return [(one, found.get(one.pk)) for one in own]


def _meeting(territory: Territory) -> Q:
    """The sessions of a territory, of what holds it and of what it holds."""
    if territory.kind == Territory.Kind.COUNTRY:
        return Q()
    communes = Containment.objects.filter(territory=territory).values("commune")
    around = Containment.objects.filter(commune__in=communes).values("territory")
    return Q(territory=territory) | Q(territory__in=around)


def _announced(sessions: Iterable[Session]) -> list[Announced]:
    """Count places in one query for all."""
    rows = list(sessions)
    ids = [one.pk for one in rows]
    taken: Counter[int] = Counter(
        Registration.objects.confirmed()
        .filter(session__in=ids)
        .values_list("session", flat=True)
    )
    places: Counter[int] = Counter()
    capacities = Capacity.objects.filter(session__in=ids)
    for session_id, count in capacities.values_list("session", "places"):
        places[session_id] += count
    return [Announced(one, taken[one.pk], places[one.pk]) for one in rows]
