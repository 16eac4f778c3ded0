"""The tables of the libraries, and of the outbox, that hold something of a person."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.activities import ACCOUNT, SAFETY, UPKEEP
from accounts.personal_data.history import EXPLAINING, kept_as_trail
from accounts.personal_data.registry import Kept, Link, OnErasure, Purged, register

WITH_THE_ACCOUNT = Kept(_("tant que le compte existe"))
SIX_MONTHS = timedelta(days=183)
ONE_YEAR = timedelta(days=365)

register(
    "account.EmailAddress",
    ACCOUNT,
    WITH_THE_ACCOUNT,
    plain="id",
    personal="user email verified primary",
    links=(Link("user", ("email", "verified", "primary")),),
)
register(
    "account.EmailConfirmation",
    ACCOUNT,
    Purged(timedelta(days=7), "created", _("sept jours")),
    plain="id",
    personal="email_address created sent",
    secret="key",  # noqa: S106 - the name of a column
    links=(Link("email_address__user", ("created", "sent")),),
)
register(
    "mfa.Authenticator",
    ACCOUNT,
    WITH_THE_ACCOUNT,
    plain="id",
    personal="user type created_at last_used_at",
    secret="data",  # noqa: S106 - the name of a column
    links=(Link("user", ("type", "created_at", "last_used_at")),),
)
register(
    "usersessions.UserSession",
    SAFETY,
    Purged(SIX_MONTHS, "last_seen_at", _("six mois après la dernière visite")),
    plain="id",
    personal="user created_at ip last_seen_at user_agent data",
    secret="session_key",  # noqa: S106 - the name of a column
    links=(Link("user", ("created_at", "ip", "last_seen_at", "user_agent", "data")),),
)
register(
    "sessions.Session",
    ACCOUNT,
    Purged(timedelta(0), "expire_date", _("à la fin de la session")),
    secret="session_key session_data expire_date",  # noqa: S106 - names of columns
)
register(
    "admin.LogEntry",
    SAFETY,
    Purged(ONE_YEAR, "action_time", _("un an")),
    plain="id content_type object_id action_flag",
    personal="user action_time",
    trace="object_repr change_message",
    links=(
        Link(
            "user",
            ("action_time", "action_flag", "content_type", "object_id"),
            OnErasure.KEEP,
        ),
    ),
)
register(
    "pghistory.Context",
    SAFETY,
    kept_as_trail("created_at", longer=EXPLAINING),
    plain="id created_at updated_at",
    trace="metadata",
)
# Jobs are below accounts, which therefore speaks for them.
register(
    "jobs.Job",
    UPKEEP,
    Purged(timedelta(days=7), "done_at", _("sept jours après la fin du travail")),
    plain=(
        "id kind created_at not_before attempts claimed_at lease_until relayed_until"
        " progress_done progress_total done_at quarantined_at"
    ),
    trace="key payload progress_label error",
)
register("jobs.Period", plain="id kind number")
register("auth.Permission", plain="id name content_type codename")
register("auth.Group_permissions", plain="id group permission")
register("auth.Group", plain="id name")
register("contenttypes.ContentType", plain="id app_label model")
