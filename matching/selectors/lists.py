"""The lists that pages show: narrowed, by pages, and several pairs at once.

Built on ``matching.selectors.proposals``, which says who may read what.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.utils import timezone

from accounts.policy import Person, can, visible
from alliances.enums import Part
from alliances.models import Intention, Organisation
from alliances.search_words import MAX_WORDS
from alliances.selectors.aside import Aside, aside_of
from alliances.selectors.projects import proposed_projects
from matching.models import Run
from matching.selectors.asked import Asked, Trial, Zone
from matching.selectors.cards import Card, Figures, cards
from matching.selectors.moves import Move, moves_of
from matching.selectors.proposals import (
    SHOWN,
    best_figures,
    for_project,
    stored_figures,
)
from territories.search_text import search_key

if TYPE_CHECKING:
    from matching.selectors.trials import Tried

NAMED = 12
SEVERAL = 2


@dataclass(frozen=True)
class ProposalPage:
    """One page of the partners of an organisation.

    ``is_public``: told from public parts only. ``unfiltered`` counts the partners
    before kinds and domains. ``moves``: by organisation, when weights are tried.
    ``aside``: whom the list leaves out, for members.
    """

    organisation: Organisation
    page: "Page[Figures]"
    cards: list[Card]
    is_public: bool
    unfiltered: int
    moves: Mapping[int, Move] = field(default_factory=dict)
    aside: Aside = field(default_factory=Aside)

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
    tried = _tried(organisation, is_member, asked.zone, asked.trial)
    if tried is None:
        found = _figures(organisation, viewer, is_member, asked.zone)
    else:
        found = [one.now for one in tried if one.is_listed]
    aside = aside_of(organisation, viewer=viewer)
    found = for_project(found, asked.project)
    best = best_figures(found, asked.type_code, without=aside.organisation_ids)
    kept = _narrowed(best, asked, is_member=is_member)
    page = Paginator(kept, SHOWN).get_page(number)
    return ProposalPage(
        organisation=organisation,
        page=page,
        cards=_cards(list(page.object_list), is_member, asked.type_code, asked.trial),
        is_public=not is_member,
        unfiltered=len(best),
        moves=_moves(kept, tried, asked, aside, is_member=is_member) if tried else {},
        aside=aside,
    )


def pair_cards(
    own: Organisation, others: Sequence[Organisation], *, viewer: Person, asked: Asked
) -> dict[int, Card]:
    """Return the cards of those of ``others`` that are proposed, by primary key.

    Between two organisations, the best pair of projects; or of the one asked for alone.

    A type for which a pair is not proposed gives way to the one that names the pair.
    """
    is_member = can(viewer, "matching.view_proposals", own)
    owner = dict(
        Intention.objects.filter(organisation__in=others).values_list(
            "pk", "organisation_id"
        )
    )
    tried = _tried(own, is_member, asked.zone, asked.trial)
    if tried is None:
        everything = _figures(own, viewer, is_member, asked.zone)
    else:
        everything = [one.now for one in tried]
    everything = for_project(everything, asked.project)
    found = [one for one in everything if one.partner_id in owner]
    code = asked.type_code
    typed = [one for one in found if code and one.score(code) is not None]
    known = {owner[one.partner_id] for one in typed}
    rest = [one for one in found if owner[one.partner_id] not in known]
    made = [
        *_cards(best_figures(typed, code), is_member, code, asked.trial),
        *_cards(best_figures(rest, ""), is_member, "", asked.trial),
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
    return live_figures(organisation, audience, day, zone=zone)


def _tried(
    organisation: Organisation, is_member: bool, zone: Zone | None, trial: Trial | None
) -> "list[Tried] | None":
    """Return the best pairs under the weights that are tried; None without any."""
    if trial is None:
        return None
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy
    from matching.selectors.trials import tried_pairs  # noqa: PLC0415 - NumPy

    audience = Audience.PARTNERS if is_member else Audience.PUBLIC
    day = timezone.localdate()
    return tried_pairs(organisation, audience, day, trial, zone=zone)


def _moves(
    now: list[Figures],
    tried: "list[Tried]",
    asked: Asked,
    aside: Aside,
    *,
    is_member: bool,
) -> dict[int, Move]:
    """Compare with the list that the same question has under the platform's weights."""
    scored = for_project([one.former for one in tried], asked.project)
    was_listed = [one.former for one in tried if one.was_listed]
    former = best_figures(
        for_project(was_listed, asked.project),
        asked.type_code,
        without=aside.organisation_ids,
    )
    former = _narrowed(former, asked, is_member=is_member)
    return moves_of(now, former, scored, asked.type_code)


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


def _cards(
    figures: Sequence[Figures], is_member: bool, type_code: str, trial: Trial | None
) -> list[Card]:
    if not figures:
        return []
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    audience = Audience.PARTNERS if is_member else Audience.PUBLIC
    weights = trial.weights if trial else None
    return cards(figures, audience=audience, type_code=type_code, weights=weights)


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


def configuration_version() -> str:
    """Return the version of the weights that pages are told with."""
    from matching.selectors.pairs import configuration_in_use  # noqa: PLC0415 - NumPy

    return configuration_in_use().version
