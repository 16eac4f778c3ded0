"""The only doors: everybody else says what happened, never how it is sent."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.letters import storable
from notifications.models import Delivery, Notification
from notifications.registry import Frequency, Kind
from notifications.selectors import frequencies
from notifications.services.queueing import plan_next_reminder, queue_letters

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
    queue_letters(
        Delivery(user_id=one.user_id, kind=kind.code, key=key)
        for one in told
        if wanted[one.user_id] is Frequency.AT_ONCE
    )
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


def _plan_reminders(kind: Kind, news: list[Notification], whom: set[int]) -> None:
    for one in news:
        if one.user_id in whom:
            today = timezone.localdate(one.created_at)
            plan_next_reminder(kind, one, after=0, since=today)
