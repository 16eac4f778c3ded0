"""A catalyst invites organisations to a session; what they do of it is theirs.

What is written and returned here depends on the catalyst and on what is public: never
on what is left of somebody's month. Whether the invitation reaches them is decided
apart, by a job.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alliances.enums import MandateRole
from alliances.models import Mandate, Organisation
from alliances.selectors.solicitations import has_room_for_catalysts
from jobs.services import enqueue
from rendezvous.models import Capacity, Registration, Session, SessionInvitation
from rendezvous.services.locking import lock_session
from rendezvous.services.telling import tell_invited

DELIVERY_JOB = "rendezvous.deliver_invitation"
# How many are invited for one place, at most: a room is not filled by writing to all.
FOR_A_PLACE = 3


@transaction.atomic
def invite(
    session: Session, organisations: Collection[Organisation], *, by: User
) -> int:
    """Invite those that were not, and queue what reaches them; return how many."""
    locked = lock_session(session)
    now = timezone.now()
    if not locked.takes_registrations(now):
        return 0
    room = _room(locked)
    found = 0
    for organisation in organisations:
        if room[organisation.kind] > 0 and _invite(locked, organisation, by, now):
            room[organisation.kind] -= 1
            found += 1
    return found


def _invite(
    session: Session, organisation: Organisation, by: User, now: dt.datetime
) -> bool:
    row, is_new = SessionInvitation.objects.get_or_create(
        session=session,
        organisation=organisation,
        defaults={"by": by, "created_at": now},
    )
    if is_new:
        enqueue(DELIVERY_JOB, {"invitation": row.pk}, key=str(row.pk))
    return is_new


def _room(session: Session) -> Counter[str]:
    """Return how many more of each kind may be invited, counted under the lock."""
    places = Capacity.objects.filter(session=session).values_list("kind", "places")
    room = Counter({kind: FOR_A_PLACE * count for kind, count in places})
    sent = SessionInvitation.objects.filter(session=session)
    room.subtract(sent.values_list("organisation__kind", flat=True))
    return room


@transaction.atomic
def deliver_invitation(invitation_id: int) -> bool:
    """Let an organisation read its invitation if it may be; tell whether it now does."""
    found = SessionInvitation.objects.filter(pk=invitation_id).first()
    if found is None:
        return False
    rows = Organisation.objects.select_for_update(no_key=True)
    organisation = rows.get(pk=found.organisation_id)
    waiting = SessionInvitation.objects.filter(pk=invitation_id, delivered_at=None)
    invitation = waiting.select_related("session__territory", "by").first()
    now = timezone.now()
    if invitation is None or not _may_be_delivered(invitation, organisation, now):
        return False
    invitation.delivered_at = now
    invitation.save(update_fields=["delivered_at"])
    tell_invited(invitation.session, organisation)
    return True


def deliver_waiting_invitations(now: dt.datetime) -> int:
    """Deliver those that now may be, the oldest first; return how many."""
    rows = SessionInvitation.objects.filter(
        delivered_at=None, session__in=Session.objects.coming(now).values("pk")
    )
    waiting = list(rows.order_by("created_at", "pk").values_list("pk", flat=True))
    return sum(deliver_invitation(one) for one in waiting)


@transaction.atomic
def decline(session: Session, organisation: Organisation) -> bool:
    """Answer « pas pour nous »: nobody is told; say whether an invitation waited."""
    rows = SessionInvitation.objects.delivered().filter(
        session=session, organisation=organisation, declined_at=None
    )
    return bool(rows.update(declined_at=timezone.now()))


def _may_be_delivered(
    invitation: SessionInvitation, organisation: Organisation, now: dt.datetime
) -> bool:
    session = invitation.session
    comes = Registration.objects.live().filter(
        session=session, organisation=organisation
    )
    return (
        session.takes_registrations(now)
        and organisation.archived_at is None
        and _is_still_mandated(invitation, now)
        and not comes.exists()
        and has_room_for_catalysts([organisation], timezone.localdate(now))
    )


def _is_still_mandated(invitation: SessionInvitation, now: dt.datetime) -> bool:
    """Tell whether who invited still looks after the place of the session."""
    mandates = Mandate.objects.filter(
        user=invitation.by_id,
        user__is_active=True,
        role=MandateRole.CATALYST,
        territory=invitation.session.territory_id,
    )
    return mandates.current(timezone.localdate(now)).exists()
