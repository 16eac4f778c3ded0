"""What is old is forgotten, and what is of somebody who leaves."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.models import Delivery, Notification, Preference, Suppression

KEEP = timedelta(days=396)  # thirteen months: the year, and the month to ask about it


@transaction.atomic
def purge() -> int:
    """Forget the news and the log of more than thirteen months ago."""
    limit = timezone.now() - KEEP
    news = Notification.objects.filter(created_at__lt=limit).delete()[0]
    return news + Delivery.objects.filter(created_at__lt=limit).delete()[0]


@transaction.atomic
def forget(user: User, address: str) -> None:
    """Delete what a person was told and chose; ``address`` is the one they had."""
    Notification.objects.filter(user=user).delete()
    Preference.objects.filter(user=user).delete()
    Delivery.objects.filter(user=user).delete()
    Delivery.objects.filter(address__iexact=address).delete()
    digest = Suppression.digest_of(address)
    Suppression.objects.filter(address_digest=digest).delete()
