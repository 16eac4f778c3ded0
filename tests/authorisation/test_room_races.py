"""Eight hosts at one door: one outcome, whatever they press at the same time."""

import pytest

from jobs.services import drain
from rendezvous.models import Attendance, Attendee, Schedule
from rendezvous.services import attendance, door, replanning
from tests.authorisation.races import each_number_of_rounds, race, tally
from tests.factories.room import running_session
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def host(territory):
    return catalyst_of(territory)


@each_number_of_rounds
def test_one_arrival_said_by_eight_is_said_once(rounds, territory, host):
    session, everybody = running_session(territory, side=2)
    ana = everybody[0].attendees.get()
    winners = []
    for _ in range(rounds):
        winners.append(race(lambda _n: attendance.arrive(session, ana, by=host)))
        attendance.expect(session, ana, by=host)

    assert tally(winners) == [1] * rounds
    assert Attendance.objects.count() == 1


@each_number_of_rounds
def test_one_person_added_by_eight_is_added_once(rounds, territory, host):
    session, everybody = running_session(territory, side=2)
    names = [f"Cléo {number}" for number in range(min(rounds, 3))]
    for name in names:
        race(
            lambda _n, name=name: door.add_at_the_door(
                session, everybody[0].organisation, name, by=host
            )
        )

    added = Attendee.objects.filter(registration=everybody[0], name__in=names)
    assert sorted(added.values_list("name", flat=True)) == names


@each_number_of_rounds
def test_a_new_programme_applied_by_eight_is_published_once(rounds, territory, host):
    winners, published = [], []
    for _ in range(min(rounds, 5)):
        session, everybody = running_session(territory, side=2)
        ana = everybody[0].attendees.get()
        attendance.mark_absent(session, ana, by=host)
        replanning.request_replanning(session, by=host)
        drain()
        schedule = replanning.proposed(session).schedule

        def run(_number, session=session, schedule=schedule):
            return replanning.apply_replanning(session, schedule)

        winners.append(race(run))
        rows = Schedule.objects.filter(session=session)
        published.append(list(rows.order_by("pk").values_list("state", flat=True)))

    assert tally(winners) == [1] * len(winners)
    assert published == [["replaced", "published"]] * len(published)


@each_number_of_rounds
def test_who_comes_back_while_it_is_applied_is_never_forgotten(rounds, territory, host):
    """Either the programme counts on them, or it is refused, or they are listed."""
    for _ in range(min(rounds, 5)):
        session, everybody = running_session(territory, side=2)
        ana = everybody[0].attendees.get()
        attendance.mark_absent(session, ana, by=host)
        replanning.request_replanning(session, by=host)
        drain()
        schedule = replanning.proposed(session).schedule

        def run(number, session=session, schedule=schedule, ana=ana):
            if number % 2:
                return attendance.arrive(session, ana, by=host)
            try:
                return replanning.apply_replanning(session, schedule)
            except replanning.StaleError:
                return False

        race(run)
        schedule.refresh_from_db()
        assert Attendance.objects.get(attendee=ana).state == "arrived"
        assert schedule.is_published or replanning.is_stale(
            session, replanning.proposed(session)
        )
