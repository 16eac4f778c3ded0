"""One lock for everything that changes the members of an organisation."""

from django.utils import timezone

from alliances.enums import RESPONSIBLE_ROLES, MembershipRole
from alliances.models import Claim, Membership, Organisation
from alliances.services.membership.refusals import GoneError, LastResponsibleError
from alliances.services.membership.terms import SIGNATORY_DELAY


def locked(organisation_id: int) -> Organisation:
    """Return the organisation; whoever else changes its members waits for us.

    Raises
    ------
    GoneError
        If it was archived, or merged into another one.
    """
    rows = Organisation.objects.select_for_update(no_key=True).for_list()
    organisation = rows.select_related(None).get(pk=organisation_id)
    if organisation.archived_at is not None:
        raise GoneError
    return organisation


def keep_one_responsible(organisation: Organisation) -> None:
    """Refuse what was just written when nobody decides any more.

    Raises
    ------
    LastResponsibleError
        If no referent nor signatory is left.
    """
    if not has_responsible(organisation):
        raise LastResponsibleError


def has_responsible(organisation: Organisation) -> bool:
    members = Membership.objects.filter(organisation=organisation)
    return members.filter(role__in=RESPONSIBLE_ROLES).exists()


def ensure_lead(organisation: Organisation) -> None:
    """Give the part of lead contact to the oldest responsible member if none has it."""
    members = Membership.objects.filter(organisation=organisation)
    if members.filter(is_lead=True).exists():
        return
    oldest = (
        members.filter(role__in=RESPONSIBLE_ROLES).order_by("created_at", "pk").first()
    )
    if oldest is not None:
        Membership.objects.filter(pk=oldest.pk).update(is_lead=True)


def signatories_must_wait(organisation: Organisation, person_id: int = 0) -> bool:
    """Tell whether a recent approved request to join forbids naming a signatory.

    Of an organisation that has one already, only the person who asked waits.
    """
    recent = Claim.objects.filter(
        organisation=organisation,
        state=Claim.State.APPROVED,
        decided_at__gt=timezone.now() - SIGNATORY_DELAY,
    )
    members = Membership.objects.filter(organisation=organisation)
    if members.filter(role=MembershipRole.SIGNATORY).exists():
        recent = recent.filter(user=person_id)
    return recent.exists()
