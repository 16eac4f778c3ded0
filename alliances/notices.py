"""What people are told about organisations, introductions and conversations."""

from django.utils.translation import gettext_lazy as _

from notifications.registry import Kind, declare

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
