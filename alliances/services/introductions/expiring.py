from django.db import transaction
from django.utils import timezone

from alliances.models import Interest


@transaction.atomic
def expire_answers() -> int:
    """Close the answers that no longer count, whatever they were; return how many."""
    now = timezone.now()
    return Interest.objects.filter(closed_at=None, expires_at__lte=now).update(
        closed_at=now
    )
