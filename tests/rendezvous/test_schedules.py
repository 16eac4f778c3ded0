"""A programme computed by the solver, published when no rule is broken."""

import pytest
from django.urls import reverse

from alliances.enums import ActorKind
from jobs.services import drain
from notifications.models import Notification
from rendezvous.enums import RegistrationState, ScheduleState
from rendezvous.models import Meeting, Schedule, Seat, Wish
from rendezvous.scheduling.check import check
from rendezvous.selectors.problem import problem_of
from rendezvous.services import computing, registrations, schedules
from rendezvous.wording import OTHERWISE, reason_sentence
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import registration_of, schedule_of, session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
COMPANY = ActorKind.COMPANY
SIDE = 4


@pytest.fixture
def session():
    return session_of(TerritoryFactory(), tables=SIDE, rounds=SIDE, meetings_min=SIDE)


@pytest.fixture
def catalyst(session):
    return catalyst_of(session.territory)


@pytest.fixture
def browser(client, catalyst):
    client.force_login(catalyst)
    return client


@pytest.fixture
def everybody(session):
    """Four associations and four companies."""
    return [
        registration_of(session, OrganisationFactory(kind=kind))
        for kind in [ActorKind.ASSOCIATION] * SIDE + [COMPANY] * SIDE
    ]


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def computed(session, catalyst):
    computing.request_schedule(session, by=catalyst)
    drain()
    return session.schedules.order_by("version").last()


def text(response):
    return " ".join(response.content.decode().split())


def test_everybody_meets_everybody_of_the_other_kind(session, catalyst, everybody):
    schedule = computed(session, catalyst)

    assert (schedule.version, schedule.state, schedule.by) == (
        1,
        ScheduleState.DRAFT,
        catalyst,
    )
    assert schedule.outcome == Schedule.Outcome.OPTIMAL
    assert schedule.value == pytest.approx(schedule.bound)
    assert Meeting.objects.count() == SIDE * SIDE
    assert Seat.objects.count() == 2 * SIDE * SIDE
    assert not check(problem_of(session), schedules.meetings_of(schedule))


def test_asked_twice_it_is_computed_once_then_again(session, catalyst, everybody):
    jobs = {computing.request_schedule(session, by=catalyst).pk for _ in range(2)}
    drain()
    again = computed(session, catalyst)

    assert len(jobs) == 1
    assert (again.version, again.parent.version) == (2, 1)


@pytest.mark.usefixtures("everybody")
def test_the_page_tells_that_it_is_being_computed_then_shows_it(browser, session):
    browser.post(url("schedule_compute", session))
    waiting = text(browser.get(url("schedule_progress", session)))
    drain()
    done = text(browser.get(url("schedule_progress", session)))
    listed = text(browser.get(url("schedule_list", session)))

    assert "en cours" in waiting
    assert "terminé" in done
    assert "n° 1" in listed


def test_a_no_is_obeyed_by_what_is_computed(session, catalyst, everybody):
    one, other = everybody[0], everybody[-1]
    Wish.objects.create(registration=one, other=other, answer="no")

    schedule = computed(session, catalyst)

    pairs = [set(meeting.ids) for meeting in schedules.meetings_of(schedule)]
    refused = {str(each.attendees.get().pk) for each in (one, other)}
    assert refused not in pairs
    assert schedule.outcome == Schedule.Outcome.INFEASIBLE


def test_what_is_published_tells_each_and_replaces_the_former(
    browser, session, everybody
):
    member = MembershipFactory(organisation=everybody[0].organisation)
    for _ in range(2):
        browser.post(url("schedule_compute", session))
        drain()
        last = session.schedules.order_by("version").last()
        path = url("schedule_publish", session, last.public_id)
        assert "est publié" in text(browser.post(path, follow=True))

    states = session.schedules.order_by("version").values_list("state", flat=True)
    assert list(states) == [ScheduleState.REPLACED, ScheduleState.PUBLISHED]
    news = Notification.objects.filter(user=member.user, kind="session_programme")
    assert news.count() == 2


@pytest.mark.parametrize("since", ["a no", "a withdrawal"])
def test_what_breaks_a_rule_since_is_not_published(
    browser, session, catalyst, everybody, since
):
    session.meetings_min = 0
    session.save()
    schedule = computed(session, catalyst)
    if since == "a no":
        Wish.objects.create(registration=everybody[-1], other=everybody[0], answer="no")
    else:
        registrations.withdraw(session, everybody[0].organisation)

    path = url("schedule_publish", session, schedule.public_id)
    page = text(browser.post(path, follow=True))

    schedule.refresh_from_db()
    assert schedule.state == ScheduleState.DRAFT
    assert "des inscriptions ou des choix ont changé" in page


def test_what_gives_less_than_was_guaranteed_says_why_and_may_be_published(
    browser, session, catalyst, everybody
):
    session.tables = 1
    session.save()
    schedule = computed(session, catalyst)

    page = text(browser.get(url("schedule_detail", session, schedule.public_id)))
    browser.post(url("schedule_publish", session, schedule.public_id))

    assert "Le nombre de rencontres garanti à chacun est impossible" in page
    assert "Avec 1 tables et 4 tours, 8 participants ne peuvent pas tous" in page
    assert Schedule.objects.published().get() == schedule


def test_who_left_while_it_was_computed_has_no_seat(session, catalyst, everybody):
    gone = everybody[0].attendees.get().pk
    planned = [
        type("Planned", (), {"round": 1, "table": 1, "ids": (str(gone), "0")}),
    ]
    schedule = schedule_of(session, [])

    schedules.store_meetings(schedule, planned)

    assert not Meeting.objects.exists()


@pytest.mark.parametrize("code", ["too_few_partners", "nobody_may_meet", "unheard of"])
def test_a_reason_that_could_tell_of_a_wish_is_told_in_general(code):
    facts = {"participants": 1, "names": "Roue libre", "ids": ("12",)}

    assert reason_sentence(code, facts) == str(OTHERWISE)


def test_who_waits_is_not_in_the_programme(session, catalyst, everybody):
    everybody[0].state = RegistrationState.WAITING
    everybody[0].save()

    assert len(problem_of(session).participants) == 2 * SIDE - 1
