"""A session under way: who is there, and the programme that everybody follows."""

import datetime as dt

from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.enums import ScheduleState
from tests.factories.alliances import OrganisationFactory
from tests.factories.sessions import begun as start
from tests.factories.sessions import registration_of, schedule_of, session_of


def crowd_of(session, side):
    """As many associations as companies, each with one person named after its turn."""
    return [
        registration_of(
            session,
            OrganisationFactory(kind=kind, name=f"{word} {number}"),
            names=(f"{first} {number}",),
        )
        for kind, word, first in (
            (ActorKind.ASSOCIATION, "Vélos", "Ana"),
            (ActorKind.COMPANY, "Ateliers", "Bob"),
        )
        for number in range(1, side + 1)
    ]


def turning(everybody, rounds):
    """Each association meets another company in each round: nobody waits."""
    side = len(everybody) // 2
    return [
        (
            number,
            table + 1,
            [everybody[table], everybody[side + (table + number) % side]],
        )
        for number in range(1, rounds + 1)
        for table in range(side)
    ]


def running_session(territory, *, side=4, begun=0, **values):
    """A session in round ``begun`` (0: about to begin), published, and its people."""
    rounds = values.get("rounds", side)
    values = {"tables": side, "rounds": rounds, "meetings_max": rounds, **values}
    session = session_of(territory, **values)
    step = dt.timedelta(minutes=session.round_minutes + session.break_minutes)
    now = timezone.now()
    session.begins_at = now - (begun - 1) * step - dt.timedelta(minutes=1)
    session.ends_at = session.begins_at + (session.rounds + 1) * step
    session.save()
    if begun:
        start(session)
    everybody = crowd_of(session, side)
    schedule_of(
        session,
        turning(everybody, session.rounds),
        state=ScheduleState.PUBLISHED,
    )
    return session, everybody
