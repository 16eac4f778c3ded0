"""Introducing two organisations whose people sat face to face, and both said yes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.models import Interest, Introduction, Organisation
from alliances.services.introductions.answering import Said, keep
from alliances.services.introductions.locking import lock_pair
from alliances.services.introductions.opening import open_locked


@transaction.atomic
def introduce_who_met(
    one: Organisation, other: Organisation, *, by: Mapping[int, User | None]
) -> Introduction | None:
    """Open the introduction of two that met and both want to go on, or find it open.

    ``by``: who said yes, by organisation. It does not wait for room in the month, and
    takes one as any other does. A refusal, a block or the delay of the same pair still
    hold it back; the two yeses then wait, as those given on the site.
    """
    low, high = lock_pair(one.pk, other.pk)
    between = Introduction.objects.between(low.pk, high.pk)
    known = between.open().first()
    if known is not None:
        return known
    now, yes = timezone.now(), Said(Interest.Answer.YES)
    for own, peer in ((low, high), (high, low)):
        keep(own, peer, by=by.get(own.pk), said=yes, now=now)
    return open_locked((low, high), now, have_met=True)
