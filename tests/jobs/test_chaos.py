"""Workers, relay and Redis killed at random moments: nothing lost, nothing done twice.

The negative control goes through the same storm: messages that only Celery and Redis
know of. If none of them were lost, the storm would prove nothing.
"""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from kombu.exceptions import OperationalError

from jobs import wakeup
from jobs.broker import app
from jobs.models import Job
from jobs.services import enqueue
from tests.jobs.chaos_effects import UNSAFE, recorded

pytestmark = [
    pytest.mark.needs_redis,
    pytest.mark.django_db(transaction=True),
]

SETTLE_SECONDS = 30.0


class Process:
    """A process with its group, killed and started again at will."""

    def __init__(self, *command: str, environment: dict[str, str], log: Path) -> None:
        self._command = command
        self._environment = environment
        self._log = log
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                self._command,
                cwd=django_settings.BASE_DIR,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL the whole group, as the kernel or an impatient supervisor would."""
        if self._running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None

    def kill_child(self) -> None:
        """SIGKILL one of its children only, as when memory runs out."""
        assert self._running is not None
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._running.pid)],
            check=False,
            capture_output=True,
            text=True,
        ).stdout.split()
        for child in children[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)


@pytest.fixture
def redis_url() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


@pytest.fixture
def processes(
    redis_url: str, tmp_path: Path, use_broker: Callable[[str], None]
) -> Iterator[dict[str, Process]]:
    """Redis without persistence, two prefork workers and a beat, running."""
    use_broker(redis_url)
    environment = os.environ | {
        "CHAOS_DATABASE": str(connection.settings_dict["NAME"]),
        "CHAOS_REDIS_URL": redis_url,
    }

    def celery(name: str, *arguments: str) -> Process:
        command = (sys.executable, "-m", "celery", "-A", "tests.jobs.chaos_app")
        log = tmp_path / f"{name}.log"
        return Process(*command, *arguments, environment=environment, log=log)

    def worker(name: str) -> Process:
        options = ("--concurrency=2", "--without-gossip", "--without-mingle")
        return celery(name, "worker", f"--hostname={name}@chaos", *options)

    port = redis_url.rsplit(":", 1)[1].split("/", maxsplit=1)[0]
    redis = shutil.which("redis-server") or "redis-server"
    all_of_them = {
        "redis": Process(
            *(redis, "--port", port, "--bind", "127.0.0.1", "--save", ""),
            *("--appendonly", "no", "--dir", str(tmp_path)),
            environment=environment,
            log=tmp_path / "redis.log",
        ),
        "first worker": worker("first"),
        "second worker": worker("second"),
        "relay": celery("beat", "beat", f"--schedule={tmp_path / 'schedule'}"),
    }
    for process in all_of_them.values():
        process.start()
    yield all_of_them
    for process in all_of_them.values():
        process.kill()


def queue(numbers: range) -> None:
    """Ask for the same work in both ways: the outbox, and a bare message."""
    for number in numbers:
        enqueue("chaos.safe", {"number": number}, f"number:{number}")
        with contextlib.suppress(OperationalError, ConnectionError):
            app.send_task(UNSAFE, args=[number], retry=False, ignore_result=True)


def everything_is_done() -> bool:
    return not Job.objects.open().filter(kind="chaos.safe").exists()


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def storm(processes: dict[str, Process], *, faults: int, per_fault: int) -> int:
    """Queue work between the faults, all drawn from one seed; return how much."""
    chance = random.Random(20260101)
    for turn in range(faults):
        target = chance.choice(sorted(processes))
        queue(range(turn * per_fault, (turn + 1) * per_fault))
        time.sleep(chance.uniform(0.0, 0.8))
        if target.endswith("worker") and chance.random() < 0.5:
            processes[target].kill_child()
            continue
        processes[target].kill()
        time.sleep(chance.uniform(0.0, 0.3))
        processes[target].start()
    return faults * per_fault


def stop_everything(processes: dict[str, Process], *, asked: range) -> None:
    """Kill Redis while it holds messages: those are lost, whatever the chance."""
    for process in processes.values():
        if process is not processes["redis"]:
            process.kill()
    queue(asked)
    processes["redis"].kill()
    for process in processes.values():
        process.start()


def survive(processes: dict[str, Process], *, faults: int, per_fault: int) -> None:
    queue(range(-20, 0))
    assert eventually(lambda: len(recorded("chaos.safe-effect")) == 20, 20)
    stop_everything(processes, asked=range(-40, -20))

    asked = storm(processes, faults=faults, per_fault=per_fault)

    assert eventually(everything_is_done, SETTLE_SECONDS)
    assert recorded("chaos.safe-effect") == list(range(-40, asked))
    assert not set(range(-40, -20)) & set(recorded("chaos.unsafe-effect"))


def test_kills_lose_nothing_and_double_nothing(processes: dict[str, Process]) -> None:
    survive(processes, faults=8, per_fault=25)


@pytest.mark.slow
def test_many_kills_lose_nothing_and_double_nothing(
    processes: dict[str, Process],
) -> None:
    survive(processes, faults=60, per_fault=40)


def test_what_was_queued_while_redis_was_away_is_done_when_it_returns(
    processes: dict[str, Process], monkeypatch
) -> None:
    monkeypatch.setattr(wakeup, "SILENCE_AFTER_FAILURE_SECONDS", 0.0)
    processes["redis"].kill()
    enqueue("chaos.safe", {"number": 1}, "number:1")

    processes["redis"].start()

    assert eventually(everything_is_done, SETTLE_SECONDS)
    assert recorded("chaos.safe-effect") == [1]
