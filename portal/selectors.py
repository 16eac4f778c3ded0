"""Who acts in a territory, on what; and what a person did last."""

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from accounts.policy import Person, visible
from alliances.enums import ActorKind, FragilityDomain, Part
from alliances.models import Intention, IntentionDomain, Organisation
from alliances.models.organisation import OrganisationQuerySet
from alliances.selectors.directory import Search, found, ordered
from territories.models import Territory

SHOWN_ACTORS = 6


@dataclass(frozen=True)
class Tally:
    """A code of the domain (a kind, a fragility domain) and how many act so."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Actors:
    """Who acts in a territory: counted as the directory would find them."""

    count: int
    kinds: tuple[Tally, ...]
    domains: tuple[Tally, ...]
    first: tuple[Organisation, ...]


def actors(person: Person, territory: Territory) -> Actors:
    """Count those who act in ``territory``, and name the nearest of its centre.

    Only what ``person`` may see is counted, and an organisation that hides its places
    or its domains is found out by neither.
    """
    search = Search(territory=territory)
    organisations = found(visible(person, Organisation.objects.active()), search)
    kinds = _kinds(organisations)
    first = ordered(organisations.for_list(), search)[:SHOWN_ACTORS]
    return Actors(
        count=sum(tally.count for tally in kinds),
        kinds=kinds,
        domains=_domains(person, organisations, search),
        first=tuple(first),
    )


def organisations_of(user: User) -> list[Organisation]:
    """Return the organisations that ``user`` acts for, the last edited first."""
    mine = Organisation.objects.active().filter(memberships__user=user)
    return list(visible(user, mine).for_list().order_by("-updated_at", "pk"))


def _kinds(organisations: OrganisationQuerySet) -> tuple[Tally, ...]:
    rows = organisations.order_by().values_list("kind").annotate(Count("pk"))
    counts = dict(rows)
    return tuple(
        Tally(kind.value, str(kind.label), counts[kind])
        for kind in ActorKind
        if kind in counts
    )


def _domains(
    person: Person, organisations: OrganisationQuerySet, search: Search
) -> tuple[Tally, ...]:
    """Count organisations by domain of the intentions that hold in the territory."""
    intentions = visible(person, Intention.objects.public())
    lines = IntentionDomain.objects.filter(
        weight__gt=0,
        intention__in=intentions,
        intention__organisation__in=organisations.showing(Part.DOMAINS),
    )
    if search.is_local:
        based = Organisation.objects.based_in(search.communes).values("pk")
        acting = intentions.acting_on(search.communes).values("pk")
        lines = lines.filter(
            Q(intention__organisation__in=based) | Q(intention__in=acting)
        )
    rows = lines.values_list("domain").annotate(
        count=Count("intention__organisation", distinct=True)
    )
    labels = dict(FragilityDomain.choices)
    return tuple(
        Tally(code, str(labels[code]), count)
        for code, count in rows.order_by("-count", "domain")
        if code in labels
    )
