"""Which pairs said yes twice, and whether they may be introduced now."""

import datetime as dt

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from alliances.models import Interest, Introduction, Organisation
from alliances.models.introduction import SAME_PAIR_DELAY, InterestQuerySet
from alliances.selectors.blocks import blocked_between
from alliances.selectors.refusals import Refusals
from alliances.selectors.solicitations import solicitation_counts


def yes_between(one_id: int, other_id: int, now: dt.datetime) -> InterestQuerySet:
    """Return the live yeses of two organisations about each other: two when mutual."""
    return Interest.objects.live(now).filter(
        Q(organisation=one_id, other=other_id) | Q(organisation=other_id, other=one_id),
        answer=Interest.Answer.YES,
    )


def mutual_yeses(now: dt.datetime) -> InterestQuerySet:
    """Return one row per pair that said yes twice, the pair that did first, first."""
    said = Interest.objects.live(now).filter(answer=Interest.Answer.YES)
    back = said.filter(organisation=OuterRef("other"), other=OuterRef("organisation"))
    return (
        said.filter(organisation__lt=F("other"))
        .annotate(back_at=Subquery(back.values("answered_at")[:1]))
        .filter(back_at__isnull=False)
        .annotate(mutual_at=Greatest("answered_at", "back_at"))
        .order_by("mutual_at", "pk")
    )


def waiting_pairs(now: dt.datetime) -> list[tuple[int, int]]:
    """Return the pairs that said yes twice and wait, in the order of fairness."""
    return list(mutual_yeses(now).values_list("organisation_id", "other_id"))


def waits_behind_another(
    one: Organisation, other: Organisation, now: dt.datetime
) -> bool:
    """Tell whether a pair of one of the two comes first and could be introduced now.

    So it is between the moment when room is made (a new month, a larger budget) and the
    daily job, which follows the order of fairness.
    """
    low, high = sorted((one.pk, other.pk))
    theirs = Q(organisation__in=(low, high)) | Q(other__in=(low, high))
    rows = mutual_yeses(now).filter(theirs).exclude(organisation=low, other=high)
    return any(
        may_be_introduced(row.organisation, row.other, now)
        for row in rows.select_related("organisation", "other")
    )


def may_be_introduced(
    one: Organisation,
    other: Organisation,
    now: dt.datetime,
    *,
    have_met: bool = False,
) -> bool:
    """Tell whether two organisations that said yes to each other may now be told so.

    A budget holds back strangers, not those who ``have_met`` and said yes in person.
    """
    return (
        not (one.archived_at or other.archived_at)
        and not _were_introduced_lately(one, other, now)
        and (have_met or _have_room(one, other, now))
        and not is_stopped(one, other)
    )


def reopens_at(introduction: Introduction) -> dt.datetime | None:
    """Return when the pair of a closed introduction may be introduced again."""
    if introduction.closed_at is None:
        return None
    return introduction.closed_at + SAME_PAIR_DELAY


def _were_introduced_lately(
    one: Organisation, other: Organisation, now: dt.datetime
) -> bool:
    lately = Q(closed_at=None) | Q(closed_at__gt=now - SAME_PAIR_DELAY)
    return Introduction.objects.between(one.pk, other.pk).filter(lately).exists()


def _have_room(one: Organisation, other: Organisation, now: dt.datetime) -> bool:
    counts = solicitation_counts({one.pk, other.pk}, timezone.localdate(now))
    return all(side.solicitation_budget > counts[side.pk] for side in (one, other))


def is_stopped(one: Organisation, other: Organisation) -> bool:
    """A block or a refusal, whoever stated it."""
    if blocked_between(one.pk, other.pk):
        return True
    return Refusals({one.pk, other.pk}).between(one.pk, other.pk)
