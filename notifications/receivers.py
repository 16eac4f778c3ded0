"""What notifications do when a person is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.selectors.personal_copy import addresses_of
from accounts.signals import erasure_begins
from notifications.services import forget


@receiver(erasure_begins)
def forget_the_person(user: User, **kwargs: Any) -> None:
    for address in sorted(addresses_of(user)):
        forget(user, address)
