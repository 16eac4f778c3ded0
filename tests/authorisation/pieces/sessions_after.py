"""The session of A and B has begun: they met, want to go on, and promised something.

What each says of a meeting, and of how far they are, is its own members'; the words of
the card, both sides'; a note, the catalyst's.
"""

import datetime as dt

from django.utils import timezone

from rendezvous.enums import Outcome, ScheduleState, Stage
from rendezvous.models import (
    Checkpoint,
    Commitment,
    Feedback,
    FollowUp,
    Seat,
    Signature,
)
from tests.factories.sessions import begun, registration_of

CATALYST = "catalyst_here"
REPORTS = ("report_sheet", "report_table")


def add(world):
    session = world.rows["rendezvous.Session"]["A"]
    of_a, of_b = (world.rows["rendezvous.Registration"][letter] for letter in "AB")
    of_c = registration_of(session, world.organisations["C"], names=("ZQCinscrite",))
    world.bind("rendezvous.Registration", "C", of_c)
    _begin(session)
    _seat_beside(session, of_c)
    _say(world, of_a, of_b, of_c)
    followup = _followed(world, of_a, of_b)
    for relation in "AB":
        world.bind("rendezvous.FollowUp", relation, followup)
        for name in ("followup_list", "followup_act"):
            world.admit(f"rendezvous:{name}", relation, CATALYST)
        for name in ("session_figures", *REPORTS):
            world.admit(f"rendezvous:{name}", relation, CATALYST, "observer_here")
    for name in ("followup_list", "followup_act", "session_figures", *REPORTS):
        world.admit(f"rendezvous:{name}", "D", "catalyst_elsewhere")


def _seat_beside(session, of_c):
    """C sits at the table of A and B."""
    published = session.schedules.get(state=ScheduleState.PUBLISHED)
    Seat.objects.create(
        meeting=published.meetings.get(),
        attendee=of_c.attendees.get(position=1),
        schedule=published,
        round=1,
    )


def _begin(session):
    """The first round is under way; the day is not over."""
    session.begins_at = timezone.now() - dt.timedelta(minutes=2)
    session.save()
    begun(session)


def _say(world, of_a, of_b, of_c):
    """A answered about C, which has not; A and B want to go on."""
    now = timezone.now()
    for own, other, outcome, track in (
        (of_a, of_c, "", "ZQAseule"),
        (of_a, of_b, Outcome.MUTUAL, "ZQABpiste"),
        (of_b, of_a, Outcome.MUTUAL, "ZQABpiste"),
    ):
        Feedback.objects.create(
            registration=own,
            other=other,
            answer="yes",
            outcome=outcome,
            track=track,
            at=now,
        )
    world.keep_secret("ZQAseule", known_to=world.members_of_a)
    world.keep_secret("ZQABpiste", known_to=world.members_of_a | world.members_of_b)


def _followed(world, of_a, of_b):
    now = timezone.now()
    low, high = sorted((of_a, of_b), key=lambda one: one.pk)
    followup = FollowUp.objects.create(
        session=of_a.session, low=low, high=high, mutual_at=now, note="ZQnote"
    )
    card = Commitment.objects.create(
        followup=followup,
        version=1,
        caller=of_a,
        due_on=timezone.localdate() + dt.timedelta(days=7),
        what="ZQABpromesse",
        at=now,
    )
    Signature.objects.create(commitment=card, registration=of_a, at=now)
    for side in (of_a, of_b):
        Checkpoint.objects.create(
            followup=followup,
            registration=side,
            days=7,
            due_on=timezone.localdate() + dt.timedelta(days=7),
            stage=Stage.FRAMING if side == of_a else "",
            answered_at=now if side == of_a else None,
        )
    world.keep_secret("ZQABpromesse", known_to=world.members_of_a | world.members_of_b)
    world.keep_secret("ZQnote", known_to={CATALYST})
    return followup
