"""The process that answers screens that wait: at once when there is something to say."""

import asyncio
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from rendezvous.asgi import PLACE, LiveApplication
from rendezvous.clock import MINUTE, planned
from rendezvous.selectors.following import Watcher
from rendezvous.selectors.live import Live
from tests.factories.sessions import begun, session_of
from tests.factories.territories import TerritoryFactory

NINE = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
CLOCK = planned(NINE, rounds=2, length=7 * MINUTE, pause=MINUTE)
PATH = "/rencontres/abc/direct/etat/"


class States:
    """What the database says, without one; counts how often it is asked."""

    def __init__(self):
        self.revision = 0
        self.reads = 0
        self.read_once = threading.Event()

    @property
    def live(self):
        return Live(CLOCK, self.revision, 1)

    def __call__(self, public_ids):
        self.reads += 1
        self.read_once.set()
        return {"abc": self.live} if "abc" in public_ids else {}


def run(coroutine):
    """Run it in a thread: browsers of other tests may hold a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def ask(application, *, path=PATH, method="GET", seen="", leaves=None):
    """What a screen receives: status, headers, body; ``leaves``: when it goes away."""
    sent = []

    async def receive():
        if leaves is None:
            await asyncio.Event().wait()
        await leaves.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    headers = [(b"if-none-match", f'"{seen}"'.encode())] if seen else []
    scope = {"type": "http", "path": path, "method": method, "headers": headers}
    await application(scope, receive, send)
    if not sent:
        return None, {}, b""
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, sent[1]["body"]


def test_who_has_seen_nothing_is_told_at_once():
    states = States()

    status, head, body = run(ask(LiveApplication(Watcher(states))))

    assert (status, body.decode()) == (200, states.live.text)
    assert head["etag"] == f'"{states.live.tag}"'
    assert head["cache-control"] == "private, no-store"
    assert head["content-type"] == "application/json"


def test_who_has_seen_everything_hears_of_the_next_change():
    states = States()
    application = LiveApplication(Watcher(states))

    async def day():
        seen = states.live.tag
        waiting = [asyncio.create_task(ask(application, seen=seen)) for _ in range(20)]
        await asyncio.to_thread(states.read_once.wait, 5)
        assert not any(one.done() for one in waiting)
        states.revision = 1
        return await asyncio.gather(*waiting)

    answers = run(day())

    assert {(status, body.decode()) for status, _head, body in answers} == {
        (200, states.live.text)
    }


def test_when_nothing_changes_the_wait_ends():
    states = States()
    application = LiveApplication(Watcher(states), held_seconds=0.05)

    status, head, body = run(ask(application, seen=states.live.tag))

    assert (status, body) == (304, b"")
    assert head["etag"] == f'"{states.live.tag}"'
    assert int(head["x-server-time"]) > 0


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/rencontres/autre/direct/etat/", "GET", 404),
        (PATH, "POST", 405),
        ("/rencontres/abc/", "GET", 404),
        ("/rencontres/a/b/direct/etat/", "GET", 404),
        ("/livez", "GET", 200),
    ],
)
def test_it_answers_for_nothing_else(path, method, status):
    application = LiveApplication(Watcher(States()))

    assert run(ask(application, path=path, method=method))[0] == status


def test_who_leaves_is_forgotten():
    states = States()
    watcher = Watcher(states)
    application = LiveApplication(watcher)

    async def come_and_go():
        leaves = asyncio.Event()
        seen = states.live.tag
        there = asyncio.create_task(ask(application, seen=seen, leaves=leaves))
        await asyncio.to_thread(states.read_once.wait, 5)
        leaves.set()
        return await there

    assert run(come_and_go()) == (None, {}, b"")
    assert len(watcher) == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_reader_that_died_is_replaced():
    states = States()
    reads = []

    def read(public_ids):
        reads.append(threading.get_ident())
        if len(reads) == 1:
            raise ArithmeticError
        return states(public_ids)

    watcher = Watcher(read)

    assert watcher.wait("abc", "", seconds=0.2) is None
    assert watcher.wait("abc", "", seconds=5.0) == states.live


def test_a_thread_may_wait_too():
    states = States()
    watcher = Watcher(states)

    assert watcher.wait("abc", "", seconds=5) == states.live
    assert watcher.wait("abc", states.live.tag, seconds=0.01) is None
    assert len(watcher) == 0


def test_the_process_apart_knows_the_address_of_the_site():
    path = reverse("rendezvous:live_state", args=["0123abcdEFGH"])

    assert PLACE.match(path)["id"] == "0123abcdEFGH"


@pytest.mark.django_db
def test_every_session_has_an_identifier_that_the_process_apart_takes():
    session = session_of(TerritoryFactory())

    assert PLACE.match(reverse("rendezvous:live_state", args=[session.public_id]))


def pressed(session):
    try:
        begun(session, at=timezone.now())
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_held_page_is_answered_when_a_host_presses(client, settings):
    settings.LIVE_HOLD_SECONDS = 20.0
    session = session_of(TerritoryFactory())
    path = reverse("rendezvous:live_state", args=[session.public_id])
    tag = client.get(path).headers["ETag"]
    press = threading.Timer(0.3, pressed, [session])
    press.start()

    answer = client.get(path, headers={"If-None-Match": tag})

    press.join()
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
