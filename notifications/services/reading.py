"""What a person has seen on the page is not told again by a digest."""

from django.db.models import QuerySet
from django.utils import timezone

from notifications.models import Notification


def read(news: Notification) -> None:
    """Mark ``news`` as read; the first reading is the one that is kept."""
    unread = Notification.objects.filter(pk=news.pk, read_at=None)
    unread.update(read_at=timezone.now())


def read_all_of(news: QuerySet[Notification]) -> int:
    """Mark ``news`` as read and return how many were not."""
    return news.filter(read_at=None).update(read_at=timezone.now())
