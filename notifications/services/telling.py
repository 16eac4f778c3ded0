"""The only doors: everybody else says what happened, never how it is sent."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from accounts.models import User
from notifications.models import Notification
from notifications.registry import Kind


def notify(
    kind: Kind,
    people: Iterable[User],
    *,
    key: str,
    path: str,
    context: Mapping[str, str],
) -> None:
    """Tell ``people`` once about ``key``, in the caller's transaction.

    ``context`` holds the texts of the template, nothing that the person may not read
    at the time of sending; ``path`` is the address of the page that answers. Told
    again about the same ``key``, a person receives nothing more.
    """
    Notification.objects.bulk_create(
        [
            Notification(
                user=person, kind=kind.code, key=key, path=path, context=dict(context)
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def settle(kind: Kind, *, key: str) -> None:
    """Stop reminding anybody about ``key``: it was answered."""
    Notification.objects.filter(kind=kind.code, key=key, answered_at=None).update(
        answered_at=timezone.now()
    )


def write_to(
    address: str, kind: Kind, *, key: str, path: str, context: Mapping[str, str]
) -> None:
    """Send one e-mail to an ``address`` that has no account yet, once per ``key``."""
    raise NotImplementedError
