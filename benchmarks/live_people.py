"""Those who come to the session that is measured: their places, tables and cookies."""

from benchmarks.database import ORGANISATIONS  # noqa: F401  # sets Django up

# isort: split
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alliances.enums import MembershipRole
from alliances.models import Membership, Organisation
from rendezvous.enums import RegistrationState, ScheduleState
from rendezvous.models import Attendee, Meeting, Registration, Schedule, Seat, Session


def come(session: Session, count: int) -> list[tuple[str, str]]:
    """Give ``count`` organisations a place and tables in each round.

    Returns the address of each programme, with the cookie of a member who reads it.
    """
    organisations = list(Organisation.objects.order_by("pk")[:count])
    assert len(organisations) == count
    registrations = [_registration(session, one) for one in organisations]
    _publish(session, registrations)
    return [(_path(session, one), _cookie(one)) for one in organisations]


def _registration(session: Session, organisation: Organisation) -> Registration:
    intention = organisation.intentions.order_by("pk").first()
    return Registration.objects.create(
        session=session,
        organisation=organisation,
        kind=organisation.kind,
        intention=intention,
        state=RegistrationState.CONFIRMED,
        accepted_rules=1,
        queued_at=timezone.now(),
    )


def _publish(session: Session, registrations: list[Registration]) -> None:
    people = [
        Attendee.objects.create(
            registration=one, position=1, name="Ana", until_round=session.rounds
        )
        for one in registrations
    ]
    schedule = Schedule.objects.create(
        session=session,
        version=1,
        state=ScheduleState.PUBLISHED,
        published_at=timezone.now(),
        outcome=Schedule.Outcome.FEASIBLE,
        **dict.fromkeys(("value", "bound", "seconds"), 1.0),
        **dict.fromkeys(("seed", "idle_count", "short_count"), 0),
    )
    half = len(people) // 2
    for number in range(1, session.rounds + 1):
        shift = number % half
        others = people[half + shift :] + people[half : half + shift]
        for table, pair in enumerate(zip(people[:half], others, strict=True), 1):
            meeting = Meeting.objects.create(
                schedule=schedule, round=number, table=table
            )
            Seat.objects.bulk_create(
                Seat(meeting=meeting, attendee=one, schedule=schedule, round=number)
                for one in pair
            )


def _path(session: Session, organisation: Organisation) -> str:
    args = [session.public_id, organisation.public_id]
    return reverse("rendezvous:programme_detail", args=args)


def _cookie(organisation: Organisation) -> str:
    """Sign a member in; the address is one of the demonstration's."""
    email = f"mesure-{organisation.public_id}@demonstration.test"
    user = User.objects.create_user(email, name="Ana")
    Membership.objects.create(
        user=user, organisation=organisation, role=MembershipRole.CONTRIBUTOR
    )
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"
