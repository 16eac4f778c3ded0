"""What was written down is forgotten in its time; nothing else deletes it."""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from pghistory.models import Context

from accounts.models import Elevation
from alliances.models import PrivilegedRead
from alliances.selectors.journal.sources import EVERY_SOURCE

logger = logging.getLogger(__name__)

# A context begins before its events: its day is over when theirs is.
MARGIN = dt.timedelta(days=1)


def purge_journal(now: dt.datetime) -> dict[str, int]:
    """Delete what is older than the settings say; return and log how many, by model."""
    limit = now - dt.timedelta(days=settings.AUDIT_KEPT_DAYS)
    removed = {rows.model._meta.label: _purge(rows) for rows in _overdue(limit)}
    counts = {label: count for label, count in removed.items() if count}
    logger.info("The journal before %s is purged: %s.", limit.date(), counts)
    return counts


def _overdue(limit: dt.datetime) -> Iterable[models.QuerySet[Any]]:
    for source in EVERY_SOURCE:
        yield source.events.objects.filter(pgh_created_at__lt=limit)
    yield Context.objects.filter(updated_at__lt=limit - MARGIN)
    yield PrivilegedRead.objects.filter(at__lt=limit)
    yield Elevation.objects.filter(Q(ends_at__lt=limit), reads=None)


@transaction.atomic
def _purge(rows: models.QuerySet[Any]) -> int:
    with pgtrigger.ignore():  # the journal is only added to, except here
        return rows.delete()[0]
