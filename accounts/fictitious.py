"""The fictitious people of the demonstration, whose password is public.

Their rights ask for no second factor, and they stay however long nobody comes.
"""

from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

ENDING = "@demonstration.test"  # of their addresses, that nobody can receive at

Somebody = TypeVar("Somebody", bound=Model)


def is_fictitious(address: str) -> bool:
    """Tell whether ``address`` is of an account that anybody may try."""
    return settings.DEMONSTRATION and address.endswith(ENDING)


def without_fictitious(people: QuerySet[Somebody]) -> QuerySet[Somebody]:
    """Leave out of ``people`` the accounts that anybody may try."""
    return people.exclude(email__endswith=ENDING) if settings.DEMONSTRATION else people
