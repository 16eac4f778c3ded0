"""The persons of an organisation whom its partners may see, by their consent alone."""

from accounts.models import Consent, User
from alliances.models import Membership, Organisation


def shared_contacts(organisation: Organisation) -> list[User]:
    """Return the members who let partners see their name and contact, the lead first.

    The last answer given for this organisation holds, else the last one for all.
    """
    members = Membership.objects.filter(
        organisation=organisation, user__is_active=True, user__erased_at=None
    )
    people = [
        one.user
        for one in members.select_related("user").order_by("-is_lead", "created_at")
    ]
    agreed = _agreed(people, organisation)
    return [person for person in people if agreed.get(person.pk, False)]


def _agreed(people: list[User], organisation: Organisation) -> dict[int, bool]:
    answers = Consent.objects.filter(
        user__in=people,
        purpose=Consent.Purpose.SHARE_CONTACT,
        scope__in=("", organisation.public_id),
    )
    # The answers for all first, then those for this organisation, each in time.
    ordered = answers.order_by("scope", "pk").values_list("user_id", "is_given")
    return dict(ordered)
