"""What became of the past session of the demonstration: who came, what they say of it.

Written in bulk, as of its own days, and nobody is told. What two sides say together is
worked out by the rules of every session (``rendezvous.outcomes``).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle

from accounts.models import User
from alliances.services.demonstration_relations import introduce_past
from rendezvous.clock import Round
from rendezvous.demonstration import ABSENT, LATE, Story, Told, stories
from rendezvous.enums import Presence
from rendezvous.models import (
    Attendance,
    Attendee,
    Checkpoint,
    Commitment,
    Encounter,
    Feedback,
    FollowUp,
    Registration,
    Session,
    Signature,
)
from rendezvous.outcomes import MUTUAL, STAGES, disagree, is_over, outcome_of, reached
from rendezvous.selectors.live import hours_of
from rendezvous.services.following.opening import DAYS

ASKED = DAYS[0]  # the other days have not come
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
AGREEMENT = STAGES.index("agreement")


def attend_past(session: Session, *, by: User) -> None:
    """Write who came to a session: nearly all, and one of them late."""
    people = Attendee.objects.filter(registration__session=session)
    rows = people.select_related("registration__organisation").order_by("pk")
    hours = hours_of(session, session.begins_at)
    Attendance.objects.bulk_create(
        _attendance(session, hours, one, minutes=number % 25, by=by)
        for number, one in enumerate(rows)
    )


def _attendance(
    session: Session, hours: list[Round], one: Attendee, *, minutes: int, by: User
) -> Attendance:
    key = one.registration.organisation.key
    came_in = LATE.get(key, 0)
    at = session.begins_at - (minutes + 3) * MINUTE
    if came_in:
        at = hours[came_in - 1].begins_at + MINUTE
    row = Attendance(attendee=one, by=by, at=at)
    if key in ABSENT:
        row.state, row.at = Presence.ABSENT, session.begins_at
    else:
        row.state, row.arrived_at, row.arrived_in = Presence.ARRIVED, at, came_in
    return row


@dataclass(frozen=True)
class _Meeting:
    """Two that met, and what they made of it; ``number``: its place among all."""

    number: int
    one: Registration
    other: Registration
    at: dt.datetime
    story: Story

    @property
    def sides(self) -> tuple[tuple[Registration, Told], ...]:
        return (self.one, self.story.one), (self.other, self.story.other)

    @property
    def outcome(self) -> str:
        """What both answers say together; empty while one is missing."""
        said = (self.story.one.answer, self.story.other.answer)
        return outcome_of(*said) if all(said) else ""

    @property
    def is_mutual(self) -> bool:
        return self.outcome == MUTUAL

    @property
    def pair(self) -> frozenset[int]:
        return frozenset((self.one.organisation_id, self.other.organisation_id))


def follow_past(session: Session) -> None:
    """Write what those who met say of it, what they promise and how far they go."""
    met = list(_meetings(session))
    Feedback.objects.bulk_create(row for one in met for row in _feedbacks(one))
    mutual = {one.pair: one.at for one in met if one.is_mutual}
    opened = introduce_past(mutual)
    going = [one for one in met if one.is_mutual or one.story.promise]
    rows = [_followup(session, one) for one in going]
    for one, row in zip(going, rows, strict=True):
        row.introduction = opened.get(one.pair)
    FollowUp.objects.bulk_create(rows)
    pairs = list(zip(going, rows, strict=True))
    Checkpoint.objects.bulk_create(
        row for one, of in pairs if one.is_mutual for row in _checkpoints(one, of)
    )
    _sign([(one, _card(one, of)) for one, of in pairs if one.story.promise])


def _meetings(session: Session) -> Iterator[_Meeting]:
    """Yield the pairs that met, each with a story: first those that have an account."""
    rows = Registration.objects.confirmed().filter(session=session)
    places = {one.organisation_id: one for one in rows.select_related("organisation")}
    met = Encounter.objects.filter(session=session).values_list("low", "high", "at")
    pairs = [(*_ordered(places[low], places[high]), at) for low, high, at in met]
    pairs.sort(key=lambda pair: _rank(pair[0], pair[1]))
    told = enumerate(zip(pairs, cycle(stories()), strict=False))
    for number, ((one, other, at), story) in told:
        yield _Meeting(number, one, other, at + session.round_minutes * MINUTE, story)


def _ordered(
    low: Registration, high: Registration
) -> tuple[Registration, Registration]:
    """Put first the side that has an account, whose people read the page."""
    one, other = sorted((low, high), key=_has_account_first)
    return one, other


def _has_account_first(one: Registration) -> tuple[bool, str]:
    return one.by_id is None, one.organisation.key


def _rank(one: Registration, other: Registration) -> tuple[bool, str, str]:
    keys = f"{one.organisation.key} {other.organisation.key}"
    known = one.by_id is not None
    drawn = sha256(keys.encode()).hexdigest()
    return not known, one.organisation.key if known else "", drawn


def _feedbacks(met: _Meeting) -> Iterator[Feedback]:
    for (own, told), (other, _) in (met.sides, met.sides[::-1]):
        if told.answer:
            yield Feedback(
                registration=own,
                other=other,
                answer=told.answer,
                track=told.track,
                outcome=met.outcome,
                by_id=own.by_id,
                at=met.at,
            )


def _followup(session: Session, met: _Meeting) -> FollowUp:
    low, high = sorted((met.one, met.other), key=lambda side: side.pk)
    row = FollowUp(session=session, low=low, high=high)
    if not met.is_mutual:
        return row
    said = [told.stage for _, told in met.sides]
    dates = [_answered_at(session, met, at) for at in (0, 1) if said[at]]
    row.mutual_at, row.asked_at = met.at, _asked_at(session)
    row.stage, row.is_disputed = reached(*said), disagree(*said)
    row.answered_at = max(dates, default=None)
    row.agreed_at = row.answered_at if STAGES.index(row.stage) >= AGREEMENT else None
    row.ended_at = row.answered_at if is_over(*said) else None
    return row


def _asked_at(session: Session) -> dt.datetime:
    day = session.local_begins_at.date() + ASKED * DAY
    return dt.datetime.combine(day, dt.time(1), tzinfo=session.tz)


def _answered_at(session: Session, met: _Meeting, at: int) -> dt.datetime:
    """Return when a side answered: some days after it was asked, not all the same."""
    days = 1 + met.number % 7 + 2 * at
    return _asked_at(session) + days * DAY + dt.timedelta(hours=8 + met.number % 11)


def _checkpoints(met: _Meeting, followup: FollowUp) -> Iterator[Checkpoint]:
    session = followup.session
    for at, (own, told) in enumerate(met.sides):
        for days in DAYS:
            day = session.local_begins_at.date() + days * DAY
            row = Checkpoint(followup=followup, registration=own, days=days, due_on=day)
            if days == ASKED:
                row.asked_at = _asked_at(session)
                row.stage = told.stage
                row.why = met.story.why if told.stage == "stopped" else ""
                row.by_id = own.by_id if told.stage else None
                row.answered_at = _answered_at(session, met, at) if told.stage else None
            yield row


def _card(met: _Meeting, followup: FollowUp) -> Commitment:
    held_on = followup.session.local_begins_at.date()
    return Commitment(
        followup=followup,
        version=1,
        caller=met.one,
        due_on=held_on + met.story.due_days * DAY,
        what=met.story.promise,
        from_card=not met.is_mutual,
        at=met.at,
    )


def _sign(cards: list[tuple[_Meeting, Commitment]]) -> None:
    Commitment.objects.bulk_create(card for _, card in cards)
    Signature.objects.bulk_create(
        Signature(commitment=card, registration=own, by_id=own.by_id, at=card.at)
        for met, card in cards
        for own, told in met.sides
        if told.has_signed
    )
