"""The rest of the day scheduled again: shown, applied, refused when it is stale."""

import random

import pytest
from django.urls import reverse

from jobs.services import drain
from notifications.models import Notification
from rendezvous.enums import ScheduleState
from rendezvous.models import LeftOver, Replanning, Schedule, Wish
from rendezvous.scheduling.check import check
from rendezvous.selectors.today import problem_today
from rendezvous.services import attendance
from rendezvous.services import replanning as services
from rendezvous.services.registrations import withdraw
from rendezvous.services.schedules import meetings_of
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.room import running_session
from tests.factories.sessions import registration_of, schedule_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def host(territory):
    return catalyst_of(territory)


@pytest.fixture
def browser(client, host):
    client.force_login(host)
    return client


def first(registration):
    return registration.attendees.get(position=1)


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def published(session):
    return Schedule.objects.published().get(session=session)


def proposed(session, host):
    services.request_replanning(session, by=host)
    drain()
    return services.proposed(session)


def told(kind="session_replanned"):
    return set(
        Notification.objects.filter(kind=kind).values_list("user__name", flat=True)
    )


def test_the_past_stays_the_absent_have_no_seat_and_each_change_is_told(
    territory, host
):
    session, everybody = running_session(territory, begun=2)
    for one in everybody:
        MembershipFactory(
            organisation=one.organisation, user__name=first(one).name, is_lead=True
        )
    before = meetings_of(published(session))
    attendance.mark_absent(session, first(everybody[0]), by=host)

    found = proposed(session, host)
    assert told() == set()
    assert services.apply_replanning(session, found.schedule)
    drain()

    schedule = published(session)
    after = meetings_of(schedule)
    assert (schedule.pk, schedule.parent.state) == (
        found.schedule.pk,
        ScheduleState.REPLACED,
    )
    assert [m for m in after if m.round <= 2] == [m for m in before if m.round <= 2]
    absent = str(first(everybody[0]).pk)
    assert not [m for m in after if m.round > 2 and absent in m.ids]
    assert found.kept == found.surviving == 2 * 3
    changed = {
        seat.attendee.name
        for version in (schedule, schedule.parent)
        for meeting in version.meetings.filter(round__gt=2)
        for seat in meeting.seats.all()
        if absent in {str(s.attendee_id) for s in meeting.seats.all()}
    }
    assert told() == changed
    assert "Ana 1" in changed


def test_who_is_left_over_is_proposed_something_and_reads_it(territory, host, client):
    session, everybody = running_session(territory, side=3, begun=1)
    member = MembershipFactory(organisation=everybody[3].organisation)
    attendance.mark_absent(session, first(everybody[0]), by=host)

    found = proposed(session, host)
    services.apply_replanning(session, found.schedule)

    rows = LeftOver.objects.filter(schedule=found.schedule)
    lost = {
        (one.round, name)
        for one in meetings_of(found.schedule.parent)
        if one.round > 1 and str(first(everybody[0]).pk) in one.ids
        for name in one.ids
    }
    seated = {
        (one.round, name) for one in meetings_of(found.schedule) for name in one.ids
    }
    alone = {pair for pair in lost - seated if pair[1] != str(first(everybody[0]).pk)}
    assert {(row.round, str(row.attendee_id)) for row in rows} >= alone
    client.force_login(member.user)
    page = text(
        client.get(url("programme_detail", session, member.organisation.public_id))
    )
    mine = rows.filter(attendee=first(everybody[3]))
    assert ("Une rencontre vous manque" in page) == mine.exists()


def test_asked_twice_it_is_computed_once_and_the_last_draft_alone_stays(
    territory, host
):
    session, everybody = running_session(territory, begun=1)
    jobs = {services.request_replanning(session, by=host).pk for _ in range(2)}
    drain()
    attendance.mark_absent(session, first(everybody[0]), by=host)
    proposed(session, host)

    assert len(jobs) == 1
    assert Replanning.objects.count() == 1
    assert Schedule.objects.filter(session=session).count() == 2


def test_applied_twice_it_is_published_once(browser, territory, host):
    session, everybody = running_session(territory, begun=1)
    attendance.mark_absent(session, first(everybody[0]), by=host)
    found = proposed(session, host)

    path = url("replanning_apply", session, found.schedule.public_id)
    pages = [text(browser.post(path, follow=True)) for _ in range(2)]

    assert all("Le nouveau programme est publié" in page for page in pages)
    assert published(session) == found.schedule


