"""What notifications do when a person is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.selectors.personal_copy import addresses_of
from accounts.signals import erasure_begins
from notifications.services.choosing import write_again_to


@receiver(erasure_begins, dispatch_uid="notifications.fingerprints")
def forget_fingerprints(user: User, **kwargs: Any) -> None:
    """What the data map cannot find: a fingerprint leads to nobody by a column."""
    for address in sorted(addresses_of(user)):
        write_again_to(address)
