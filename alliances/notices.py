"""What people are told of organisations."""

from django.utils.translation import gettext_lazy as _

from notifications.registry import Kind, declare

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
