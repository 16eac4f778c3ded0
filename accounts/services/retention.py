"""What removes itself: rows whose time is over, and people who no longer come."""

import datetime as dt

import pgtrigger
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Purge, User
from accounts.personal_data import Purged, Table, tables
from accounts.selectors.inactivity import NOTICE_BEFORE, to_be_erased, to_be_told
from accounts.services.erasure import Origin, delete_with_files, erase
from accounts.signals import inactivity_noticed

BATCH = 500


def overdue(table: Table, now: dt.datetime) -> models.QuerySet[models.Model]:
    """Return the rows of ``table`` whose time is over."""
    rule = table.retention
    rows = table.rows
    if not isinstance(rule, Purged):
        return rows.none()
    limit: dt.datetime | dt.date = now - rule.after
    column = table.options.get_field(rule.since)
    if not isinstance(column, models.DateTimeField):
        limit = timezone.localdate(now - rule.after)
    return rows.filter(**{f"{rule.since}__lt": limit}, **rule.only)


def purge_overdue(now: dt.datetime) -> dict[str, int]:
    """Remove what is overdue, table by table, and write down how much.

    Applications above go first: what they hold protects what it leads to.
    """
    removed = {table.label: _purge(table, now) for table in reversed(list(tables()))}
    return {label: count for label, count in removed.items() if count}


@transaction.atomic
def _purge(table: Table, now: dt.datetime) -> int:
    with pgtrigger.ignore():  # journals are only added to, except by this
        count = delete_with_files(table, overdue(table, now))
    if count and table.retention:
        Purge.objects.create(
            table=table.label,
            reason=str(table.retention.until),
            removed_count=count,
            at=now,
        )
    return count


@transaction.atomic
def notice_inactive(now: dt.datetime) -> int:
    """Tell those who will be erased in thirty days; return how many.

    The rows are locked before they are told, so that nobody is told twice.
    """
    keys = list(to_be_told(now).values_list("pk", flat=True)[:BATCH])
    people = list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    User.objects.filter(pk__in=keys).update(inactivity_notice_at=now)
    inactivity_noticed.send(
        sender=User,
        users=people,
        erased_on=timezone.localdate(now + NOTICE_BEFORE),
    )
    return len(people)


def erase_inactive(now: dt.datetime) -> int:
    """Erase those who were told thirty days ago and did not come back."""
    keys = list(to_be_erased(now).values_list("pk", flat=True)[:BATCH])
    for key in keys:
        erase(key, Origin.INACTIVITY)
    return len(keys)
