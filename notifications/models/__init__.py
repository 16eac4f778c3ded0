"""What people are told, how they want it, and the log of what was sent."""

from notifications.models.delivery import Delivery, DeliveryQuerySet, Objection
from notifications.models.notification import Notification
from notifications.models.preference import Preference
from notifications.models.suppression import Suppression

__all__ = [
    "Delivery",
    "DeliveryQuerySet",
    "Notification",
    "Objection",
    "Preference",
    "Suppression",
]
