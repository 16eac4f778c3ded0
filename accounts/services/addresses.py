"""Addresses of people, known to be theirs without a letter."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def mark_verified(person: User) -> None:
    """Write that the address of ``person`` is theirs: they were given the account."""
    EmailAddress.objects.update_or_create(
        user=person,
        email=person.email,
        defaults={"verified": True, "primary": True},
    )
