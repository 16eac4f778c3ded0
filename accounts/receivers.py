"""What follows from what the framework tells."""

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from accounts.models import User
from accounts.services.elevation import end_elevation


@receiver(user_logged_out)
def end_extended_access(user: User | None, **kwargs: object) -> None:
    """Who signs out leaves no extended access behind."""
    if user is not None:
        end_elevation(user)
