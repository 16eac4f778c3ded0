"""The lists that pages show: narrowed, by pages, and several pairs at once.

Built on ``matching.selectors.proposals``, which says who may read what.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils import timezone

from accounts.policy import Person, can, visible
from alliances.enums import FragilityDomain, Part
from alliances.models import Intention, Organisation
from alliances.policy import shown_to_all
from alliances.search_words import MAX_WORDS
from alliances.selectors.places import distance_km as km_between
from alliances.selectors.projects import proposed_projects
from matching.models import Run
from matching.selectors.cards import Card, Figures, cards
from matching.selectors.proposals import (
    SHOWN,
    best_figures,
    for_project,
    stored_figures,
)
from territories.models import Territory
from territories.search_text import search_key

NAMED = 12
SEVERAL = 2


@dataclass(frozen=True)
class Zone:
    """Where partners act: a territory, or what lies around its centre."""

    territory: Territory
    radius_km: int | None = None


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; empty for everything."""

    type_code: str = ""
    zone: Zone | None = None
    kinds: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    project: Intention | None = None


@dataclass(frozen=True)
class ProposalPage:
    """One page of the partners of an organisation.

    ``is_public``: told from public parts only. ``unfiltered`` counts the partners
    before kinds and domains.
    """

    organisation: Organisation
    page: "Page[Figures]"
    cards: list[Card]
    is_public: bool
    unfiltered: int

    @property
    def count(self) -> int:
        return self.page.paginator.count


def proposal_page(
    organisation: Organisation,
    *,
    viewer: Person,
    asked: Asked,
    number: str | None = None,
) -> ProposalPage:
    """Return a page of the best partners, as ``viewer`` may see them."""
    is_member = can(viewer, "matching.view_proposals", organisation)
    found = _figures(organisation, viewer, is_member, asked.zone)
    found = for_project(found, asked.project)
    best = best_figures(found, asked.type_code)
    kept = _narrowed(best, asked, is_member=is_member)
    page = Paginator(kept, SHOWN).get_page(number)
    return ProposalPage(
        organisation=organisation,
        page=page,
        cards=_cards(list(page.object_list), is_member, asked.type_code),
        is_public=not is_member,
        unfiltered=len(best),
    )


def pair_cards(
    own: Organisation,
    others: Sequence[Organisation],
    *,
    viewer: Person,
    type_code: str = "",
    zone: Zone | None = None,
    project: Intention | None = None,
) -> dict[int, Card]:
    """Return the cards of those of ``others`` that are proposed, by primary key.

    Between two organisations, the best pair of projects; or of ``project`` alone.

    A type for which a pair is not proposed gives way to the one that names the pair.
    """
    is_member = can(viewer, "matching.view_proposals", own)
    owner = dict(
        Intention.objects.filter(organisation__in=others).values_list(
            "pk", "organisation_id"
        )
    )
    everything = for_project(_figures(own, viewer, is_member, zone), project)
    found = [one for one in everything if one.partner_id in owner]
    typed = [one for one in found if type_code and one.score(type_code) is not None]
    known = {owner[one.partner_id] for one in typed}
    rest = [one for one in found if owner[one.partner_id] not in known]
    made = [
        *_cards(best_figures(typed, type_code), is_member, type_code),
        *_cards(best_figures(rest, ""), is_member, ""),
    ]
    return {card.organisation.pk: card for card in made}


def _figures(
    organisation: Organisation, viewer: Person, is_member: bool, zone: Zone | None
) -> list[Figures]:
    """Return what is stored for members; what is computed at once otherwise."""
    day = timezone.localdate()
    if is_member and zone is None:
        return stored_figures(organisation, viewer, day)
    from matching.selectors.live import live_figures  # noqa: PLC0415 - NumPy
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    audience = Audience.PARTNERS if is_member else Audience.PUBLIC
    if zone is None:
        return live_figures(organisation, audience, day)
    return live_figures(
        organisation,
        audience,
        day,
        territory=zone.territory,
        radius_km=zone.radius_km,
    )


def projects_between(
    own: Organisation, other: Organisation, *, viewer: Person, zone: Zone | None = None
) -> list[Intention]:
    """Return the projects of ``own`` that ``other`` is proposed for; none when alone."""
    mine = proposed_projects(own, timezone.localdate())
    if len(mine) < SEVERAL:
        return []
    is_member = can(viewer, "matching.view_proposals", own)
    found = _figures(own, viewer, is_member, zone)
    theirs = set(
        Intention.objects.filter(organisation=other).values_list("pk", flat=True)
    )
    met = {one.own_id for one in found if one.partner_id in theirs}
    return [one for one in mine if one.pk in met]


def _cards(figures: Sequence[Figures], is_member: bool, type_code: str) -> list[Card]:
    if not figures:
        return []
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    audience = Audience.PARTNERS if is_member else Audience.PUBLIC
    return cards(figures, audience=audience, type_code=type_code)


def _narrowed(
    found: Iterable[Figures], asked: Asked, *, is_member: bool
) -> list[Figures]:
    found = list(found)
    if not (asked.kinds or asked.domains):
        return found
    partners = Intention.objects.filter(pk__in=[one.partner_id for one in found])
    if asked.kinds:
        partners = partners.filter(organisation__kind__in=asked.kinds)
    if asked.domains:
        shown = Organisation.objects.active().showing(Part.DOMAINS)
        partners = partners.on_domain(*asked.domains).filter(organisation__in=shown)
    kept = set(partners.values_list("pk", flat=True))
    return [one for one in found if one.partner_id in kept]


def distance_km(card: Card, *, is_public: bool) -> float | None:
    """Return the distance between the two seats when both may be read and are known."""
    own = card.own_intention.organisation
    is_known = Part.PLACES in card.parts and (
        not is_public or Part.PLACES in shown_to_all(own)
    )
    here, there = own.seat, card.organisation.seat
    if not is_known or here is None or there is None:
        return None
    return km_between(here, there)


def computed_at() -> dt.datetime | None:
    """Return when proposals were last computed, None before the first time."""
    done = Run.objects.filter(state=Run.State.DONE).order_by("-finished_at")
    return done.values_list("finished_at", flat=True).first()


def organisations_named(text: str, *, viewer: Person) -> list[Organisation]:
    """Return those whose name holds every word of ``text``, a few of them."""
    words = search_key(text).split()[:MAX_WORDS]
    if not words:
        return []
    found = visible(viewer, Organisation.objects.active())
    for word in words:
        found = found.filter(search_key__contains=word)
    return list(found.for_list().order_by("search_key", "pk")[:NAMED])


def common_domains(card: Card, *, is_public: bool) -> list[str]:
    """Return the labels of the domains of both sides that the reader may see."""
    own = card.own_intention.organisation
    is_shown = not is_public or Part.DOMAINS in shown_to_all(own)
    if not is_shown or Part.DOMAINS not in card.parts:
        return []
    mine, theirs = (
        {line.domain: line.weight for line in intention.domains.all() if line.weight}
        for intention in (card.own_intention, card.intention)
    )
    shared = sorted(
        set(mine) & set(theirs), key=lambda code: -mine[code] * theirs[code]
    )
    labels = dict(FragilityDomain.choices)
    return [str(labels[code]) for code in shared]


def configuration_version() -> str:
    """Return the version of the weights that pages are told with."""
    from matching.selectors.pairs import configuration_in_use  # noqa: PLC0415 - NumPy

    return configuration_in_use().version
