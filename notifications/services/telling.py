"""The only doors: everybody else says what happened, never how it is sent."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from jobs.services import enqueue
from notifications.letters import storable
from notifications.models import Delivery, Notification
from notifications.registry import Frequency, Kind
from notifications.selectors import frequencies
from notifications.services.queueing import queue_letters
from notifications.working_days import next_open, opening_of, working_days_after

DIGESTS = frozenset({Frequency.DAILY, Frequency.WEEKLY})


@transaction.atomic
def notify(
    kind: Kind,
    people: Iterable[User],
    *,
    key: str,
    path: str,
    context: Mapping[str, str],
    remind: Iterable[User] = (),
) -> None:
    """Tell ``people`` once about ``key``, in the caller's transaction.

    ``context`` holds the texts of the template, nothing that the person may not read
    at the time of sending; ``path`` is the address of the page that answers. Told
    again about the same ``key``, a person receives nothing more. Those of ``people``
    who are also in ``remind`` are reminded on the days that the kind says, until
    `settle`.
    """
    _check_path(path)
    everybody = sorted({person.pk: person for person in people}.items())
    wanted = frequencies(kind, [pk for pk, _ in everybody])
    told = _write_down(
        Notification(
            user_id=pk,
            kind=kind.code,
            key=key,
            path=path,
            context=storable(context),
            digest=wanted[pk] if wanted[pk] in DIGESTS else "",
        )
        for pk, _ in everybody
    )
    _write_at_once(kind, [n for n in told if wanted[n.user_id] is Frequency.AT_ONCE])
    _plan_reminders(kind, told, {person.pk for person in remind})


def settle(kind: Kind, *, key: str) -> None:
    """Stop reminding anybody about ``key``: it was answered."""
    Notification.objects.filter(kind=kind.code, key=key, answered_at=None).update(
        answered_at=timezone.now()
    )


@transaction.atomic
def write_to(
    address: str, kind: Kind, *, key: str, path: str, context: Mapping[str, str]
) -> None:
    """Send one e-mail to an ``address`` that has no account yet, once per ``key``.

    ``path`` and ``context`` are forgotten when the letter has left.
    """
    _check_path(path)
    letter = Delivery(
        address=address.strip(),
        kind=kind.code,
        key=key,
        path=path,
        context=storable(context),
    )
    queue_letters([letter])


def _check_path(path: str) -> None:
    if not path.startswith("/") or path.startswith("//"):
        message = f"a page of this site is expected, got {path!r}"
        raise ValueError(message)


def _write_down(news: Iterable[Notification]) -> list[Notification]:
    """Store ``news`` and return what nobody had been told before."""
    written = Notification.objects.bulk_create(news, ignore_conflicts=True)
    new = Notification.objects.filter(public_id__in=[n.public_id for n in written])
    return list(new.order_by("pk"))


def _write_at_once(kind: Kind, news: list[Notification]) -> None:
    letters = [
        Delivery(user_id=n.user_id, kind=n.kind, key=n.key, number=0) for n in news
    ]
    queue_letters(letters, not_before=None if kind.is_essential else _next_open())


def _next_open() -> dt.datetime | None:
    """When what is not urgent may leave; None for now."""
    if not settings.NOTIFICATIONS_KEEP_HOURS:
        return None
    return next_open(timezone.localtime())


def _plan_reminders(kind: Kind, news: list[Notification], whom: set[int]) -> None:
    for one in news if kind.reminders_days else ():
        if one.user_id in whom:
            plan_reminder(kind, one, number=1)


def plan_reminder(kind: Kind, news: Notification, *, number: int) -> None:
    """Queue the reminder ``number`` of ``news``, if the kind has that many."""
    if number > len(kind.reminders_days):
        return
    told_on = timezone.localdate(news.created_at)
    day = working_days_after(told_on, kind.reminders_days[number - 1])
    enqueue(
        "notifications.remind",
        {"notification": news.pk, "number": number},
        f"{news.pk}:{number}",
        not_before=opening_of(day, timezone.get_current_timezone()),
    )
