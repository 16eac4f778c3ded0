"""Mistakes on the pages of one's own account."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import ListWebAuthnView
from allauth.usersessions.models import UserSession

import accounts.selectors.sessions
import accounts.views.home
import accounts.views.sessions
from accounts.models import User
from tests.authorisation.faults import fault


@fault("accounts:session_list")
def sessions_of_everybody(patch):
    patch.setattr(accounts.selectors.sessions, "visible", lambda _, rows: rows)


@fault("accounts:session_end_others")
def ending_the_sessions_of_everybody(patch):
    def wrong(person, *, kept):
        UserSession.objects.exclude(session_key=kept).delete()

    patch.setattr(accounts.views.sessions, "end_other_sessions", wrong)


@fault("accounts:account_home")
def writing_a_name_without_saying_whose(patch):
    def wrong(person, *, name, phone):
        User.objects.update(name=name)

    patch.setattr(accounts.views.home, "update_profile", wrong)


@fault("mfa_list_webauthn")
def keys_of_everybody(patch):
    found = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    patch.setattr(ListWebAuthnView, "get_queryset", lambda self: found)
