"""The open sessions of a person, as they can recognise them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.device_names import device_name
from accounts.models import User
from accounts.policy import visible


@dataclass(frozen=True)
class OpenSession:
    """One browser where the person is signed in."""

    pk: int
    browser: str
    system: str
    address: str
    opened_at: datetime
    is_current: bool


def open_sessions(person: User, *, current: str) -> list[OpenSession]:
    """Return the sessions of ``person`` that are alive, the current one first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = visible(person, UserSession.objects.filter(session_key__in=alive))
    found = [_described(row, current) for row in rows.order_by("-created_at", "-pk")]
    return sorted(found, key=lambda session: not session.is_current)


def _described(row: UserSession, current: str) -> OpenSession:
    browser, system = device_name(row.user_agent)
    return OpenSession(
        pk=row.pk,
        browser=browser,
        system=system,
        address=row.ip,
        opened_at=row.created_at,
        is_current=row.session_key == current,
    )
