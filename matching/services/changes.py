"""What an edit asks of matching: note it, and queue one computation for all."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alliances.models import Intention, Organisation
from jobs.services import enqueue
from matching.models import ChangedIntention, Run

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


@transaction.atomic
def refresh_proposals(organisation: Organisation) -> bool:
    """Ask for the proposals of ``organisation`` again; False when they already are.

    One computation at a time: while one runs, or these intentions wait for theirs,
    nothing more is queued.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    mine = list(
        Intention.objects.filter(organisation=organisation).values_list("pk", flat=True)
    )
    waiting = ChangedIntention.objects.filter(intention_id__in=mine)
    if Run.objects.active().exists() or waiting.exists():
        return False
    note_changes(mine)
    return True
