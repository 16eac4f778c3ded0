"""Proposals for pages. Every function takes the viewer and tells only what they may read.

* ``proposals_for(organisation, viewer=…, type_code="", territory=None, limit=20)``:
  the list of an organisation. Its members get the stored proposals in full; everybody
  else gets what ``public_proposals`` returns.
* ``public_proposals(organisation, …)``: ranked at once from public parts only.
* ``pair_view(own, other, viewer=…, type_code="")``: one pair in full detail, or None
  when it is not among the proposals (whatever the reason).
* ``why_not(own, other, viewer=…)``: sentences for a member of ``own`` when
  ``pair_view`` is None.
* ``progress_of(organisation, viewer=…)``: whether its proposals are being computed.

``Card`` (``matching.selectors.cards``): ``rank``, ``organisation`` (the partner, its
``seat`` loaded), ``intention``, ``own_intention``, ``parts``, ``type``, ``score``,
``figures`` (``type_scores``, ``confidence``, ``best_type``, ``named_type``), ``offers``,
``needs``, ``place``, ``story``. ``Story`` (``matching.explanations``): ``headline``,
``own`` and ``other`` (``score``, ``bars`` for ``components/component_bars.html``,
``receives``, ``brings``), ``type_sentences``, ``discuss``, ``points`` for
``components/points_to_discuss.html``.
"""

import datetime as dt
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.policy import Person, can, visible
from alliances.enums import PartnershipType
from alliances.models import Intention, Organisation
from alliances.selectors.aside import aside_of
from matching.models import TYPES, ChangedIntention, Proposal, Run
from matching.selectors.asked import Zone
from matching.selectors.balances import balanced_figures
from matching.selectors.cards import Card, Figures, cards
from matching.selectors.refusals import without_refusals
from matching.selectors.sides import best_type, named_type
from territories.models import Territory

SHOWN = 20
TIE_DECIMALS = 9  # as the kernel


@dataclass(frozen=True)
class Proposals:
    """A list for a page; ``is_public`` when it was made of public parts only."""

    organisation: Organisation
    cards: list[Card] = field(default_factory=list)
    is_public: bool = False

    def __len__(self) -> int:
        return len(self.cards)


def proposals_for(
    organisation: Organisation,
    *,
    viewer: Person,
    type_code: str = "",
    territory: Territory | None = None,
    project: Intention | None = None,
    limit: int = SHOWN,
) -> Proposals:
    """Return the best partners of ``organisation``, as ``viewer`` may see them.

    One line per partner, for their best pair of projects; with ``project``, that of
    the organisation is this one.

    In a territory, the list is computed at once: a stored list may be too short there.
    """
    if not can(viewer, "matching.view_proposals", organisation):
        return public_proposals(
            organisation,
            type_code=type_code,
            territory=territory,
            project=project,
            limit=limit,
        )
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    day = timezone.localdate()
    if territory is not None:
        from matching.selectors.live import live_figures  # noqa: PLC0415 - NumPy

        found = live_figures(organisation, Audience.PARTNERS, day, zone=Zone(territory))
    else:
        found = stored_figures(organisation, viewer, day)
    without = aside_of(organisation, viewer=viewer).organisation_ids
    best = best_figures(for_project(found, project), type_code, without=without)
    shown = cards(best[:limit], audience=Audience.PARTNERS, type_code=type_code)
    return Proposals(organisation, shown)


def public_proposals(
    organisation: Organisation,
    *,
    type_code: str = "",
    territory: Territory | None = None,
    project: Intention | None = None,
    limit: int = SHOWN,
) -> Proposals:
    """Return the best partners of ``organisation`` as public parts alone tell it."""
    from matching.selectors.live import live_figures  # noqa: PLC0415 - NumPy
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    day = timezone.localdate()
    zone = Zone(territory) if territory else None
    found = live_figures(organisation, Audience.PUBLIC, day, zone=zone)
    best = best_figures(for_project(found, project), type_code)[:limit]
    shown = cards(best, audience=Audience.PUBLIC, type_code=type_code)
    return Proposals(organisation, shown, is_public=True)


def pair_view(
    own: Organisation, other: Organisation, *, viewer: Person, type_code: str = ""
) -> Card | None:
    """Return everything about a pair that is proposed; None for any other pair."""
    from matching.selectors.population import Audience  # noqa: PLC0415 - NumPy

    day = timezone.localdate()
    if can(viewer, "matching.view_proposals", own):
        found = stored_figures(own, viewer, day, partner=other)
        found = found or balanced_figures(own, day, partner=other)
        audience = Audience.PARTNERS
    else:
        from matching.selectors.live import live_figures  # noqa: PLC0415 - NumPy

        partners = live_figures(own, Audience.PUBLIC, day)
        found = [one for one in partners if _belongs(one.partner_id, other)]
        audience = Audience.PUBLIC
    if type_code:
        found = [one for one in found if one.score(type_code) is not None]
    shown = cards(
        best_figures(found, type_code)[:1], audience=audience, type_code=type_code
    )
    return shown[0] if shown else None


