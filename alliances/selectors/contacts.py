"""Whom to speak to in an organisation, as far as the reader may know it."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Consent, User
from accounts.policy import Person
from alliances.models import Membership, Organisation
from alliances.policy import is_partner

Purpose = Consent.Purpose


@dataclass(frozen=True)
class Contact:
    """A person as the reader may know them: what is not for them is empty."""

    name: str
    email: str = ""
    phone: str = ""
    is_lead: bool = False


def contacts_of(organisation: Organisation, reader: Person) -> list[Contact]:
    """Return the persons of ``organisation`` that a reader from outside may know.

    Partners have the lead contact's address and number, with that person's consent.
    Everybody reads the names of those who agreed.
    """
    rows = Membership.objects.filter(
        organisation=organisation, user__is_active=True, user__erased_at=None
    ).select_related("user")
    members = list(rows.order_by("-is_lead", "user__name", "pk"))
    named = _agreed(members, Purpose.PUBLISH_NAME, organisation)
    shared: set[int] = set()
    if is_partner(reader, organisation):
        leads = [one for one in members if one.is_lead]
        shared = _agreed(leads, Purpose.SHARE_CONTACT, organisation)
    return [
        _contact(one.user, is_shared=one.user_id in shared)
        for one in members
        if one.user_id in shared or (one.user_id in named and one.user.name)
    ]


def _contact(person: User, *, is_shared: bool) -> Contact:
    if not is_shared:
        return Contact(person.name)
    return Contact(person.name, person.email, person.phone, is_lead=True)


def _agreed(
    members: Iterable[Membership], purpose: str, organisation: Organisation
) -> set[int]:
    """Return who agrees: the last answer for this organisation, else for all."""
    answers = Consent.objects.filter(
        user__in=[one.user_id for one in members],
        purpose=purpose,
        scope__in=("", organisation.public_id),
    )
    # The answers for all come first, then those for this organisation, each in time.
    ordered = dict(answers.order_by("scope", "pk").values_list("user_id", "is_given"))
    return {user_id for user_id, is_given in ordered.items() if is_given}
