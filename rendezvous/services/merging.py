"""Two descriptions of one organisation become one, in sessions too."""

from alliances.models import Organisation
from rendezvous.enums import RegistrationState
from rendezvous.models import Encounter, GroupMember, Registration, SessionInvitation

ORDER = (
    RegistrationState.CONFIRMED,
    RegistrationState.WAITING,
    RegistrationState.CANCELLED,
)


def fuse_registrations(kept: Organisation, absorbed: Organisation) -> None:
    """Of two registrations to the same session, the one that has more stays."""
    mine = {
        one.session_id: one for one in Registration.objects.filter(organisation=kept)
    }
    for theirs in Registration.objects.filter(organisation=absorbed).order_by("pk"):
        own = mine.get(theirs.session_id)
        if own is not None:
            max((own, theirs), key=_rank).delete()


def fuse_encounters(kept: Organisation, absorbed: Organisation) -> None:
    """Name the kept one in each pair; a pair is told once by session."""
    for row in Encounter.objects.of(absorbed.pk).order_by("pk"):
        other = row.high_id if row.low_id == absorbed.pk else row.low_id
        low, high = sorted((kept.pk, other))
        twins = Encounter.objects.filter(session=row.session_id, low=low, high=high)
        if other == kept.pk or twins.exists():
            row.delete()
        else:
            Encounter.objects.filter(pk=row.pk).update(low=low, high=high)


def fuse_invitations(kept: Organisation, absorbed: Organisation) -> None:
    """Of two invitations to the same session, the one that was delivered stays."""
    mine = {
        one.session_id: one
        for one in SessionInvitation.objects.filter(organisation=kept)
    }
    for theirs in SessionInvitation.objects.filter(organisation=absorbed):
        own = mine.get(theirs.session_id)
        if own is not None:
            (theirs if own.delivered_at else own).delete()


def fuse_group_members(kept: Organisation, absorbed: Organisation) -> None:
    """An organisation takes part in a group once."""
    groups = GroupMember.objects.filter(organisation=kept).values("group")
    GroupMember.objects.filter(organisation=absorbed, group__in=groups).delete()


def _rank(registration: Registration) -> int:
    return ORDER.index(RegistrationState(registration.state))
