"""What matching learns of meetings: that two who both said yes sat together.

A meeting that was not followed by two yeses is no signal: its answers are secret.
"""

from matching.services.signals import keep_met as keep_signals_of
from rendezvous.models import FollowUp


def keep_met() -> int:
    """Keep one signal for each introduction that a meeting opened; return how many."""
    rows = FollowUp.objects.mutual().exclude(introduction=None)
    ids = set(rows.values_list("introduction", flat=True))
    return keep_signals_of(ids) if ids else 0
