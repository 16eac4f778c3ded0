"""Who acts in a territory, on what; and what a person did last."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.policy import Person, visible
from alliances.enums import ActorKind, FragilityDomain, Part
from alliances.models import Intention, IntentionDomain, Organisation
from alliances.models.organisation import OrganisationQuerySet
from alliances.policy import catalysing
from alliances.selectors.directory import Search, found, ordered
from notifications.selectors import unread_of
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
    kinds, first = (_read if search.is_local else _counted)(organisations, search)
    return Actors(
        count=kinds.total(),
        kinds=tuple(
            Tally(kind.value, str(kind.label), kinds[kind])
            for kind in ActorKind
            if kind in kinds
        ),
        domains=_domains(person, search),
        first=tuple(first),
    )


def organisations_of(user: User) -> list[Organisation]:
    """Return the organisations that ``user`` acts for, the last edited first."""
    mine = Organisation.objects.active().filter(memberships__user=user)
    return list(visible(user, mine).for_list().order_by("-updated_at", "pk"))


@dataclass(frozen=True)
class Waiting:
    """What every page asks about the person who reads it."""

    unread: int
    catalyses: bool


def waiting_of(person: User) -> Waiting:
    """Count unread news and tell who looks after a territory, in one query."""
    counted = unread_of(person).order_by().values("user").annotate(n=Count("pk"))
    asked = User.objects.filter(pk=person.pk).values_list(
        Coalesce(Subquery(counted.values("n")), 0), Exists(catalysing(person))
    )
    return Waiting(*(asked.first() or (0, False)))


def _read(
    organisations: OrganisationQuerySet, search: Search
) -> tuple[Counter[str], list[Organisation]]:
    """Count by kind and name the nearest, from every key: one search, not two."""
    rows = list(ordered(organisations, search).values_list("pk", "kind"))
    shown = [pk for pk, _ in rows[:SHOWN_ACTORS]]
    named = Organisation.objects.for_list().in_bulk(shown)
    return Counter(kind for _, kind in rows), [named[pk] for pk in shown if pk in named]


def _counted(
    organisations: OrganisationQuerySet, search: Search
) -> tuple[Counter[str], list[Organisation]]:
    """Do the same for the whole country, where the database counts and cuts better."""
    rows = organisations.order_by().values_list("kind").annotate(Count("pk"))
    first = ordered(organisations.for_list(), search)[:SHOWN_ACTORS]
    return Counter(dict(rows)), list(first)


def _domains(person: Person, search: Search) -> tuple[Tally, ...]:
    """Count organisations by domain of the intentions that hold in the territory.

    Those of an organisation that is there, or that act there: a union, that indexes
    answer, where an OR would read every intention.
    """
    intentions = visible(person, Intention.objects.public())
    shown = visible(person, Organisation.objects.active())
    lines = IntentionDomain.objects.filter(
        weight__gt=0,
        intention__organisation__in=shown.showing(Part.PLACES).showing(Part.DOMAINS),
    )
    if search.is_local:
        based = Organisation.objects.based_in(search.communes).values("pk")
        there = intentions.filter(organisation__in=based).values("pk")
        acting = intentions.acting_on(search.communes).values("pk")
        lines = lines.filter(intention__in=there.union(acting))
    else:
        lines = lines.filter(intention__in=intentions)
    rows = lines.values_list("domain").annotate(
        count=Count("intention__organisation", distinct=True)
    )
    labels = dict(FragilityDomain.choices)
    return tuple(
        Tally(code, str(labels[code]), count)
        for code, count in rows.order_by("-count", "domain")
        if code in labels
    )
