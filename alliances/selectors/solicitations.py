"""How many introductions an organisation had in a month: rows are counted, always.

What catalysts send takes what introductions leave, never the reverse. Each way of sending
something counts its own rows (``channel``): suggestions here, invitations in
applications above.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection

from django.utils import timezone

from alliances.models import Introduction, Organisation, Suggestion

# What reached each of some organisations from a moment to another.
Count = Callable[[Collection[int], dt.datetime, dt.datetime], Counter[int]]
_channels: list[Count] = []


def channel(count: Count) -> Count:
    """Declare one more way by which catalysts reach organisations."""
    if count not in _channels:
        _channels.append(count)
    return count


def month_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return when the local month of ``day`` begins and when the next one does."""
    first = day.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    begins, ends = (dt.datetime.combine(one, dt.time()) for one in (first, following))
    return timezone.make_aware(begins), timezone.make_aware(ends)


def solicitations_of(organisation: Organisation, month: dt.date) -> int:
    """Return the solicitations that reached ``organisation`` in the month of a day.

    Introductions that opened, closed since or not; both sides count each one. It is for
    the members of the organisation alone.
    """
    return solicitation_counts([organisation.pk], month)[organisation.pk]


def solicitation_counts(
    organisation_ids: Collection[int], month: dt.date
) -> Counter[int]:
    """Return the solicitations of several organisations in the month of a day."""
    begins, ends = month_bounds(month)
    opened = Introduction.objects.filter(opened_at__gte=begins, opened_at__lt=ends)
    counts: Counter[int] = Counter()
    for side in ("low_id", "high_id"):
        wanted = opened.filter(**{f"{side}__in": organisation_ids})
        counts.update(wanted.values_list(side, flat=True))
    return counts


def solicitations_left(organisation: Organisation, month: dt.date) -> int:
    """Return how many more ``organisation`` accepts this month."""
    used = solicitations_of(organisation, month)
    return max(organisation.solicitation_budget - used, 0)


def has_room_for_catalysts(
    organisations: Collection[Organisation], month: dt.date
) -> bool:
    """Tell whether each may be reached by one more thing that a catalyst sends."""
    ids = {one.pk for one in organisations}
    counts = solicitation_counts(ids, month)
    for count in _channels:
        counts += count(ids, *month_bounds(month))
    return all(one.solicitation_budget > counts[one.pk] for one in organisations)


@channel
def _suggestions(
    ids: Collection[int], begins: dt.datetime, ends: dt.datetime
) -> Counter[int]:
    """Suggestions that were delivered; one that opened an introduction counts as it."""
    rows = Suggestion.objects.filter(
        delivered_at__gte=begins, delivered_at__lt=ends, opened_at=None
    )
    counts: Counter[int] = Counter()
    for side in ("low_id", "high_id"):
        wanted = rows.filter(**{f"{side}__in": ids})
        counts.update(wanted.values_list(side, flat=True))
    return counts
