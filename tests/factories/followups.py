"""What follows a meeting: opinions, pairs that go on, cards."""

import datetime as dt

from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.enums import FeedbackAnswer, ScheduleState
from rendezvous.models import Commitment, FollowUp, Signature
from rendezvous.services.following.feedback import Said, give_feedback
from tests.factories.alliances import MembershipFactory
from tests.factories.sessions import begun, registration_of, schedule_of, session_of
from tests.factories.territories import TerritoryFactory

YES, MAYBE, NO = FeedbackAnswer


class Side:
    """One side of a meeting: who answers, and for which registration."""

    def __init__(self, session, name="Roue libre", kind=ActorKind.ASSOCIATION):
        membership = MembershipFactory(
            is_lead=True, organisation__name=name, organisation__kind=kind
        )
        self.user, self.organisation = membership.user, membership.organisation
        self.registration = registration_of(session, self.organisation)


def past_session(territory=None, *, days=0, **values):
    """A session that its host began twenty minutes ago, or some days before."""
    session = session_of(territory or TerritoryFactory(), days=-days, **values)
    session.begins_at -= dt.timedelta(minutes=20)
    session.save()
    begun(session)
    return session


def met(session, *sides, number=1, table=1, **values):
    """A published programme in which these sides sat together."""
    registrations = [side.registration for side in sides]
    values = {"state": ScheduleState.PUBLISHED, **values}
    return schedule_of(session, [(number, table, registrations)], **values)


def say(side, other, answer=YES, track=""):
    """What one side says of its meeting with another."""
    return give_feedback(
        side.registration, other.registration, said=Said(answer, track), by=side.user
    )


def both_say_yes(one, other):
    """The follow-up that two yeses open."""
    say(one, other)
    say(other, one)
    return FollowUp.objects.between(one.registration.pk, other.registration.pk).get()


def card_of(followup, *signers, what="Visiter l’atelier", version=1, days=7):
    """A version of a card, signed by some."""
    card = Commitment.objects.create(
        followup=followup,
        version=version,
        caller=followup.low,
        due_on=timezone.localdate() + dt.timedelta(days=days),
        what=what,
        at=timezone.now(),
    )
    for side in signers:
        Signature.objects.create(
            commitment=card,
            registration=side.registration,
            by=side.user,
            at=timezone.now(),
        )
    return card
