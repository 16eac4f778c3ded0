"""What alliances does when something below it changes."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import erasure_begins
from alliances.services.departures import leave_everything


@receiver(erasure_begins)
def leave_organisations(user: User, **kwargs: Any) -> None:
    leave_everything(user)
