"""What a person says of themselves."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def update_profile(person: User, *, name: str, phone: str) -> None:
    """Write the name and the telephone of ``person``."""
    User.objects.filter(pk=person.pk).update(name=name, phone=phone)
