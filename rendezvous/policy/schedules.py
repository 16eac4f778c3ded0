"""A programme: drafts are the catalyst's; of what is published, each reads their own."""

from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import own_organisations
from rendezvous.enums import ScheduleState
from rendezvous.models import Meeting, Schedule, Seat
from rendezvous.policy.participants import own_registrations
from rendezvous.policy.sessions import ORGANISE, SESSION, organised_by


@rows(Schedule)
def schedules(person: Person, queryset: Rows) -> Rows:
    """Every version for the catalyst; the published one for who has a place."""
    if not person.is_authenticated:
        return queryset.none()
    attended = own_registrations(person).confirmed().values("session")
    return queryset.filter(
        models.Q(session__in=organised_by(person))
        | models.Q(state=ScheduleState.PUBLISHED, session__in=attended)
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
        | models.Q(
            schedule__state=ScheduleState.PUBLISHED, pk__in=mine.values("meeting")
        )
    )


@rows(Seat)
def seats(person: Person, queryset: Rows) -> Rows:
    """Who sits at the tables that one may read."""
    return queryset.filter(meeting__in=meetings(person, Meeting.objects.all()))


for _name in ("schedule_list", "schedule_compute", "schedule_progress"):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
    )
for _name in ("schedule_detail", "schedule_publish"):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
        schedule_id="rendezvous.Schedule",
    )
