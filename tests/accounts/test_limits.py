import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from limits import parse_many

from accounts import limits
from accounts.limits import RATES, allow, seconds_to_wait
from accounts.throttling import address_of, limited
from tests.factories.accounts import UserFactory

THREADS = 200
HOME = "address:192.0.2.1"


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory) -> Iterator[str]:
    """A real Redis of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("redis-server") or "redis-server"
    command = (program, "--port", str(port), "--bind", "127.0.0.1", "--save", "")
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, cwd=tmp_path_factory.mktemp("redis")
    ) as server:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


@pytest.fixture
def nowhere(settings) -> Iterator[None]:
    """A Redis that does not answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{probe.getsockname()[1]}/0"
        yield


def passed_at_once(action: str, *, who: str) -> int:
    """How many of many simultaneous calls pass."""
    start = Barrier(THREADS)

    def call(_number: int) -> bool:
        start.wait()
        return allow(action, who=who)

    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(call, range(THREADS)))


def test_exactly_what_the_table_says_passes_among_two_hundred_calls_at_once():
    assert passed_at_once("invitation", who="p1") == 30


@pytest.mark.needs_redis
def test_redis_lets_exactly_as_many_pass(settings, redis_url):
    settings.REDIS_URL = redis_url

    assert passed_at_once("invitation", who="p1") == 30
    assert passed_at_once("invitation", who=HOME) == 100
    assert not allow("invitation", who="p1")


@pytest.mark.needs_redis
def test_redis_keeps_neither_the_address_nor_the_person(settings, redis_url):
    settings.REDIS_URL = redis_url
    allow("sign_in", who="zoe@exemple.test")
    allow("sign_in", who=HOME)
    store = limits._store(redis_url)._storage.storage

    keys = b" ".join(store.keys("*"))
    assert len(store.keys("limits*")) >= 2
    assert b"zoe" not in keys
    assert b"192.0.2.1" not in keys
    assert all(0 < store.ttl(key) <= 86_400 for key in store.keys("limits*"))


def test_a_person_and_an_address_have_each_their_rate():
    assert [allow("claim", who="p1") for _ in range(6)] == [True] * 5 + [False]
    assert allow("claim", who="p2")
    assert sum(allow("claim", who=HOME) for _ in range(25)) == 20


def test_the_window_moves():
    with time_machine.travel("2026-11-02 10:00", tick=False) as clock:
        assert [allow("sign_up", who="p1") for _ in range(6)] == [True] * 5 + [False]
        assert seconds_to_wait("sign_up", who="p1") == 3600
        clock.shift(3599)
        assert not allow("sign_up", who="p1")
        clock.shift(2)
        assert allow("sign_up", who="p1")


def test_without_its_store_what_reads_is_open_and_what_writes_waits(nowhere):
    opened = {action for action in RATES if allow(action, who="p1")}

    assert opened == {
        "api",
        "api_anonymous",
        "api_token",
        "live",
        "people",
        "report",
        "search",
    }


def test_a_store_that_failed_is_not_asked_at_each_call(nowhere):
    allow("sign_in", who="p1")
    started = time.monotonic()
    for _ in range(1_000):
        allow("sign_in", who="p1")

    assert time.monotonic() - started < 0.5


def test_an_action_that_the_table_does_not_know_is_a_mistake():
    with pytest.raises(KeyError):
        allow("anything", who="p1")


def test_every_rate_can_be_read_and_an_address_has_at_least_that_of_a_person():
    for action, rate in RATES.items():
        person, address = parse_many(rate.person)[0], parse_many(rate.address)[0]
        assert person.get_expiry() == address.get_expiry(), action
        assert person.amount <= address.amount, action


@pytest.mark.parametrize(
    ("trusted", "forwarded", "remote", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (1, "10.0.0.1, 198.51.100.7", "172.16.0.2", "198.51.100.7"),
        (1, "", "172.16.0.2", "172.16.0.2"),
        (2, "1.1.1.1, 198.51.100.7, 10.0.0.9", "172.16.0.2", "198.51.100.7"),
        (1, "not an address", "172.16.0.2", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings, trusted, forwarded, remote, address
):
    settings.TRUSTED_PROXY_COUNT = trusted
    request = RequestFactory().get(
        "/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded
    )

    assert address_of(request) == f"address:{address}"


@pytest.mark.django_db
def test_the_page_says_how_long_to_wait_and_reading_is_not_counted(rf):
    user = UserFactory()
    view = limited("claim")(lambda request: HttpResponse("done"))

    def ask(method: str):
        request = getattr(rf, method)(reverse("portal:home"))
        request.user = user
        return view(request)

    assert [ask("get").status_code for _ in range(9)] == [200] * 9
    answers = [ask("post") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 86_000 < int(answers[-1]["Retry-After"]) <= 86_400
    assert "Recommencez dans 24 heures" in answers[-1].content.decode()


@pytest.mark.django_db
def test_another_network_does_not_open_another_count(rf):
    user = UserFactory()
    view = limited("claim")(lambda request: HttpResponse("done"))

    def ask(number: int) -> int:
        request = rf.post(
            "/",
            REMOTE_ADDR=f"192.0.2.{number}",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
        )
        request.user = user
        return view(request).status_code

    assert [ask(number) for number in range(7)] == [200] * 5 + [429] * 2


def test_switched_off_nothing_is_counted(settings):
    settings.RATE_LIMITED = False

    assert all(allow("claim", who="p1") for _ in range(50))
