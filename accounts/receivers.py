"""What follows from a change of how somebody proves who they are."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.second_factor import PROOFS
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
