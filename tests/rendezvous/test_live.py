"""The day itself: what hosts press is done once, and everything follows the clock."""

import datetime as dt
import json
import threading
from dataclasses import fields

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.enums import ActorKind
from rendezvous.clock import MINUTE, NotNowError, Phase, position
from rendezvous.enums import ScheduleState, SessionState
from rendezvous.models import SessionClock
from rendezvous.selectors.live import clock_of, current_round, live_of
from rendezvous.services.live import Action, NotAnnouncedError, Seen, StaleError, act
from rendezvous.services.sessions import Plan, edit_session
from tests.factories.accounts import UserFactory
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.sessions import begun, registration_of, schedule_of, session_of
from tests.factories.suggestions import catalyst_of
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PREPARED = [
    one.name
    for one in fields(Plan)
    if one.name not in ("capacities", "kind_pairs", "arrangement")
]


@pytest.fixture
def session():
    return session_of(TerritoryFactory(), title="Rencontres du jour")


@pytest.fixture
def host(session):
    return catalyst_of(session.territory)


@pytest.fixture
def member(session):
    """Somebody of an organisation that meets a company at table 3 in round 1."""
    membership = MembershipFactory(organisation__name="Roue libre")
    own = registration_of(session, membership.organisation)
    other = OrganisationFactory(name="Usine", kind=ActorKind.COMPANY)
    theirs = registration_of(session, other)
    schedule_of(session, [(1, 3, [own, theirs])], state=ScheduleState.PUBLISHED)
    return membership


def url(name, session, *more):
    return reverse(f"rendezvous:{name}", args=[session.public_id, *more])


def text(response):
    return " ".join(response.content.decode().split())


def press(client, session, action, seen):
    data = {"action": action, "vu": seen}
    return client.post(url("live_act", session), data, follow=True)


def revision_of(session):
    return live_of(session).revision


def test_a_press_moves_the_clock_and_tells_who_pressed(session, host):
    at = session.begins_at + 3 * MINUTE

    clock = act(session, Action.GO_ON, seen=Seen(0, 0), by=host, now=at)

    assert clock == clock_of(session)
    assert clock.rounds[0].begins_at == at
    assert current_round(session, at + MINUTE) == 1
    row = SessionClock.objects.get()
    assert (row.revision, row.by, row.started_at) == (1, host, at)


def test_before_the_start_no_round_is_current(session):
    assert current_round(session, session.begins_at + MINUTE) == 0


def test_the_same_press_twice_is_done_once(session, host):
    begun(session, by=host)
    at = session.begins_at + 2 * MINUTE
    act(session, Action.DELAY, seen=Seen(1, 1), by=host, now=at)
    after = clock_of(session)

    with pytest.raises(StaleError):
        act(session, Action.DELAY, seen=Seen(1, 1), by=host, now=at)

    assert clock_of(session) == after


@pytest.mark.parametrize("action", [Action.GO_ON, Action.PROLONG])
def test_a_round_that_ended_by_itself_is_not_ended_again(session, host, action):
    begun(session, by=host)
    in_the_break = session.begins_at + 8 * MINUTE

    with pytest.raises(StaleError):
        act(session, action, seen=Seen(1, 1), by=host, now=in_the_break)

    assert revision_of(session) == 1


def test_a_pause_does_not_mind_that_the_round_ended(session, host):
    begun(session, by=host)

    act(
        session,
        Action.PAUSE,
        seen=Seen(1, 1),
        by=host,
        now=session.begins_at + 8 * MINUTE,
    )

    assert clock_of(session).is_paused


def test_what_makes_no_sense_changes_nothing(session, host):
    with pytest.raises(NotNowError):
        act(session, Action.PAUSE, seen=Seen(0, 0), by=host, now=timezone.now())

    assert not SessionClock.objects.exists()


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED])
def test_only_an_announced_session_is_started(session, host, state):
    session.state = state
    session.save()

    with pytest.raises(NotAnnouncedError):
        act(session, Action.GO_ON, seen=Seen(0, 0), by=host, now=timezone.now())


