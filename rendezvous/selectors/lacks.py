"""Who is missing, by kind and by subject, and whom the directory would bring.

Only what everybody reads counts: neither who hides where they are nor what is said in
secret would be found out. Who accepts no solicitation is left in peace; what is left of
the others' month is for them alone, and changes nothing here.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.policy import Person, visible
from alliances.enums import FragilityDomain, Part
from alliances.models import (
    Intention,
    IntentionDomain,
    Organisation,
    OrganisationQuerySet,
)
from rendezvous.models import KindPair, Registration, Session, SessionInvitation
from rendezvous.selectors.sessions import Balance
from territories.models import Containment

CANDIDATES = 5
SUBJECTS = 2
By = dict[str, Counter[str]]


@dataclass(frozen=True)
class Subject:
    """A domain that others who come work on, more than this kind does."""

    domain: FragilityDomain
    others: int
    own: int

    @property
    def label(self) -> str:
        return str(self.domain.label)


@dataclass(frozen=True)
class Lack:
    """A kind with places left, on which subjects, and whom the directory would bring."""

    balance: Balance
    subjects: list[Subject]
    candidates: list[Organisation]


def lacks_of(
    session: Session, viewer: Person, balances: list[Balance], means: list[str]
) -> list[Lack]:
    """Return who is missing; ``means`` are those that nobody who comes brings."""
    lacking = [one for one in balances if one.free and not one.waiting]
    if not lacking:
        return []
    carried = _carried(session, viewer)
    partners = _partners(session)
    found = []
    for balance in lacking:
        pool = invitable(session, viewer).filter(kind=balance.kind)
        subjects = _subjects(balance, carried, partners[balance.kind], pool)
        found.append(Lack(balance, subjects, _candidates(pool, subjects, means)))
    return found


def invitable(session: Session, viewer: Person) -> OrganisationQuerySet:
    """Return those of the place that neither come nor were invited."""
    come = Registration.objects.live().filter(session=session)
    invited = SessionInvitation.objects.filter(session=session)
    found = _of_the_place(session).exclude(pk__in=come.values("organisation"))
    found = found.exclude(pk__in=visible(viewer, invited).values("organisation"))
    return visible(viewer, found)


def _of_the_place(session: Session) -> OrganisationQuerySet:
    communes = Containment.objects.filter(territory=session.territory_id)
    here = Q(seat=session.territory_id) | Q(seat__in=communes.values("commune"))
    found = Organisation.objects.active().showing(Part.PLACES).filter(here)
    return found.filter(solicitation_budget__gt=0)


def _carried(session: Session, viewer: Person) -> By:
    """Count, by kind, those who come for each domain that they let everybody read."""
    rows = Registration.objects.confirmed().filter(session=session)
    rows = rows.exclude(organisation__hidden_parts__contains=[Part.DOMAINS])
    said = visible(viewer, rows.exclude(intention=None))
    kinds = dict(said.values_list("intention", "kind"))
    lines = IntentionDomain.objects.filter(
        intention__in=Intention.objects.public().filter(pk__in=kinds), weight__gt=0
    )
    found: By = defaultdict(Counter)
    for intention, domain in lines.values_list("intention", "domain"):
        found[kinds[intention]][domain] += 1
    return found


def _partners(session: Session) -> dict[str, set[str]]:
    """Return the kinds that each kind meets, its own apart."""
    found: dict[str, set[str]] = defaultdict(set)
    for low, high in KindPair.objects.filter(session=session).values_list(
        "low", "high"
    ):
        if low != high:
            found[low].add(high)
            found[high].add(low)
    return found


def _subjects(
    balance: Balance, carried: By, partners: set[str], pool: OrganisationQuerySet
) -> list[Subject]:
    """Return the domains that lack most, among those that the directory would bring."""
    others: Counter[str] = sum((carried[kind] for kind in partners), Counter())
    own = carried[balance.kind]
    brought = set(
        IntentionDomain.objects.filter(
            intention__in=Intention.objects.public(),
            intention__organisation__in=pool.showing(Part.DOMAINS).values("pk"),
            weight__gt=0,
        ).values_list("domain", flat=True)
    )
    lines = [
        Subject(FragilityDomain(code), count, own[code])
        for code, count in others.items()
        if code in brought and count > own[code]
    ]
    lines.sort(key=lambda one: (one.own - one.others, one.domain))
    return lines[:SUBJECTS]


def _candidates(
    pool: OrganisationQuerySet, subjects: list[Subject], means: list[str]
) -> list[Organisation]:
    """Return the best to invite: on what lacks, then with what nobody brings."""
    public = Q(intentions__in=Intention.objects.public())
    codes = [one.domain.value for one in subjects]
    on_subject = Count(
        "intentions__domains__domain",
        distinct=True,
        filter=Q(
            intentions__domains__domain__in=codes, intentions__domains__weight__gt=0
        )
        & public
        & ~Q(hidden_parts__contains=[Part.DOMAINS]),
    )
    brought = Count(
        "intentions__offers__means",
        distinct=True,
        filter=Q(intentions__offers__means__in=means)
        & public
        & ~Q(hidden_parts__contains=[Part.MEANS]),
    )
    ranked = pool.for_list().annotate(on_subject=on_subject, brought=brought)
    ordered = ranked.order_by("-on_subject", "-brought", "search_key", "pk")
    return list(ordered[:CANDIDATES])
