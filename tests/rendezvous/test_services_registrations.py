"""Coming to a session: places, turns, and the last place asked for twice."""

import datetime as dt

import pytest
from django.utils import timezone

from alliances.enums import ActorKind
from notifications.models import Notification
from rendezvous.enums import RegistrationState, SessionState
from rendezvous.models import Attendee, Registration, Wish
from rendezvous.services import registrations as services
from rendezvous.services import sessions
from rendezvous.services.promoting import promote
from rendezvous.services.registrations import Coming, Person
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import registration_of, session_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
CONFIRMED, WAITING, CANCELLED = RegistrationState


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def session(territory):
    return session_of(territory, capacities={ActorKind.ASSOCIATION: 1})


def member(**values):
    values = {f"organisation__{name}": value for name, value in values.items()}
    return MembershipFactory(**values)


def coming(*names, version=1, needs=(), offers=()):
    people = tuple(Person(name, None, 1, 4) for name in names or ("Ana Lopez",))
    return Coming(None, needs, offers, people, version)


def come(session, membership, *names, **values):
    return services.register(
        session, membership.organisation, coming(*names, **values), by=membership.user
    )


def told(membership):
    news = Notification.objects.filter(user=membership.user).order_by("pk")
    return list(news.values_list("kind", flat=True))


def test_who_comes_first_has_the_place_and_the_next_ones_wait_in_order(session):
    first, second, third = member(), member(), member()

    states = [come(session, one).state for one in (first, second, third)]

    assert states == [CONFIRMED, WAITING, WAITING]
    assert [told(one) for one in (first, second)] == [
        ["session_registered"],
        ["session_queued"],
    ]


def test_who_withdraws_gives_the_place_to_who_waits_first(session):
    first, second, third = member(), member(), member()
    for one in (first, second, third):
        come(session, one)

    assert services.withdraw(session, first.organisation)

    states = dict(Registration.objects.values_list("organisation", "state"))
    assert states == {
        first.organisation_id: CANCELLED,
        second.organisation_id: CONFIRMED,
        third.organisation_id: WAITING,
    }
    assert told(second) == ["session_queued", "session_promoted"]
    assert told(first) == ["session_registered", "session_withdrawn"]


def test_who_comes_back_waits_after_the_others(session):
    first, second = member(), member()
    come(session, first)
    come(session, second)
    services.withdraw(session, first.organisation)

    assert come(session, first).state == WAITING
    assert Registration.objects.count() == 2
    assert told(first)[-1] == "session_queued"


def test_withdrawing_twice_promotes_once_and_says_so(session):
    one = member()
    come(session, one)

    assert [services.withdraw(session, one.organisation) for _ in range(2)] == [
        True,
        False,
    ]


def test_a_correction_keeps_the_place_and_the_lines_of_people(session):
    one = member()
    come(session, one, "Ana Lopez", "Bob Martin")
    before = list(Attendee.objects.order_by("position").values_list("pk", flat=True))

    again = come(session, one, "Ana Lopez", "Zoé Petit", needs=("donation",))

    assert (again.state, again.needs) == (CONFIRMED, ["donation"])
    people = Attendee.objects.order_by("position")
    assert list(people.values_list("pk", "name")) == [
        (before[0], "Ana Lopez"),
        (before[1], "Zoé Petit"),
    ]
    assert people[1].shares_with_id == before[0]
    assert told(one) == ["session_registered"]


def test_people_may_exchange_their_lines(session):
    one = member()
    other = MembershipFactory(organisation=one.organisation)
    for users in ((one.user, other.user), (other.user, one.user)):
        people = tuple(Person(user.name, user, 1, 4) for user in users)
        services.register(
            session, one.organisation, Coming(None, (), (), people, 1), by=one.user
        )

    lines = Attendee.objects.order_by("position").values_list("user", flat=True)
    assert list(lines) == [other.user_id, one.user_id]


def test_a_kind_without_a_place_is_refused(session):
    company = member(kind=ActorKind.COMPANY)

    with pytest.raises(services.KindNotInvitedError):
        come(session, company)


@pytest.mark.parametrize(
    "values",
    [
        {"state": SessionState.DRAFT},
        {"state": SessionState.CLOSED},
        {"state": SessionState.CANCELLED},
        {"days": -1},
    ],
    ids=str,
)
def test_nobody_registers_when_registrations_are_not_open(territory, values):
    session = session_of(territory, **values)

    with pytest.raises(services.RegistrationsClosedError):
        come(session, member())


def test_who_has_a_place_corrects_it_after_the_registrations_closed(session):
    one = member()
    come(session, one)
    sessions.change_state(session, SessionState.CLOSED)

    assert come(session, one, "Bob Martin").is_confirmed


def test_rules_that_changed_are_accepted_again(session):
    with pytest.raises(services.RulesChangedError):
        come(session, member(), version=2)


def test_a_withdrawal_forgets_what_was_wished(session):
    one = member()
    mine = come(session, one)
    theirs = registration_of(session, OrganisationFactory())
    Wish.objects.create(registration=mine, other=theirs, answer="no")

    services.withdraw(session, one.organisation)

    assert not Wish.objects.exists()


def test_nobody_is_promoted_once_the_session_has_begun(session):
    first, second = member(), member()
    come(session, first)
    come(session, second)
    session.begins_at = timezone.now() - dt.timedelta(minutes=1)
    session.save()

    services.withdraw(session, first.organisation)

    assert Registration.objects.get(organisation=second.organisation).is_waiting


def test_more_places_call_those_who_wait(session):
    first, second = member(), member()
    come(session, first)
    come(session, second)
    session.capacities.update(places=2)

    assert [one.organisation_id for one in promote(session)] == [second.organisation_id]


def test_a_session_called_off_tells_those_who_were_coming(session):
    one, gone = member(), member()
    come(session, one)
    come(session, gone)
    services.withdraw(session, gone.organisation)

    assert sessions.change_state(session, SessionState.CANCELLED)
    assert not sessions.change_state(session, SessionState.OPEN)
    assert told(one)[-1] == "session_cancelled"
    assert "session_cancelled" not in told(gone)
