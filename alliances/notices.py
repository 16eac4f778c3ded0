"""What people are told about organisations and their members."""

from django.utils.translation import gettext_lazy as _

from notifications.registry import Frequency, Kind, declare

# Joining (docs/decisions/0110, 0111).
INVITED = declare(
    Kind("invitation", _("Une organisation vous invite"), is_essential=True)
)
CLAIM_RECEIVED = declare(
    Kind(
        "claim_received",
        _("Quelqu’un demande à rejoindre votre organisation"),
        reminders_days=(2, 4),
    )
)
CLAIM_TO_CHECK = declare(
    Kind(
        "claim_to_check",
        _("Une demande de rattachement attend votre réponse sur votre territoire"),
        frequency=Frequency.DAILY,
    )
)
CLAIM_DECIDED = declare(
    Kind(
        "claim_decided",
        _("Votre demande de rattachement a une réponse"),
        is_essential=True,
    )
)
MEMBER_JOINED = declare(
    Kind("member_joined", _("Quelqu’un a rejoint votre organisation"))
)
MEMBER_LEFT = declare(Kind("member_left", _("Quelqu’un a quitté votre organisation")))
ROLE_CHANGED = declare(
    Kind(
        "role_changed", _("Votre rôle dans une organisation change"), is_essential=True
    )
)
MERGED = declare(
    Kind(
        "organisations_merged",
        _("Deux descriptions de votre organisation n’en font plus qu’une"),
        is_essential=True,
    )
)
