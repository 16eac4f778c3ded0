"""Addresses that letters hold: choosing what one receives, and the signed way out."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from notifications.models import Delivery

SALT = "notifications.unsubscribe"


def preferences_path() -> str:
    """The page where a person chooses what they receive."""
    return reverse("notifications:preference_edit")


def unsubscribe_path(delivery: Delivery) -> str:
    """The page that stops letters like this one, for whoever holds the letter."""
    token = Signer(salt=SALT).sign(delivery.public_id)
    return reverse("notifications:unsubscribe", args=[token])


def delivery_of(token: str) -> Delivery | None:
    """Return the letter whose way out ``token`` is, None when we did not sign it."""
    try:
        public_id = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    letters = Delivery.objects.select_related("user")
    return letters.filter(public_id=public_id).first()
