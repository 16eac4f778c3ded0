"""Ending sessions: a stolen one, or all those from before a second factor."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User


@transaction.atomic
def end_session(person: User, session_id: int) -> bool:
    """End a session of ``person``; tell whether there was one."""
    session = UserSession.objects.filter(user=person, pk=session_id).first()
    if session is None:
        return False
    session.end()
    return True


@transaction.atomic
def end_other_sessions(person: User, *, kept: str) -> int:
    """End the sessions of ``person`` except the one whose key is ``kept``."""
    others = list(UserSession.objects.filter(user=person).exclude(session_key=kept))
    for session in others:
        session.end()
    return len(others)


@transaction.atomic
def keep_only_this_session(request: HttpRequest, person: User) -> None:
    """End the other sessions of ``person``, and give this one a new key."""
    end_other_sessions(person, kept=request.session.session_key or "")
    renew(request)


@transaction.atomic
def renew(request: HttpRequest) -> None:
    """Give the session another key, in the list of sessions too.

    Call it whenever what the session may do changes: what was read of the former key
    opens nothing more.
    """
    former = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=former).update(
        session_key=request.session.session_key
    )
