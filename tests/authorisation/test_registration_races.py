"""The last place asked for by eight, and given back while eight wait: one outcome."""

import pytest

from alliances.enums import ActorKind
from rendezvous.models import Registration, Session
from rendezvous.services import registrations as services
from rendezvous.services.registrations import Coming, Person
from tests.authorisation.races import (
    CONTROL_ROUNDS,
    RUNNERS,
    each_number_of_rounds,
    race,
    tally,
)
from tests.factories.alliances import MembershipFactory
from tests.factories.sessions import session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
COMING = Coming(None, (), (), (Person("Ana Lopez", None, 1, 4),), 1)


def come(session, membership):
    return services.register(
        session, membership.organisation, COMING, by=membership.user
    )


@each_number_of_rounds
def test_of_eight_who_ask_for_the_last_place_one_has_it(rounds):
    territory = TerritoryFactory()
    members = [MembershipFactory() for _ in range(RUNNERS)]
    winners, taken = [], []
    for _ in range(rounds):
        session = session_of(territory, capacities={ActorKind.ASSOCIATION: 1})

        def run(number, session=session):
            return come(session, members[number]).is_confirmed

        winners.append(race(run))
        rows = Registration.objects.filter(session=session)
        taken.append((rows.confirmed().count(), rows.waiting().count()))

    assert tally(winners) == [1] * rounds
    assert taken == [(1, RUNNERS - 1)] * rounds


@each_number_of_rounds
def test_a_place_given_back_by_eight_clicks_calls_one(rounds):
    territory = TerritoryFactory()
    members = [MembershipFactory() for _ in range(3)]
    winners, states = [], []
    for _ in range(rounds):
        session = session_of(territory, capacities={ActorKind.ASSOCIATION: 1})
        for one in members:
            come(session, one)

        def run(number, session=session):
            return services.withdraw(session, members[0].organisation)

        winners.append(race(run))
        rows = Registration.objects.filter(session=session).order_by("pk")
        states.append(list(rows.values_list("state", flat=True)))

    assert tally(winners) == [1] * rounds
    assert states == [["cancelled", "confirmed", "waiting"]] * rounds


@each_number_of_rounds
def test_eight_clicks_of_one_organisation_make_one_registration(rounds):
    territory, one = TerritoryFactory(), MembershipFactory()
    sessions = [
        session_of(territory, capacities={ActorKind.ASSOCIATION: 1})
        for _ in range(rounds)
    ]
    for session in sessions:
        race(lambda _number, session=session: come(session, one))

    rows = Registration.objects.order_by("session").values_list("session", "state")
    assert list(rows) == [(session.pk, "confirmed") for session in sessions]


def test_without_the_lock_several_have_the_last_place(monkeypatch):
    """The control: what the races above would tell of a lock that is missing."""
    monkeypatch.setattr(
        services, "lock_session", lambda session: Session.objects.get(pk=session.pk)
    )
    territory = TerritoryFactory()
    members = [MembershipFactory() for _ in range(RUNNERS)]
    for _ in range(CONTROL_ROUNDS):
        session = session_of(territory, capacities={ActorKind.ASSOCIATION: 1})
        won = race(
            lambda number, session=session: come(session, members[number]).is_confirmed
        )
        if won > 1:
            return

    pytest.fail("a race that nobody can lose proves nothing")
