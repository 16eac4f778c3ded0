"""An invitation: for who is invited once delivered, and for the catalyst who sent it."""

from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import own_organisations
from rendezvous.models import SessionInvitation
from rendezvous.policy.participants import ORGANISATION
from rendezvous.policy.sessions import ORGANISE, SESSION, organised_by


@rows(SessionInvitation)
def invitations(person: Person, queryset: Rows) -> Rows:
    if not person.is_authenticated:
        return queryset.none()
    received = models.Q(
        delivered_at__isnull=False, organisation__in=own_organisations(person)
    )
    return queryset.filter(received | models.Q(session__in=organised_by(person)))


route(
    "rendezvous:session_invite",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
)
route(
    "rendezvous:invitation_decline",
    Access.SIGNED_IN,
    permission="rendezvous.register_organisation",
    session_id=SESSION,
    public_id=ORGANISATION,
)
