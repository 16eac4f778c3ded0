"""Documents of five hundred people, fifteen rounds, two hundred tables."""

from contextlib import nullcontext

import pytest

from alliances.enums import ActorKind
from rendezvous.enums import LONG_SHEETS, ScheduleState, SheetKind
from rendezvous.models import Meeting, Printout, Seat
from rendezvous.services import printing
from tests.factories.alliances import IntentionFactory
from tests.factories.sessions import registration_of, schedule_of, session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory
from tests.pdf_reader import is_pdf_ua, pages_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PEOPLE, ROUNDS, TABLES = 500, 15, 200
KINDS = (ActorKind.ASSOCIATION, ActorKind.COMPANY)


class Nobody:
    """A worker that nobody follows."""

    def progress(self, done, total, label=""):
        self.told = done, total

    def completing(self):
        return nullcontext()


@pytest.fixture
def session():
    return session_of(
        TerritoryFactory(), rounds=ROUNDS, meetings_max=ROUNDS, tables=TABLES
    )


@pytest.fixture
def room(session):
    """Whoever sits: each association keeps its table, companies move."""
    leads = [registered(session, number) for number in range(PEOPLE)]
    associations, companies = leads[::2], leads[1::2]
    schedule = schedule_of(session, [], state=ScheduleState.PUBLISHED)
    seats = []
    for number in range(1, ROUNDS + 1):
        for table in range(TABLES):
            meeting = Meeting(schedule=schedule, round=number, table=table + 1)
            other = companies[(table + number) % len(companies)]
            seats += [(meeting, associations[table]), (meeting, other)]
    Meeting.objects.bulk_create({id(one): one for one, _ in seats}.values())
    Seat.objects.bulk_create(
        Seat(meeting=one, attendee_id=lead, schedule=schedule, round=one.round)
        for one, lead in seats
    )


def registered(session, number):
    intention = IntentionFactory(
        organisation__name=f"Organisation du vignoble nantais n° {number}",
        organisation__kind=KINDS[number % 2],
    )
    registration = registration_of(
        session,
        intention.organisation,
        names=(f"Prénom Nom {number}",),
        intention=intention,
        needs=["loan"],
        offers=["donation", "loan"],
    )
    return registration.attendees.get().pk


def test_everything_is_made_whole(session, room):
    catalyst = catalyst_of(session.territory)
    worker = Nobody()

    for kind in LONG_SHEETS:
        printing.make_printout(session.pk, kind, catalyst.pk, worker)
    made = {one.kind: bytes(one.content) for one in Printout.objects.all()}
    for kind in (SheetKind.BADGES, SheetKind.SIGNING, SheetKind.GRID):
        made[kind] = printing.document_of(session, kind, catalyst).content

    assert all(is_pdf_ua(content) for content in made.values())
    pages = {kind: len(pages_of(content)) for kind, content in made.items()}
    assert (pages["badges"], pages["tables"], pages["engagements"]) == (50, 200, 750)
    assert pages["programmes"] >= PEOPLE
    assert worker.told == (PEOPLE, PEOPLE)
