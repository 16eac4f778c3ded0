"""What people are told about organisations, introductions and conversations."""

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

# Introductions.

INTRODUCTION_OPENED = declare(
    Kind(
        "introduction_opened",
        _("Une mise en relation est ouverte"),
        reminders_days=(3, 8),
    )
)
INTEREST_PROPOSED = declare(
    Kind(
        "interest_proposed",
        _("Un membre propose une mise en relation"),
        reminders_days=(5,),
    )
)

# Conversations.

MESSAGE_RECEIVED = declare(Kind("message_received", _("Un nouveau message")))
FIRST_MESSAGE = declare(
    Kind(
        "first_message",
        _("Un premier message, qui attend votre réponse"),
        reminders_days=(3, 8),
    )
)
INTRODUCTION_CLOSED = declare(
    Kind("introduction_closed", _("La fin d’une mise en relation"))
)
REPORT_HANDLED = declare(
    Kind("report_handled", _("La réponse à un signalement"), is_essential=True)
)
MODERATION_WARNING = declare(
    Kind(
        "moderation_warning",
        _("Une décision de la modération sur votre organisation"),
        is_essential=True,
    )
)
REPORT_TO_HANDLE = declare(
    Kind("report_to_handle", _("Un signalement à traiter (administration)"))
)
