"""What an edit asks of matching: note it, and queue one computation for all."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jobs.services import enqueue
from matching.models import ChangedIntention

REFRESH_JOB = "matching.refresh_intentions"
# Several edits in a row, as in a guided form, are computed once.
SETTLING_TIME = timedelta(seconds=3)


@transaction.atomic
def note_changes(intention_ids: Iterable[int]) -> None:
    """Note that these intentions changed; their proposals are computed shortly.

    In the caller's transaction: if it is rolled back, nothing was noted.
    """
    changed = sorted(set(intention_ids))
    if not changed:
        return
    ChangedIntention.objects.bulk_create(
        ChangedIntention(intention_id=pk) for pk in changed
    )
    enqueue(REFRESH_JOB, key="changed", not_before=timezone.now() + SETTLING_TIME)
