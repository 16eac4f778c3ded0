"""The pages of who prepares sessions, for the menu."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABEL = _("Sessions que vous préparez")


@dataclass(frozen=True)
class SessionsDuty:
    """The sessions that a catalyst prepares; nothing waits there."""

    route: str = "rendezvous:session_mine"
    waiting: int = 0
    label: str | Promise = LABEL
