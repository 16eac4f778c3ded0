"""Who is there: said once or twice, by hosts or by themselves, and undone."""

import pytest

from rendezvous.enums import Presence
from rendezvous.models import Attendance, Attendee, LostTable
from rendezvous.selectors.checkin import lines_of, the_only_one
from rendezvous.selectors.picture import picture_of
from rendezvous.services import attendance as services
from rendezvous.services.door import TooManyPeopleError, add_at_the_door
from tests.factories.alliances import OrganisationFactory
from tests.factories.room import running_session
from tests.factories.sessions import registration_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def host(territory):
    return catalyst_of(territory)


def first(everybody, number=0):
    return everybody[number].attendees.get()


def states(session):
    rows = Attendance.objects.filter(attendee__registration__session=session)
    return dict(rows.values_list("attendee__name", "state"))


def presence(session, attendee):
    return sorted(picture_of(session).presence[str(attendee.pk)])


def test_an_arrival_said_twice_is_said_once(territory, host):
    session, everybody = running_session(territory)
    ana = first(everybody)

    news = [services.arrive(session, ana, by=host) for _ in range(2)]

    row = Attendance.objects.get()
    assert news == [True, False]
    assert (row.state, row.arrived_in, row.by) == (Presence.ARRIVED, 0, host)


def test_an_arrival_undone_is_expected_again_with_what_was_announced(territory, host):
    session, everybody = running_session(territory)
    ana = first(everybody)
    services.announce_late(session, ana, 3, by=host)
    services.arrive(session, ana, by=host)
    there = presence(session, ana)

    services.expect(session, ana, by=host)

    assert there == [1, 2, 3, 4]
    assert presence(session, ana) == [3, 4]
    assert states(session) == {"Ana 1": Presence.EXPECTED}


def test_the_others_are_absent_but_who_comes_later_is_expected(territory, host):
    session, everybody = running_session(territory, begun=1)
    services.arrive(session, first(everybody, 0), by=host)
    services.announce_late(session, first(everybody, 1), 4, by=host)
    Attendee.objects.filter(pk=first(everybody, 2).pk).update(from_round=3)

    at = services.mark_the_others_absent(session, by=host)
    again = services.mark_the_others_absent(session, by=host)

    assert sum(state == Presence.ABSENT for state in states(session).values()) == 5
    assert presence(session, first(everybody, 1)) == [4]
    assert presence(session, first(everybody, 2)) == [3, 4]
    assert again is None
    assert services.take_back(session, at, by=host) == 5
    assert Presence.ABSENT not in states(session).values()


def test_who_was_absent_and_comes_back_is_there_from_that_round(territory, host):
    session, everybody = running_session(territory, begun=2)
    ana = first(everybody)
    services.mark_absent(session, ana, by=host)
    assert presence(session, ana) == []

    services.arrive(session, ana, by=host)

    assert presence(session, ana) == [2, 3, 4]


def test_who_left_and_comes_back_is_there_again(territory, host):
    session, everybody = running_session(territory, begun=2)
    ana = first(everybody)
    services.arrive(session, ana, by=host)
    services.leave_now(session, ana, by=host)
    assert presence(session, ana) == [2]
    Attendance.objects.update(left_from=2)  # a round later

    assert services.arrive(session, ana, by=host)

    assert presence(session, ana) == [2, 3, 4]


def test_nobody_leaves_a_session_that_has_no_round_left(territory, host):
    session, everybody = running_session(territory, begun=4)

    assert not services.leave_now(session, first(everybody), by=host)
    assert not Attendance.objects.exists()


def test_nobody_leaves_before_a_round_that_has_begun(territory, host):
    session, everybody = running_session(territory, begun=2)

    for round_ in (1, 2, 5):
        with pytest.raises(services.NoSuchRoundError):
            services.leave(session, first(everybody), round_, by=host)


def test_a_colleague_keeps_the_programme_of_who_is_absent(territory, host):
    session, everybody = running_session(territory)
    lead = first(everybody)
    Attendee.objects.create(
        registration=everybody[0],
        position=2,
        name="Cléo",
        from_round=2,
        until_round=3,
        shares_with=lead,
    )

    services.mark_absent(session, lead, by=host)

    assert presence(session, lead) == [2, 3]


def test_a_table_is_lost_once_and_found_again(territory, host):
    session, _everybody = running_session(territory, begun=2)

    news = [services.lose_table(session, 3, by=host) for _ in range(2)]

    assert news == [True, False]
    assert LostTable.objects.values_list("table", "from_round").get() == (3, 3)
    assert [services.recover_table(session, 3) for _ in range(2)] == [True, False]
    with pytest.raises(services.NoSuchRoundError):
        services.lose_table(session, 5, by=host)


def test_somebody_who_came_with_a_colleague_sits_beside_them(territory, host):
    session, everybody = running_session(territory)
    organisation = everybody[0].organisation

    one, again = (
        add_at_the_door(session, organisation, "Cléo", by=host) for _ in range(2)
    )

    assert one == again
    assert one.shares_with == everybody[0].attendees.get(position=1)
    assert states(session) == {"Cléo": Presence.ARRIVED}


def test_an_organisation_that_had_not_registered_has_a_place_at_the_door(
    territory, host
):
    session, _everybody = running_session(territory, begun=2)
    organisation = OrganisationFactory()

    added = add_at_the_door(session, organisation, "Dan", by=host)

    assert added.registration.is_confirmed
    assert presence(session, added) == [2, 3, 4]


def test_who_had_withdrawn_comes_back_without_those_who_do_not(territory, host):
    session, everybody = running_session(territory)
    everybody[0].state = "cancelled"
    everybody[0].save()

    add_at_the_door(session, everybody[0].organisation, "Dan", by=host)

    assert states(session) == {"Ana 1": Presence.ABSENT, "Dan": Presence.ARRIVED}


def test_an_organisation_brings_four_people_at_most(territory, host):
    session, _everybody = running_session(territory)
    full = registration_of(session, OrganisationFactory(), names="abcd")

    with pytest.raises(TooManyPeopleError):
        add_at_the_door(session, full.organisation, "e", by=host)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ana 1", "Ana 1"),
        ("velos 2", "Ana 2"),
        ("ANA 3", "Ana 3"),
        ("ana", None),  # four answer
        ("amna 1", None),  # nearly: shown, not decided
        ("zoe", None),
    ],
)
def test_one_name_that_one_person_answers_is_enough(territory, host, typed, found):
    session, _everybody = running_session(territory)

    line = the_only_one(lines_of(session, host), typed)

    assert (line.attendee.name if line else None) == found


def test_who_arrived_during_a_rehearsal_was_there_from_the_first_round(territory, host):
    session, everybody = running_session(territory, begun=3)
    ana = first(everybody)
    services.arrive(session, ana, by=host)
    session.clock.delete()  # « C’était une répétition »

    assert presence(session, ana) == [1, 2, 3, 4]
