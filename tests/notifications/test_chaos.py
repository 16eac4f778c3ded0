"""Digests to many while workers, relay, Redis and the mail server are killed.

No letter is lost; one that leaves twice bears the same Message-ID both times.
"""

import os
import random
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from jobs.models import Job
from notifications.models import Delivery, Notification
from notifications.registry import Frequency
from notifications.services.planning import plan_digests_of
from tests.factories.notifications import CODE
from tests.jobs.conftest import use_broker
from tests.jobs.test_chaos import Process, eventually

__all__ = ["use_broker"]

pytestmark = [
    pytest.mark.needs_redis,
    pytest.mark.django_db(transaction=True),
]

SETTLE_SECONDS = 420.0
KILLS_MAX = 300
SEED = 20260101


@dataclass
class Site:
    """The processes of a site, and what its mail server has received."""

    processes: dict[str, Process]
    notebook: Path

    def received(self) -> list[tuple[str, str]]:
        """Return each letter received: its address and its Message-ID."""
        if not self.notebook.exists():
            return []
        lines = self.notebook.read_text().splitlines()
        return [(line.split()[0], line.split()[1]) for line in lines]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(tmp_path: Path, use_broker: Callable[[str], None]) -> Iterator[Site]:
    """Redis without persistence, two prefork workers, a beat, a mail server."""
    redis_port, mail_port = free_port(), free_port()
    redis_url = f"redis://127.0.0.1:{redis_port}/0"
    use_broker(redis_url)
    environment = os.environ | {
        "CHAOS_DATABASE": str(connection.settings_dict["NAME"]),
        "CHAOS_REDIS_URL": redis_url,
        "CHAOS_SMTP_PORT": str(mail_port),
    }

    def process(name: str, *command: str) -> Process:
        return Process(*command, environment=environment, log=tmp_path / f"{name}.log")

    celery = (sys.executable, "-m", "celery", "-A", "tests.notifications.chaos_app")
    quiet = ("--concurrency=2", "--without-gossip", "--without-mingle")
    redis = shutil.which("redis-server") or "redis-server"
    notebook = tmp_path / "received"
    processes = {
        "redis": process(
            "redis",
            *(redis, "--port", str(redis_port), "--bind", "127.0.0.1", "--save", ""),
            *("--appendonly", "no", "--dir", str(tmp_path)),
        ),
        "mail server": process(
            "mail",
            *(sys.executable, "-m", "tests.notifications.chaos_smtp"),
            *(str(mail_port), str(notebook)),
        ),
        "first worker": process("first", *celery, "worker", "-n", "first@c", *quiet),
        "second worker": process("second", *celery, "worker", "-n", "second@c", *quiet),
        "relay": process("beat", *celery, "beat", "-s", str(tmp_path / "schedule")),
    }
    for one in processes.values():
        one.start()
    yield Site(processes, notebook)
    for one in processes.values():
        one.kill()


def tell(count: int) -> list[str]:
    """Write down two pieces of news for each of ``count`` people; plan their digests."""
    addresses = [f"personne{number}@exemple.test" for number in range(count)]
    people = User.objects.bulk_create(User(email=address) for address in addresses)
    Notification.objects.bulk_create(
        Notification(
            user=person,
            kind=CODE,
            key=key,
            path="/",
            digest=Frequency.DAILY,
            context={"organisation": "Les Ateliers"},
        )
        for person in people
        for key in "ab"
    )
    plan_digests_of(Frequency.DAILY, timezone.now() + timedelta(seconds=1))
    return addresses


def is_over(count: int) -> bool:
    done = Delivery.objects.exclude(state=Delivery.State.WAITING).count()
    return done == count


def storm(site: Site, *, until: int, calm_seconds: float) -> int:
    """Kill, drawn from one seed, until so many letters have left; return how often."""
    chance = random.Random(SEED)
    kills = 0
    while len(site.received()) < until and kills < KILLS_MAX:
        target = chance.choice(sorted(site.processes))
        if target.endswith("worker") and chance.random() < 0.5:
            site.processes[target].kill_child()
        else:
            site.processes[target].kill()
            time.sleep(chance.uniform(0.0, 0.3))
            site.processes[target].start()
        time.sleep(chance.uniform(0.2, calm_seconds))
        kills += 1
    return kills


def survive(site: Site, *, count: int, calm_seconds: float) -> None:
    addresses = tell(count)
    assert eventually(lambda: len(site.received()) > count // 50, 60)

    kills = storm(site, until=count * 9 // 10, calm_seconds=calm_seconds)

    assert eventually(lambda: is_over(count), SETTLE_SECONDS)
    received = site.received()
    assert {address for address, _ in received} == set(addresses)
    assert set(received) == set(
        Delivery.objects.values_list("user__email", "message_id")
    )
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    doubles = len(received) - count
    interrupted = Job.objects.filter(attempts__gt=1).count()
    put_off = Delivery.objects.filter(attempts__gt=1).count()
    sys.stdout.write(
        f"\ndigests: {count} people, {kills} kills, 0 lost, {doubles} doubles with the "
        f"same Message-ID, {interrupted} jobs interrupted, {put_off} letters put off\n"
    )
    # The storm was one: letters were interrupted on their way.
    assert interrupted + put_off > 0


@pytest.mark.slow
def test_digests_to_five_thousand_survive_kills(site: Site) -> None:
    survive(site, count=5_000, calm_seconds=4.0)
