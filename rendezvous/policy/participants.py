"""Those who come: what they say is theirs; that they come, the others' who come."""

import rules
from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import is_member, own_organisations
from rendezvous.enums import RegistrationState
from rendezvous.models import Attendee, Encounter, Registration, Wish
from rendezvous.models.registration import RegistrationQuerySet
from rendezvous.policy.sessions import SESSION, organised_by

ORGANISATION = "alliances.Organisation"


def own_registrations(person: Person) -> RegistrationQuerySet:
    """Those of the organisations that ``person`` acts for."""
    return Registration.objects.filter(organisation__in=own_organisations(person))


@rows(Registration)
def registrations(person: Person, queryset: Rows) -> Rows:
    """One's own; all of them for the catalyst; who has a place, for who has one."""
    if not person.is_authenticated:
        return queryset.none()
    mine = own_registrations(person)
    beside = models.Q(
        state=RegistrationState.CONFIRMED,
        organisation__archived_at=None,
        session__in=mine.confirmed().values("session"),
    )
    return queryset.filter(
        models.Q(organisation__in=own_organisations(person))
        | models.Q(session__in=organised_by(person))
        | beside
    )


@rows(Attendee)
def attendees(person: Person, queryset: Rows) -> Rows:
    """Names of people are for their own organisation and for the catalyst."""
    if not person.is_authenticated:
        return queryset.none()
    return queryset.filter(
        models.Q(registration__organisation__in=own_organisations(person))
        | models.Q(registration__session__in=organised_by(person))
    )


@rows(Wish)
def wishes(person: Person, queryset: Rows) -> Rows:
    """A wish is for the members of the organisation that has it, alone."""
    if not person.is_authenticated:
        return queryset.none()
    return queryset.filter(registration__organisation__in=own_organisations(person))


@rows(Encounter)
def encounters(person: Person, queryset: Rows) -> Rows:
    """Whom one met."""
    if not person.is_authenticated:
        return queryset.none()
    own = own_organisations(person)
    return queryset.filter(models.Q(low__in=own) | models.Q(high__in=own))


rules.add_perm("rendezvous.register_organisation", is_member)

route("rendezvous:registration_begin", Access.SIGNED_IN, session_id=SESSION)
for _name in (
    "registration_edit",
    "registration_cancel",
    "wish_list",
    "programme_detail",
    "programme_worker",
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission="rendezvous.register_organisation",
        session_id=SESSION,
        public_id=ORGANISATION,
    )
