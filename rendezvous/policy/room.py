"""The day itself: the catalyst holds the door; each reads and says their own."""

from django.db import models

from accounts.policy import Access, Person, Rows, route, rows
from alliances.policy.roles import own_organisations
from rendezvous.enums import ScheduleState
from rendezvous.models import Attendance, LeftOver, LostTable, Replanning
from rendezvous.policy.sessions import ORGANISE, SESSION, organised_by


@rows(Attendance)
def attendances(person: Person, queryset: Rows) -> Rows:
    """Who is there: for the catalyst, and for the organisation for which they come."""
    if not person.is_authenticated:
        return queryset.none()
    return queryset.filter(
        models.Q(attendee__registration__session__in=organised_by(person))
        | models.Q(attendee__registration__organisation__in=own_organisations(person))
    )


@rows(LeftOver)
def left_over(person: Person, queryset: Rows) -> Rows:
    """What is proposed: all of it for the catalyst, one's own once it is published."""
    if not person.is_authenticated:
        return queryset.none()
    own = models.Q(
        attendee__registration__organisation__in=own_organisations(person),
        schedule__state=ScheduleState.PUBLISHED,
    )
    return queryset.filter(models.Q(schedule__session__in=organised_by(person)) | own)


@rows(LostTable)
def lost_tables(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(session__in=organised_by(person))


@rows(Replanning)
def replannings(person: Person, queryset: Rows) -> Rows:
    return queryset.filter(schedule__session__in=organised_by(person))


for _name in (
    "room_board",
    "room_find",
    "room_mark",
    "room_add",
    "room_create",
    "room_table",
    "room_waiting",
    "replanning_detail",
    "replanning_request",
    "replanning_progress",
):
    route(
        f"rendezvous:{_name}",
        Access.SIGNED_IN,
        permission=ORGANISE,
        session_id=SESSION,
    )
route(
    "rendezvous:replanning_apply",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
    schedule_id="rendezvous.Schedule",
)
# The code of somebody: nobody writes one by hand, and it opens for catalysts alone.
route(
    "rendezvous:checkin_confirm",
    Access.SIGNED_IN,
    permission=ORGANISE,
    session_id=SESSION,
    code="rendezvous.Attendee",
)
route(
    "rendezvous:attendance_say",
    Access.SIGNED_IN,
    permission="rendezvous.register_organisation",
    session_id=SESSION,
    public_id="alliances.Organisation",
)
