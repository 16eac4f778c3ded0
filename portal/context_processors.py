from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from alliances.selectors.duties import Duty, duties_of
from portal.selectors import Waiting, waiting_of
from rendezvous.selectors.duties import SessionsDuty


def site(request: HttpRequest) -> dict[str, object]:
    """What every page shows: whether the population is fictitious."""
    return {"demonstration": settings.DEMONSTRATION}


class Header:
    """What the menu of a person says; asked of the database where it is shown only."""

    def __init__(self, person: User) -> None:
        self._person = person

    @cached_property
    def _waiting(self) -> Waiting:
        return waiting_of(self._person)

    @property
    def unread(self) -> int:
        return self._waiting.unread

    @cached_property
    def duties(self) -> list[Duty | SessionsDuty]:
        catalyses = self._waiting.catalyses
        sessions = [SessionsDuty()] if catalyses else []
        return [*duties_of(self._person, catalyses=catalyses), *sessions]


def header(request: HttpRequest) -> dict[str, object]:
    """Say what waits for the person: one query, more only for who looks after others."""
    person = getattr(request, "user", None)
    return {"header": Header(person) if isinstance(person, User) else None}