@pytest.mark.parametrize(
    "since", ["somebody is back", "a table is lost", "a no", "a withdrawal"]
)
def test_what_is_stale_is_not_published_but_computed_again(
    browser, territory, host, since
):
    session, everybody = running_session(territory, begun=1)
    attendance.mark_absent(session, first(everybody[0]), by=host)
    found = proposed(session, host)
    former = published(session)
    match since:
        case "somebody is back":
            attendance.arrive(session, first(everybody[0]), by=host)
        case "a table is lost":
            attendance.lose_table(session, 2, by=host)
        case "a no":
            meeting = next(m for m in meetings_of(found.schedule) if m.round > 1)
            one, other = (
                next(r for r in everybody if str(first(r).pk) == name)
                for name in meeting.ids
            )
            Wish.objects.create(registration=one, other=other, answer="no")
        case "a withdrawal":
            withdraw(session, everybody[1].organisation)

    path = url("replanning_apply", session, found.schedule.public_id)
    page = text(browser.post(path, follow=True))

    assert "rien n’est publié" in page
    assert published(session) == former
    drain()
    again = services.proposed(session)
    assert services.apply_replanning(session, again.schedule)
    assert not check(problem_today(session), meetings_of(published(session)))


def test_a_preview_replaced_by_another_host_is_refused_kindly(browser, territory, host):
    session, everybody = running_session(territory, begun=1)
    attendance.mark_absent(session, first(everybody[0]), by=host)
    old = proposed(session, host).schedule.public_id
    proposed(session, host)

    page = text(browser.post(url("replanning_apply", session, old), follow=True))

    assert "rien n’est publié" in page


def test_nothing_is_planned_again_once_the_last_round_has_begun(
    browser, territory, host
):
    session, _everybody = running_session(territory, side=3, begun=3)

    page = text(browser.post(url("replanning_request", session), follow=True))

    assert "Il n’y a rien à changer" in page
    assert services.job_of(session) is None


def test_a_lost_table_is_used_no_more(territory, host):
    session, _everybody = running_session(territory, begun=1, tables=5)
    attendance.lose_table(session, 2, by=host)

    found = proposed(session, host)

    later = [m for m in meetings_of(found.schedule) if m.round > 1]
    assert len(later) == 12
    assert {m.table for m in later} == {1, 3, 4, 5}


def test_who_registers_at_the_door_has_meetings(territory, host):
    session, everybody = running_session(territory, side=3, begun=1, rounds=3)
    attendance.mark_absent(session, first(everybody[0]), by=host)
    late = registration_of(session, OrganisationFactory(), names=("Dan",))

    found = proposed(session, host)

    dan = str(first(late).pk)
    assert len([m for m in meetings_of(found.schedule) if dan in m.ids]) == 2


def test_who_comes_back_after_a_new_programme_has_meetings_again(territory, host):
    session, everybody = running_session(territory, begun=1)
    ana = first(everybody[0])
    attendance.mark_absent(session, ana, by=host)
    services.apply_replanning(session, proposed(session, host).schedule)
    attendance.arrive(session, ana, by=host)

    again = proposed(session, host)

    rounds = {m.round for m in meetings_of(again.schedule) if str(ana.pk) in m.ids}
    assert rounds == {1, 2, 3, 4}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_no_rule_is_broken(territory, host, seed):
    chance = random.Random(seed)
    session, everybody = running_session(
        territory, side=5, begun=chance.randrange(4), meetings_min=1
    )
    begun = session.rounds
    for one in chance.sample(everybody, 4):
        said = chance.choice(["absent", "late", "leaves"])
        attendee = first(one)
        if said == "absent":
            attendance.mark_absent(session, attendee, by=host)
        elif said == "late":
            attendance.announce_late(session, attendee, begun, by=host)
        else:
            attendance.leave(session, attendee, begun, by=host)
    Wish.objects.create(registration=everybody[0], other=everybody[-1], answer="no")
    attendance.lose_table(session, chance.randint(1, 5), by=host)

    found = proposed(session, host)

    stated = problem_today(session)
    assert not check(stated, meetings_of(found.schedule))
    assert services.apply_replanning(session, found.schedule)


def test_the_preview_tells_who_changes_how_and_what_is_kept(browser, territory, host):
    session, everybody = running_session(territory, begun=2)
    attendance.mark_absent(session, first(everybody[0]), by=host)
    waiting = text(browser.post(url("replanning_request", session), follow=True))
    drain()

    page = text(browser.get(url("replanning_detail", session)))

    assert "Calcul du nouveau programme" in waiting
    assert "6<small> / 6</small>" in page
    assert "Vélos 1</strong> (Ana 1) – absente" in page
    assert "perd, au tour 3" in page
    assert "Appliquer ce programme" in page


def test_a_version_that_rewrites_the_past_is_not_published(browser, territory, host):
    """From the page of the programmes too, once the day has begun."""
    session, everybody = running_session(territory, begun=2)
    before = published(session)
    other = schedule_of(session, [(1, 1, [everybody[0], everybody[5]])], version=2)

    path = url("schedule_publish", session, other.public_id)
    page = text(browser.post(path, follow=True))

    assert "ce programme ne les respecte plus" in page
    assert published(session) == before
