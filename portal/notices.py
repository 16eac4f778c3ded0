"""What people are told about themselves."""

from django.utils.translation import gettext_lazy as _

from notifications.registry import Kind, declare

INACTIVE = declare(
    Kind(
        "account_inactive",
        _("Votre compte sera effacé faute d’usage"),
        is_essential=True,
    )
)
COPY_READY = declare(
    Kind("copy_ready", _("La copie de vos données est prête"), is_essential=True)
)
ERASURE_ASKED = declare(
    Kind(
        "erasure_asked",
        _("L’effacement de votre compte est programmé"),
        is_essential=True,
    )
)