def test_a_rehearsal_leaves_no_trace_on_the_hours(session, host):
    planned = clock_of(session)
    begun(session, at=session.begins_at - dt.timedelta(days=1), by=host)

    act(session, Action.RESET, seen=Seen(1, 1), by=host, now=timezone.now())

    assert clock_of(session) == planned
    assert revision_of(session) == 2


def changed(session, **values):
    """The session as its catalyst has just prepared it otherwise."""
    columns = {name: getattr(session, name) for name in PREPARED}
    capacities = dict(session.capacities.values_list("kind", "places"))
    pairs = frozenset(session.kind_pairs.values_list("low", "high"))
    plan = Plan(
        **{**columns, **values}, capacities=capacities, kind_pairs=pairs, arrangement={}
    )
    return edit_session(session, plan)


def test_a_session_that_moves_after_a_rehearsal_has_the_hours_of_its_plan(
    session, host
):
    at = session.begins_at
    act(session, Action.DELAY, seen=Seen(0, 0), by=host, now=at)
    later = {"begins_at": at + DAY, "ends_at": session.ends_at + DAY}

    renamed = changed(session, title="Autre titre")
    delayed = clock_of(renamed).rounds[0].begins_at
    changed(session, **later)
    session.refresh_from_db()

    assert delayed == at + 5 * MINUTE
    assert clock_of(session).rounds[0].begins_at == at + DAY
    assert revision_of(session) == 2


def test_rounds_added_after_the_last_one_wait_for_the_host(session, host):
    now = timezone.now()
    begun(session, at=now - dt.timedelta(hours=2), by=host)
    over = position(clock_of(session), now)

    changed(session, rounds=session.rounds + 1)
    session.refresh_from_db()
    here = position(clock_of(session), now)
    act(session, Action.GO_ON, seen=Seen(2, here.step), by=host, now=now)

    assert (over.phase, over.round) == (Phase.OVER, 4)
    assert (here.phase, here.round, here.next_round) == (Phase.PAUSED, 4, 5)
    assert clock_of(session).rounds[4].begins_at == now


def test_rounds_added_while_the_last_one_goes_on_follow_it(session, host):
    now = timezone.now()
    begun(session, at=now - dt.timedelta(minutes=30), by=host)

    changed(session, rounds=session.rounds + 1)
    session.refresh_from_db()

    assert position(clock_of(session), now).phase is Phase.ROUND
    assert revision_of(session) == 1


def test_each_change_is_kept_with_who_made_it(session, host):
    begun(session, by=host)
    other = UserFactory()
    now = session.begins_at + MINUTE
    act(session, Action.PAUSE, seen=Seen(1, 1), by=other, now=now)

    events = SessionClock._meta.apps.get_model("rendezvous", "SessionClockEvent")
    kept = list(events.objects.order_by("pgh_id").values_list("pgh_label", "by"))

    assert kept == [("insert", host.pk), ("update", host.pk)]
    assert SessionClock.objects.get().by == other


@pytest.mark.django_db(transaction=True)
def test_of_hosts_who_press_at_once_one_is_heard(session):
    hosts = UserFactory.create_batch(6)
    begun(session, by=hosts[0])
    now = session.begins_at + 2 * MINUTE
    outcomes = []
    ready = threading.Barrier(len(hosts))

    def pressed(by):
        ready.wait()
        try:
            act(session, Action.GO_ON, seen=Seen(1, 1), by=by, now=now)
            outcomes.append("done")
        except StaleError:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=pressed, args=[one]) for one in hosts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(outcomes) == ["done", *["stale"] * 5]
    assert position(clock_of(session), now).phase is Phase.BREAK


def test_the_host_starts_from_the_page(client, session, host):
    client.force_login(host)
    page = client.get(url("live_host", session))
    assert "Commencer le premier tour" in text(page)

    after = press(client, session, "suite", page.context["seen"])

    assert "Finir le tour 1 maintenant" in text(after)
    assert current_round(session, timezone.now()) == 1


