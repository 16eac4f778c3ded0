"""Whom the proposals of an organisation leave out, for its own members alone.

Nobody else may notice: what others read of the same pair does not change, so that
setting aside is neither seen nor guessed (docs/decisions/0167).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from accounts.policy import Person, can, visible
from alliances.models import Block, Exclusion, Interest, Introduction, Organisation
from alliances.models.introduction import SAME_PAIR_DELAY
from alliances.selectors.openings import reopens_at

Answer = Interest.Answer


@dataclass(frozen=True)
class Aside:
    """By organisation: in touch, introduced not long ago, answered no."""

    partners: dict[int, Introduction] = field(default_factory=dict)
    later: dict[int, Introduction] = field(default_factory=dict)
    declined: dict[int, Interest] = field(default_factory=dict)

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset({*self.partners, *self.later, *self.declined})

    @property
    def is_hiding(self) -> bool:
        """Tell whether somebody is left out besides those in touch."""
        return bool({*self.later, *self.declined} - self.partners.keys())


def aside_of(organisation: Organisation, *, viewer: Person) -> Aside:
    """Return whom the lists of ``organisation`` leave out; nobody for who is not a member."""
    if not can(viewer, "alliances.view_relations", organisation):
        return Aside()
    now = timezone.now()
    rows = visible(viewer, Introduction.objects.of(organisation.pk))
    rows = rows.exclude(closed_at__lte=now - SAME_PAIR_DELAY).order_by("closed_at")
    found = Aside()
    for one in rows.select_related("low__seat", "high__seat"):
        is_open = one.state == Introduction.State.OPEN
        chosen = found.partners if is_open else found.later
        chosen[one.other_than(organisation).pk] = one
    answers = visible(viewer, Interest.objects.live(now)).filter(
        organisation=organisation, answer=Answer.NO
    )
    found.declined.update(
        {one.other_id: one for one in answers.select_related("other__seat")}
    )
    return found


class Cause(StrEnum):
    """Why an organisation is set aside, the firmest first."""

    BLOCKED = "blocked"
    EXCLUDED = "excluded"
    DECLINED = "declined"
    LATER = "later"


@dataclass(frozen=True)
class SetAside:
    """One organisation set aside; ``until``: the day from which it is proposed again."""

    other: Organisation
    cause: Cause
    until: dt.date | None = None
    introduction: Introduction | None = None


def set_aside(organisation: Organisation, *, viewer: Person) -> list[SetAside]:
    """Return whom the organisation set aside, by name, each for its firmest cause."""
    if not can(viewer, "alliances.view_relations", organisation):
        return []
    aside = aside_of(organisation, viewer=viewer)
    found: dict[int, SetAside] = {}
    for one in (
        *_blocked(organisation),
        *_excluded(organisation),
        *(_declined(interest) for interest in aside.declined.values()),
        *(_later(one, organisation) for one in aside.later.values()),
    ):
        if one.other.pk not in aside.partners:
            found.setdefault(one.other.pk, one)
    return sorted(found.values(), key=lambda one: (one.other.search_key, one.other.pk))


def _blocked(organisation: Organisation) -> Iterable[SetAside]:
    stated = Block.objects.filter(organisation=organisation)
    blocks = {one.other_id: one for one in stated.select_related("other__seat")}
    last: dict[int, Introduction] = {}
    met = Introduction.objects.of(organisation.pk).filter(
        Q(low__in=blocks) | Q(high__in=blocks)
    )
    for one in met.order_by("opened_at"):
        last[one.high_id if one.low_id == organisation.pk else one.low_id] = one
    for other_id, block in blocks.items():
        yield SetAside(block.other, Cause.BLOCKED, introduction=last.get(other_id))


def _excluded(organisation: Organisation) -> Iterable[SetAside]:
    rows = Exclusion.objects.filter(organisation=organisation, other__isnull=False)
    for one in rows.select_related("other__seat"):
        if one.other is not None:
            yield SetAside(one.other, Cause.EXCLUDED)


def _declined(interest: Interest) -> SetAside:
    until = timezone.localdate(interest.expires_at)
    return SetAside(interest.other, Cause.DECLINED, until)


def _later(introduction: Introduction, own: Organisation) -> SetAside:
    again = reopens_at(introduction)
    until = timezone.localdate(again) if again else None
    other = introduction.other_than(own)
    return SetAside(other, Cause.LATER, until, introduction)
