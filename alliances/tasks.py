"""The jobs of organisations."""

from datetime import timedelta

from django.utils import timezone

from alliances.services.journal import purge_journal
from jobs.registry import Payload, handler


@handler("alliances.purge_journal", every=timedelta(days=1))
def forget_old_changes(payload: Payload) -> None:
    purge_journal(timezone.now())
