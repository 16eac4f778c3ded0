"""What the tables of notifications hold of persons (``accounts.personal_data``)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Link, Purged, register
from accounts.personal_data.activities import NEWS

register(
    "notifications.Notification",
    NEWS,
    Purged(timedelta(days=396), "created_at", _("treize mois")),
    plain="id public_id",
    personal="user kind key path created_at read_at answered_at",
    trace="context",
    links=(
        Link("user", ("kind", "key", "path", "created_at", "read_at", "answered_at")),
    ),
)
