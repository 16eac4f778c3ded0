"""What runs behind an evening: Redis, two workers and a relay, killed at will."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import pytest
from django.db import connection

from jobs.models import Job
from jobs.services import start_periods
from rendezvous.scheduling.solve import warm_up
from tests.jobs.conftest import use_broker
from tests.jobs.test_chaos import Process, eventually, redis_url

__all__ = ["redis_url", "use_broker"]

# Of a machine that does three other things: what is waited for usually takes one or two.
PATIENCE_SECONDS = 180.0
WORKERS = ("first", "second")
END = b"\n" + b"-" * 79 + b"\n"


@dataclass
class Site:
    """The processes of a site, and the folder where they meet."""

    processes: dict[str, Process]
    folder: Path

    def close(self, step: str) -> None:
        """Let whoever reaches a step wait there."""
        (self.folder / f"{step}.closed").touch()

    def kill_at(self, step: str, *, whole: bool = True) -> None:
        """Kill the worker that waits at a step, or its process that does; open the step."""
        reached = self.folder / f"{step}.reached"
        assert eventually(reached.exists, PATIENCE_SECONDS), self.said()
        worker = self.processes[reached.read_text()]
        worker.kill() if whole else worker.kill_child()
        (self.folder / f"{step}.closed").unlink()
        reached.unlink()
        if whole:
            worker.start()

    def letters(self) -> Counter[tuple[str, str]]:
        """Count the letters that left, by address and Message-ID."""
        files = (self.folder / "letters").glob("*")
        # Two of one second may share a file: a line of dashes ends each of them.
        texts = (text for one in files for text in one.read_bytes().split(END)[:-1])
        read = (message_from_bytes(text) for text in texts)
        return Counter((str(one["To"]), str(one["Message-ID"])) for one in read)

    def said(self) -> str:
        """What the processes wrote last."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"{log.name}\n{log.read_text()[-2000:]}" for log in logs)


@pytest.fixture
def site(
    redis_url: str, tmp_path: Path, use_broker: Callable[[str], None]
) -> Iterator[Callable[..., Site]]:
    """Start everything when the test asks for it; kill everything at its end."""
    processes: dict[str, Process] = {}

    def start(*, pause_seconds: float = 0.0) -> Site:
        warm_up()  # two workers need not compile the same at the same time
        use_broker(redis_url)
        start_periods()
        Job.objects.all().delete()  # the work of every day would be done meanwhile
        for name, command in commands(redis_url, tmp_path).items():
            environment = os.environ | {
                "CHAOS_DATABASE": str(connection.settings_dict["NAME"]),
                "CHAOS_REDIS_URL": redis_url,
                "EVENING_FOLDER": str(tmp_path),
                "EVENING_WORKER": name,
                "EVENING_PAUSE_SECONDS": str(pause_seconds),
            }
            log = tmp_path / f"{name}.log"
            processes[name] = Process(*command, environment=environment, log=log)
            processes[name].start()
        return Site(processes, tmp_path)

    yield start
    for process in processes.values():
        process.kill()


def commands(redis_url: str, folder: Path) -> dict[str, tuple[str, ...]]:
    port = redis_url.rsplit(":", 1)[1].split("/", maxsplit=1)[0]
    redis = shutil.which("redis-server") or "redis-server"
    celery = (sys.executable, "-m", "celery", "-A", "tests.rendezvous.evening_app")
    quiet = ("--concurrency=1", "--without-gossip", "--without-mingle")
    return {
        "redis": (
            *(redis, "--port", port, "--bind", "127.0.0.1", "--save", ""),
            *("--appendonly", "no", "--dir", str(folder)),
        ),
        **{
            name: (*celery, "worker", "-n", f"{name}@evening", *quiet)
            for name in WORKERS
        },
        "relay": (*celery, "beat", "-s", str(folder / "schedule")),
    }
