"""What the services and the pages read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from notifications.letters import sentence_of
from notifications.models import Notification, Preference, Suppression
from notifications.registry import Frequency, Kind, UnknownKindError, kind_of


def frequencies(kind: Kind, users: Iterable[int]) -> dict[int, Frequency]:
    """Return how each of ``users`` wants ``kind`` by e-mail."""
    if kind.is_essential:
        return dict.fromkeys(users, Frequency.AT_ONCE)
    chosen = dict(
        Preference.objects.filter(kind=kind.code, user__in=users).values_list(
            "user", "frequency"
        )
    )
    return {user: Frequency(chosen.get(user, kind.frequency)) for user in users}


def frequency_of(kind: Kind, user: User) -> Frequency:
    """Return how ``user`` wants ``kind`` by e-mail."""
    return frequencies(kind, [user.pk])[user.pk]


def frequencies_of(user: User, kinds: Iterable[Kind]) -> dict[str, Frequency]:
    """Return how ``user`` wants each of ``kinds``, by code."""
    rows = Preference.objects.filter(user=user).values_list("kind", "frequency")
    chosen = dict(rows)
    return {
        kind.code: Frequency.AT_ONCE
        if kind.is_essential
        else Frequency(chosen.get(kind.code, kind.frequency))
        for kind in kinds
    }


def unread_of(user: User) -> QuerySet[Notification]:
    """Return what ``user`` has not read yet."""
    return Notification.objects.filter(user=user, read_at=None)


def suppression_of(address: str) -> Suppression | None:
    """Return why ``address`` is not written to any more, or None."""
    digest = Suppression.digest_of(address)
    return Suppression.objects.filter(address_digest=digest).first()


@dataclass(frozen=True)
class Line:
    """One piece of news as the page shows it."""

    news: Notification
    sentence: str


def lines_of(page: Iterable[Notification]) -> list[Line]:
    """Say each piece of news in its own words; those of vanished kinds are left out."""
    return [Line(one, sentence) for one in page if (sentence := _sentence(one))]


def _sentence(news: Notification) -> str:
    try:
        kind = kind_of(news.kind)
    except UnknownKindError:
        return ""
    return sentence_of(kind.code, news.context)
