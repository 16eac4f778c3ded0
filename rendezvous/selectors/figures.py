"""What became of the meetings of a session, comparable from one session to another.

*planned → met → mutual interest → first meeting → framing → agreement → executed*, by
pairs of organisations: in all, by kinds, by type of partnership and by domain. Whoever
is not the catalyst of the session reads no cell with fewer than five organisations
behind it (docs/decisions/0192).
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policy import Person, can
from alliances.enums import ActorKind, FragilityDomain, PartnershipType
from rendezvous.enums import Stage, StopReason
from rendezvous.models import (
    Attendee,
    Checkpoint,
    Commitment,
    FollowUp,
    Registration,
    Session,
)
from rendezvous.outcomes import LEAST_ORGANISATIONS, middle, shown
from rendezvous.selectors.funnels import Funnel, Line, funnels
from rendezvous.selectors.met_pairs import NO_DOMAIN, NO_TYPE, MetPair, met_pairs
from rendezvous.selectors.turnout import people_who_came

DAYS_PER_MONTH = 30.44
BOTH = 2
NOBODY = Funnel(0, 0, 0, 0, 0, 0, 0)
HIDDEN = Funnel(None, None, None, None, None, None, None)


@dataclass(frozen=True)
class KindCount:
    """How many organisations of a kind had a place, which is public, and came."""

    kind: ActorKind
    organisations: int
    came: int | None

    @property
    def label(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True)
class Figures:
    """What became of a session, as its viewer may read it on that day.

    ``is_guarded``: small cells are hidden, and None. ``organisations``, ``people``:
    those who had a place; ``came``, ``people_came``: those of them who were there.
    ``months_to_agreement``: the median, from the session to the day when both said so.
    ``stop_reasons``: why those who stopped did, once five organisations said so.
    """

    session: Session
    as_of: dt.date
    is_guarded: bool
    organisations: int
    people: int
    came: int | None
    people_came: int | None
    by_kind: tuple[KindCount, ...]
    funnel: Funnel
    by_kinds: tuple[Line, ...]
    by_type: tuple[Line, ...]
    by_domain: tuple[Line, ...]
    cards_signed: int | None
    stopped: int | None
    stop_reasons: tuple[tuple[str, int], ...]
    months_to_agreement: float | None


def figures_of(session: Session, viewer: Person) -> Figures:
    """Return the figures of a session: whole for its catalyst, guarded for the others.

    Whether the viewer reads any is asked before, by ``rendezvous.view_figures``.
    """
    is_guarded = not can(viewer, "rendezvous.organise_session", session)
    rows = Registration.objects.confirmed().filter(session=session)
    present = list(rows.order_by("pk"))
    pairs = met_pairs(session, present)
    came = people_who_came(present)
    whole = _enough(came, is_guarded=is_guarded)
    cards, stopped = _signed_cards(session), _stopped(session)
    return Figures(
        session=session,
        as_of=timezone.localdate(),
        is_guarded=is_guarded,
        organisations=len(present),
        people=Attendee.objects.filter(registration__in=present).count(),
        came=len(came) if whole else None,
        people_came=came.total() if whole else None,
        by_kind=_by_kind(present, came, is_guarded=is_guarded),
        funnel=_whole(pairs, is_guarded=is_guarded),
        by_kinds=funnels(pairs, _kinds_of, _kind_pairs(), is_guarded=is_guarded),
        by_type=funnels(pairs, _type_of, _types(), is_guarded=is_guarded),
        by_domain=funnels(pairs, _domain_of, _domains(), is_guarded=is_guarded),
        cards_signed=_count(cards, is_guarded=is_guarded),
        stopped=_count(stopped, is_guarded=is_guarded),
        stop_reasons=_reasons(session, is_guarded=is_guarded),
        months_to_agreement=_months(session, pairs, is_guarded=is_guarded),
    )


def _enough(behind: Collection[int], *, is_guarded: bool) -> bool:
    """Tell whether a figure may be read, with these organisations behind it."""
    return not is_guarded or len(behind) >= LEAST_ORGANISATIONS


def _by_kind(
    present: Collection[Registration], came: Mapping[int, int], *, is_guarded: bool
) -> tuple[KindCount, ...]:
    """Count places and who came by kind; guarded, a kind alone is not told either."""
    there: dict[str, list[int]] = {one.kind: [] for one in present}
    for one in present:
        if one.pk in came:
            there[one.kind].append(one.pk)
    counts = {kind: len(ids) for kind, ids in there.items()}
    told = shown(counts, there) if is_guarded else set(counts)
    places = Counter(one.kind for one in present)
    return tuple(
        KindCount(kind, places[kind], counts[kind] if kind in told else None)
        for kind in ActorKind
        if places[kind]
    )


def _whole(pairs: Collection[MetPair], *, is_guarded: bool) -> Funnel:
    lines = funnels(pairs, lambda _pair: "all", [("all", "")], is_guarded=is_guarded)
    if lines:
        return lines[0].funnel
    return HIDDEN if is_guarded else NOBODY


def _kinds_of(pair: MetPair) -> str:
    return pair.kinds


def _type_of(pair: MetPair) -> str:
    return pair.type


def _domain_of(pair: MetPair) -> str:
    return pair.domain


def _kind_pairs() -> list[tuple[str, str]]:
    kinds = sorted(ActorKind, key=lambda one: one.value)
    return [
        (f"{one}+{other}", f"{one.label}\u00a0– {str(other.label).lower()}")
        for one, other in combinations_with_replacement(kinds, 2)
    ]


def _types() -> list[tuple[str, str]]:
    known = [(one.value, str(one.label)) for one in PartnershipType]
    return [*known, (NO_TYPE, _("Sans type nommé"))]


def _domains() -> list[tuple[str, str]]:
    known = [(one.value, str(one.label)) for one in FragilityDomain]
    return [*known, (NO_DOMAIN, _("Sans domaine commun"))]


def _signed_cards(session: Session) -> set[frozenset[int]]:
    """Return the organisations of each pair whose last version both signed."""
    last = Commitment.objects.filter(followup=OuterRef("followup"))
    rows = Commitment.objects.filter(
        followup__session=session,
        version=Subquery(last.order_by("-version").values("version")[:1]),
    )
    signed = rows.annotate(count=Count("signatures")).filter(count=BOTH)
    sides = ("followup__low__organisation", "followup__high__organisation")
    return {frozenset(pair) for pair in signed.values_list(*sides)}


def _stopped(session: Session) -> set[frozenset[int]]:
    """Return the pairs that ended before anything was done together."""
    rows = FollowUp.objects.filter(session=session, ended_at__isnull=False)
    ended = rows.exclude(stage=Stage.EXECUTED)
    return {
        frozenset(pair)
        for pair in ended.values_list("low__organisation", "high__organisation")
    }


def _count(pairs: set[frozenset[int]], *, is_guarded: bool) -> int | None:
    behind = frozenset().union(*pairs)
    return len(pairs) if _enough(behind, is_guarded=is_guarded) else None


def _reasons(session: Session, *, is_guarded: bool) -> tuple[tuple[str, int], ...]:
    """Return why it stopped; nothing while so few said so that one would know who.

    Guarded, each reason has five organisations behind it.
    """
    rows = Checkpoint.objects.filter(followup__session=session).exclude(why="")
    said = list(rows.values_list("registration", "why"))
    if len({one for one, _why in said}) < LEAST_ORGANISATIONS:
        return ()
    counts = Counter(why for _one, why in said)
    behind = {why: {one for one, its in said if its == why} for why in counts}
    told = shown(counts, behind) if is_guarded else set(counts)
    return tuple(
        (str(one.label), counts[one.value]) for one in StopReason if one.value in told
    )


def _months(
    session: Session, pairs: Collection[MetPair], *, is_guarded: bool
) -> float | None:
    agreed = [one for one in pairs if one.agreed_at is not None]
    behind = {pk for one in agreed for pk in one.organisations}
    if not _enough(behind, is_guarded=is_guarded):
        return None
    days = [(one.agreed_at - session.begins_at).days for one in agreed if one.agreed_at]
    return middle([max(count, 0) / DAYS_PER_MONTH for count in days])
