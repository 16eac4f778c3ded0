from django.db import transaction

from accounts.models import User
from alliances.description.parts import Identity
from alliances.enums import MembershipRole
from alliances.models import Intention, Membership, Organisation
from alliances.models.organisation import HAND_MADE_SOURCE
from alliances.services.organisations.editing import announce, telling_duplicates_apart
from alliances.services.organisations.identity import write_identity
from territories.models import Territory


def create_organisation(
    user: User, identity: Identity, *, key: str, seat: Territory | None = None
) -> Organisation:
    """Create an organisation, its default intention, and the person who looks after it.

    ``key`` comes from the form: sent twice by the same person, it designates the
    organisation already created.

    Raises
    ------
    DuplicateError
        If another organisation bears one of the numbers.
    """
    with telling_duplicates_apart(), transaction.atomic():
        organisation, is_new = Organisation.objects.get_or_create(
            source=HAND_MADE_SOURCE,
            key=f"{user.public_id}/{key}",
            defaults={"name": identity.name, "kind": identity.kind, "seat": seat},
        )
        if not is_new:
            return organisation
        write_identity(organisation, identity)
        Intention.objects.create(organisation=organisation, is_default=True)
        Membership.objects.create(
            user=user,
            organisation=organisation,
            role=MembershipRole.REFERENT,
            is_lead=True,
        )
        announce(organisation)
    return organisation


@transaction.atomic
def create_unclaimed(identity: Identity, *, key: str) -> Organisation:
    """Create an organisation that nobody looks after yet: its own people may join it.

    ``key`` comes from the form: sent twice, it designates the one already created.
    """
    organisation, is_new = Organisation.objects.get_or_create(
        source=HAND_MADE_SOURCE,
        key=key,
        defaults={"name": identity.name, "kind": identity.kind},
    )
    if is_new:
        write_identity(organisation, identity)
        complete_edit(organisation)
    return organisation


@transaction.atomic
def complete_edit(organisation: Organisation) -> None:
    """Finish what the administration saved: a default intention, and the announcement.

    Safe to run twice.
    """
    Intention.objects.get_or_create(organisation=organisation, is_default=True)
    announce(organisation)
