"""Two descriptions of one organisation become one, in sessions too."""

from django.db.models import Q

from alliances.models import Organisation
from rendezvous.enums import RegistrationState
from rendezvous.models import (
    Checkpoint,
    Commitment,
    Encounter,
    Feedback,
    FollowUp,
    GroupMember,
    Registration,
    SessionInvitation,
    Signature,
)

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
            stays, goes = sorted((own, theirs), key=_rank)
            move_followups(stays, goes)
            goes.delete()


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


def move_followups(kept: Registration, dropped: Registration) -> None:
    """Give what the dropped registration said and promised to the one that stays.

    What both said of the same other is told once: the kept one's.
    """
    _move_feedbacks(kept, dropped)
    for followup in FollowUp.objects.of(dropped.pk).order_by("pk"):
        _move_followup(followup, kept, dropped)


def _move_feedbacks(kept: Registration, dropped: Registration) -> None:
    rows = Feedback.objects
    for one in rows.filter(Q(registration=dropped) | Q(other=dropped)).order_by("pk"):
        own, other = (
            kept.pk if pk == dropped.pk else pk
            for pk in (one.registration_id, one.other_id)
        )
        if own == other or rows.filter(registration=own, other=other).exists():
            one.delete()
        else:
            rows.filter(pk=one.pk).update(registration=own, other=other)


def _move_followup(
    followup: FollowUp, kept: Registration, dropped: Registration
) -> None:
    peer = followup.other_than(dropped)
    twins = FollowUp.objects.between(kept.pk, peer.pk)
    if peer.pk == kept.pk or twins.exists():
        followup.delete()
        return
    low, high = sorted((kept.pk, peer.pk))
    FollowUp.objects.filter(pk=followup.pk).update(low=low, high=high)
    of_it = {"registration": dropped, "followup": followup}
    Checkpoint.objects.filter(**of_it).update(registration=kept)
    cards = Commitment.objects.filter(followup=followup)
    Signature.objects.filter(registration=dropped, commitment__in=cards).update(
        registration=kept
    )
    cards.filter(caller=dropped).update(caller=kept)
