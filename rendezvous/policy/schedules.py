"""A programme: drafts are the catalyst's; of what is shared, each reads their own."""

from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import own_organisations
from rendezvous.models import (
    Arrangement,
    Computation,
    Lock,
    Meeting,
    Quota,
    Schedule,
    Seat,
    Session,
)
from rendezvous.models.schedule import SHOWN_STATES
from rendezvous.policy.participants import own_registrations
from rendezvous.policy.sessions import ORGANISE, SESSION, organised_by


@rows(Schedule)
def schedules(person: Person, queryset: Rows) -> Rows:
    """Every version for the catalyst; the shared ones for who has a place."""
    if not person.is_authenticated:
        return queryset.none()
    attended = own_registrations(person).confirmed().values("session")
    return queryset.filter(
        models.Q(session__in=organised_by(person))
        | models.Q(state__in=SHOWN_STATES, session__in=attended)
    )


@rows(Meeting)
def meetings(person: Person, queryset: Rows) -> Rows:
    """Every table for the catalyst; for the others, the tables where they sit."""
    if not person.is_authenticated:
        return queryset.none()
    mine = Seat.objects.filter(
        attendee__registration__organisation__in=own_organisations(person)
    )
    return queryset.filter(
        models.Q(schedule__session__in=organised_by(person))
        | models.Q(schedule__state__in=SHOWN_STATES, pk__in=mine.values("meeting"))
    )


@rows(Seat)
def seats(person: Person, queryset: Rows) -> Rows:
    """Who sits at the tables that one may read."""
    return queryset.filter(meeting__in=meetings(person, Meeting.objects.all()))


@rows(Lock)
def locks(person: Person, queryset: Rows) -> Rows:
    """What is locked is the catalyst's, as are the settings and what is computed."""
    return queryset.filter(schedule__session__in=_organised(person))


def _settings(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(session__in=_organised(person))


def _organised(person: Person) -> Rows:
    if not person.is_authenticated:
        return Session.objects.none().values("pk")
    return organised_by(person)


for _model in (Arrangement, Quota, Computation):
    rows(_model)(_settings)


for _name in (
    "schedule_list",
    "schedule_compute",
    "schedule_stop",
    "schedule_progress",
    "schedule_compare",
    "schedule_settings",
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
    )
for _name in (
    "schedule_detail",
    "schedule_share",
    "schedule_publish",
    "schedule_copy",
    "schedule_edit",
    "schedule_change",
    "schedule_lock",
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
        schedule_id="rendezvous.Schedule",
    )