def test_a_stale_press_says_so_and_shows_where_things_are(client, session, host):
    client.force_login(host)
    press(client, session, "suite", "0-0")

    again = press(client, session, "suite", "0-0")

    assert "rien n’a été fait deux fois" in text(again)
    assert revision_of(session) == 1


@pytest.mark.parametrize(
    ("action", "seen"),
    [("suite", "x"), ("autre", "0-0"), ("", ""), ("suite", "٣-٠"), ("pause", "0-0\n")],
)
def test_what_no_page_of_ours_sends_is_not_there(client, session, host, action, seen):
    client.force_login(host)

    assert press(client, session, action, seen).status_code == 404
    assert not SessionClock.objects.exists()


@pytest.mark.parametrize("name", ["live_host", "live_room"])
def test_only_who_prepares_the_session_hosts_it(client, session, member, name):
    client.force_login(member.user)
    assert client.get(url(name, session)).status_code == 404

    client.force_login(catalyst_of(TerritoryFactory()))
    assert client.get(url(name, session)).status_code == 404
    assert press(client, session, "suite", "0-0").status_code == 404


def test_the_room_reads_who_goes_where_by_name_and_by_table(
    client, session, host, member
):
    client.force_login(host)

    page = text(client.get(url("live_room", session)))

    assert page.index("Roue libre") < page.index("Usine")
    assert "Roue libre – Usine" in page
    assert "Ana Lopez" not in page


def test_the_room_costs_no_more_queries_with_more_tables(client, session, host, member):
    client.force_login(host)
    client.get(url("live_room", session))
    with CaptureQueriesContext(connection) as few:
        client.get(url("live_room", session))
    for _ in range(4):
        registration_of(session, OrganisationFactory())

    with CaptureQueriesContext(connection) as many:
        client.get(url("live_room", session))

    assert len(many) == len(few) < 25


def test_everybody_follows_the_hours_and_nothing_else(client, session, member):
    begun(session)

    answer = client.get(url("live_state", session))

    told = json.loads(answer.content)
    assert set(told) == {
        *("revision", "programme", "started", "stopped", "ended", "rounds"),
    }
    assert told["rounds"][0][0] == session.begins_at.timestamp() * 1000
    assert (told["revision"], told["programme"], told["started"]) == (1, 1, True)


def test_what_was_seen_is_not_sent_again(client, session):
    tag = client.get(url("live_state", session)).headers["ETag"]
    headers = {"If-None-Match": tag}
    same = client.get(url("live_state", session), headers=headers)
    begun(session)
    other = client.get(url("live_state", session), headers=headers)

    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)


def test_a_screen_is_told_the_state_in_one_query(client, session):
    client.get(url("live_state", session))

    with CaptureQueriesContext(connection) as queries:
        client.get(url("live_state", session))

    assert len(queries) == 1


def test_a_session_that_is_prepared_is_followed_by_nobody(client, session):
    session.state = SessionState.DRAFT
    session.save()

    assert client.get(url("live_state", session)).status_code == 404


def test_a_phone_reads_now_then_next(client, session, member):
    begun(session, at=timezone.now() - MINUTE)
    client.force_login(member.user)

    page = text(
        client.get(url("programme_detail", session, member.organisation.public_id))
    )

    assert page.index("Maintenant") < page.index("Table 3") < page.index("Usine")
    assert "data-live-state" in page


def test_a_round_that_was_left_out_is_said_so(client, session, member):
    session.begins_at = timezone.now()
    session.save()
    begun(session)
    now = session.begins_at + MINUTE
    host = catalyst_of(session.territory)
    act(session, Action.END, seen=Seen(1, 1), by=host, now=now)
    client.force_login(member.user)

    page = text(
        client.get(url("programme_detail", session, member.organisation.public_id))
    )

    assert page.count("al-is-left-out") == 3


def test_the_script_that_keeps_a_programme_is_for_who_reads_it(client, session, member):
    path = url("programme_worker", session, member.organisation.public_id)
    client.force_login(member.user)
    kept = client.get(path)
    client.force_login(MembershipFactory().user)

    assert kept.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in kept.headers  # its own folder only
    assert client.get(path).status_code == 404
