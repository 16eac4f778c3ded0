"""The door of the session of A and B: who is there is theirs, and their catalyst's."""

from types import SimpleNamespace

from django.utils import timezone

from rendezvous.enums import OfferWay, Presence
from rendezvous.models import Attendance, Attendee, LeftOver, Replanning
from rendezvous.selectors.arrivals import arrival_code
from tests.authorisation.pieces.sessions import CATALYST

PAGES = (
    *("room_board", "room_find", "room_mark", "room_add", "room_table"),
    *("room_create", "room_waiting", "checkin_confirm"),
    *("replanning_detail", "replanning_request", "replanning_progress"),
    "replanning_apply",
)


def add(world):
    session = world.rows["rendezvous.Session"]["A"]
    schedule = world.rows["rendezvous.Schedule"]["A"]
    now = timezone.now()
    Replanning.objects.create(
        schedule=schedule, next_round=1, picture="", surviving=1, kept=1
    )
    for relation in "AB":
        registration = world.rows["rendezvous.Registration"][relation]
        attendee = Attendee.objects.get(registration=registration)
        Attendance.objects.create(attendee=attendee, state=Presence.ABSENT, at=now)
        LeftOver.objects.create(
            schedule=schedule, attendee=attendee, round=2, way=OfferWay.NOTHING
        )
        code = SimpleNamespace(public_id=arrival_code(session, attendee))
        world.bind("rendezvous.Attendee", relation, code)
    for name in PAGES:
        for relation in "AB":
            world.admit(f"rendezvous:{name}", relation, CATALYST)
        world.admit(f"rendezvous:{name}", "D", "catalyst_elsewhere")
