"""The tables of accounts."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.activities import ACCOUNT, CONTACT, RIGHTS, SAFETY
from accounts.personal_data.history import EXPLAINING, kept_as_trail
from accounts.personal_data.registry import (
    Kept,
    Link,
    OnErasure,
    Purged,
    register,
)

WITH_THE_ACCOUNT = Kept(_("tant que le compte existe"))

register(
    "accounts.User",
    ACCOUNT,
    Kept(_("tant que le compte sert ; rendu anonyme après deux ans d’inactivité")),
    plain="id public_id is_superuser is_staff is_active inactivity_notice_at erased_at",
    personal="email name phone last_login date_joined seen_at",
    secret="password",  # noqa: S106 - the name of a column
    links=(
        Link(
            "pk",
            (
                "public_id",
                "email",
                "name",
                "phone",
                "date_joined",
                "last_login",
                "seen_at",
                "is_active",
                "is_staff",
                "is_superuser",
                "inactivity_notice_at",
            ),
            OnErasure.KEEP,
        ),
    ),
)
register(
    "accounts.User_groups",
    ACCOUNT,
    WITH_THE_ACCOUNT,
    plain="id group",
    personal="user",
    links=(Link("user", ("group",)),),
)
register(
    "accounts.User_user_permissions",
    ACCOUNT,
    WITH_THE_ACCOUNT,
    plain="id permission",
    personal="user",
    links=(Link("user", ("permission",)),),
)
register(
    "accounts.Consent",
    CONTACT,
    WITH_THE_ACCOUNT,
    plain="id",
    personal="user purpose scope is_given text_version recorded_at",
    links=(
        Link("user", ("purpose", "scope", "is_given", "text_version", "recorded_at")),
    ),
)
register(
    "accounts.Absence",
    CONTACT,
    Purged(timedelta(days=365), "ends_on", _("un an après la fin de l’absence")),
    plain="id",
    personal="user starts_on ends_on",
    links=(Link("user", ("starts_on", "ends_on")),),
)
register(
    "accounts.ApiToken",
    ACCOUNT,
    Purged(timedelta(days=90), "expires_at", _("trois mois après la fin de la clé")),
    plain="id public_id",
    personal="user label scopes created_at expires_at used_at revoked_at",
    secret="digest",  # noqa: S106 - the name of a column
    links=(
        Link(
            "user",
            ("label", "scopes", "created_at", "expires_at", "used_at", "revoked_at"),
        ),
    ),
)
register(
    "accounts.Elevation",
    SAFETY,
    kept_as_trail("ends_at", longer=EXPLAINING),
    plain="id",
    personal="user starts_at ends_at",
    words="reason",
    links=(Link("user", ("reason", "starts_at", "ends_at"), OnErasure.KEEP),),
)
register(
    "accounts.DataExport",
    RIGHTS,
    Purged(timedelta(0), "expires_at", _("sept jours après la préparation")),
    plain="id public_id",
    personal="user requested_at ready_at expires_at",
    secret="file",  # noqa: S106 - a copy that would hold the copies before it
    links=(Link("user", ("requested_at", "ready_at", "expires_at")),),
)
register(
    "accounts.ErasureRequest",
    RIGHTS,
    Kept(_("sept jours, jusqu’à l’effacement ou à l’annulation")),
    plain="id",
    personal="user asked_at due_at",
    links=(Link("user", ("asked_at", "due_at")),),
)
register(
    "accounts.Erasure",
    RIGHTS,
    Purged(
        timedelta(days=3 * 365),
        "erased_at",
        _("trois ans : plus longtemps que toute sauvegarde"),
    ),
    plain="id user_key pseudonym erased_at origin",
)
register(
    "accounts.Purge",
    RIGHTS,
    Purged(timedelta(days=3 * 365), "at", _("trois ans")),
    plain="id table reason removed_count at",
)