def why_not(own: Organisation, other: Organisation, *, viewer: Person) -> list[str]:
    """Say why ``other`` is not proposed to ``own``, from its side and public data only.

    The same work is done and the same kind of answer given whether the cause is a
    refusal, a private datum of the other side, or its rank: only causes that the
    members of ``own`` could read by themselves are told, else one fixed sentence.
    """
    from matching.selectors.causes import causes  # noqa: PLC0415 - NumPy

    is_member = can(viewer, "matching.view_proposals", own)
    return causes(own, other, day=timezone.localdate(), is_member=is_member)


@dataclass(frozen=True)
class Progress:
    """How far the computation that concerns an organisation is, in parts of it."""

    is_waiting: bool
    done: int
    total: int

    @property
    def value_pct(self) -> int | None:
        return 100 * self.done // self.total if self.total else None


def progress_of(organisation: Organisation, *, viewer: Person) -> Progress | None:
    """Return where the computation stands, None when the proposals are up to date."""
    if not can(viewer, "matching.view_proposals", organisation):
        return None
    run = Run.objects.active().order_by("-state", "pk").first()
    if run is not None:
        return Progress(run.state == Run.State.QUEUED, run.parts_done, run.parts_total)
    mine = Intention.objects.filter(organisation=organisation).values("pk")
    if ChangedIntention.objects.filter(intention_id__in=mine).exists():
        return Progress(True, 0, 0)
    return None


def stored_figures(
    organisation: Organisation,
    viewer: Person,
    day: dt.date,
    *,
    partner: Organisation | None = None,
) -> list[Figures]:
    mine = set(_intention_ids(organisation))
    rows = Proposal.objects.of(*mine).matchable_on(day)
    if partner is not None:
        both = [*mine, *_intention_ids(partner)]
        rows = rows.filter(low__in=both, high__in=both)
    found = [
        _figures(proposal, is_low=proposal.low_id in mine)
        for proposal in visible(viewer, rows).distinct()
    ]
    return without_refusals(organisation, found)


def _intention_ids(organisation: Organisation) -> list[int]:
    found = Intention.objects.filter(organisation=organisation)
    return list(found.values_list("pk", flat=True))


def _figures(proposal: Proposal, *, is_low: bool) -> Figures:
    own, partner = proposal.low_id, proposal.high_id
    if not is_low:
        own, partner = partner, own
    return Figures(
        own_id=own,
        partner_id=partner,
        scores=tuple(proposal.scores),
        confidence=proposal.confidence,
        best_type=best_type(proposal),
        named_type=named_type(proposal),
    )


def for_project(found: list[Figures], project: Intention | None) -> list[Figures]:
    """Keep the pairs of one project of one's own; all of them without one."""
    if project is None:
        return found
    return [one for one in found if one.own_id == project.pk]


def best_figures(
    found: Iterable[Figures], type_code: str, *, without: Set[int] = frozenset()
) -> list[Figures]:
    """Keep the best pair of intentions of each partner, best first.

    ``without``: organisations that are left out.
    """
    if type_code and type_code not in TYPES:
        message = f"type {type_code!r} is not one of {', '.join(PartnershipType)}"
        raise ValueError(message)
    scored = [one for one in found if one.score(type_code) is not None]
    if not scored:
        return []
    partners = Intention.objects.filter(pk__in=[one.partner_id for one in scored])
    partners = partners.exclude(organisation__in=without)
    known = {
        pk: (organisation_id, public_id)
        for pk, organisation_id, public_id in partners.values_list(
            "pk", "organisation_id", "public_id"
        )
    }

    def order(one: Figures) -> tuple[float, float, str, int]:
        return (
            -round(one.score(type_code) or 0.0, TIE_DECIMALS),
            -round(one.confidence, TIE_DECIMALS),
            known[one.partner_id][1],
            one.own_id,  # of one's own projects that suit as well, the oldest
        )

    best: dict[int, Figures] = {}
    for one in sorted((o for o in scored if o.partner_id in known), key=order):
        best.setdefault(known[one.partner_id][0], one)
    return list(best.values())


def _belongs(intention_id: int, organisation: Organisation) -> bool:
    return Intention.objects.filter(pk=intention_id, organisation=organisation).exists()
