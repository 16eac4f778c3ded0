"""What is of somebody who leaves is forgotten."""

from django.db import transaction

from accounts.models import User
from notifications.models import Delivery, Notification, Preference, Suppression


@transaction.atomic
def forget(user: User, address: str) -> None:
    """Delete what a person was told and chose; ``address`` is the one they had."""
    Notification.objects.filter(user=user).delete()
    Preference.objects.filter(user=user).delete()
    Delivery.objects.filter(user=user).delete()
    Delivery.objects.filter(address__iexact=address).delete()
    digest = Suppression.digest_of(address)
    Suppression.objects.filter(address_digest=digest).delete()
