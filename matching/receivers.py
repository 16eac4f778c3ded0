"""What matching does when something below it changes: it only queues."""

from typing import Any

from django.dispatch import receiver

from alliances.signals import intentions_changed
from matching.services.changes import note_changes


@receiver(intentions_changed)
def note_changed_intentions(intention_ids: list[int], **kwargs: Any) -> None:
    note_changes(intention_ids)
