"""What the tables of notifications hold of persons (``accounts.personal_data``)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Kept, Link, Purged, register
from accounts.personal_data.activities import NEWS

# The year, and the month to ask about it.
THIRTEEN_MONTHS = Purged(timedelta(days=396), "created_at", _("treize mois"))

register(
    "notifications.Notification",
    NEWS,
    THIRTEEN_MONTHS,
    plain="id public_id digest delivery",
    personal="user kind key path created_at read_at answered_at",
    trace="context",
    links=(
        Link("user", ("kind", "key", "path", "created_at", "read_at", "answered_at")),
    ),
)
register(
    "notifications.Delivery",
    NEWS,
    THIRTEEN_MONTHS,
    plain="id public_id number channel message_id attempts",
    personal="user address kind key state created_at ended_at",
    trace="reason",
    secret="sealed",  # noqa: S106 - the name of a column
    links=(
        Link("user", ("kind", "key", "state", "created_at", "ended_at")),
        Link(
            "address",
            ("address", "kind", "key", "state", "created_at", "ended_at"),
            by_address=True,
        ),
    ),
)
register(
    "notifications.Preference",
    NEWS,
    Kept(_("tant que le compte existe")),
    plain="id",
    personal="user kind frequency",
    links=(Link("user", ("kind", "frequency")),),
)
# Only a fingerprint, that no link can follow: ``notifications.receivers`` forgets it.
register(
    "notifications.Suppression",
    NEWS,
    Kept(_("jusqu’à ce que la personne redemande des courriels, ou son effacement")),
    plain="id reason created_at",
    secret="address_digest",  # noqa: S106 - the name of a column
)
