"""What follows from what the framework and the library of accounts tell."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.second_factor import PROOFS
from accounts.services.elevation import end_elevation
from accounts.services.sessions import keep_only_this_session


@receiver(authenticator_added, dispatch_uid="accounts.first_proof")
def close_what_one_factor_opened(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """The first second factor ends the sessions that did without it."""
    if authenticator.type not in PROOFS:
        return
    if Authenticator.objects.filter(user=user, type__in=PROOFS).count() == 1:
        keep_only_this_session(request, user)


@receiver(user_logged_out, dispatch_uid="accounts.extended_access")
def end_extended_access(user: User | None, **kwargs: object) -> None:
    """Who signs out leaves no extended access behind."""
    if user is not None:
        end_elevation(user)
