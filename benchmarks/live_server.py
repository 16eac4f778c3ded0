"""The processes of production on a scratch database, for the measures of a day.

``python -m benchmarks.live_server DATABASE KIND PORT`` serves until it is told to stop;
``KIND`` is ``pages`` (as ``deploy/gunicorn.py``) or ``followers`` (who waits for a change).
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from django.conf import settings
from django.db import connection
from gunicorn.app.base import BaseApplication

OPTIONS = {
    "pages": {"workers": 2, "worker_class": "gthread", "threads": 8},
    "followers": {"workers": 1, "worker_class": "asgi", "worker_connections": 5_000},
}
READY_SECONDS = 60


class Server(BaseApplication):
    def __init__(self, kind: str, port: int) -> None:
        self.kind, self.port = kind, port
        super().__init__()

    def load_config(self) -> None:
        common = {
            "bind": f"127.0.0.1:{self.port}",
            "loglevel": "warning",
            "control_socket_disable": True,
            "backlog": 2_048,
        }
        for name, value in {**common, **OPTIONS[self.kind]}.items():
            self.cfg.set(name, value)

    def load(self):
        if self.kind == "pages":
            from config.wsgi import application  # noqa: PLC0415 - not in both
        else:
            from config.live import application  # noqa: PLC0415 - not in both
        return application


@contextmanager
def serving(kind: str, port: int) -> Iterator[subprocess.Popen]:
    """Serve the present database until the end of the block."""
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "benchmarks.live_server", name, kind, str(port)]
    process = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def resident_mb(process: subprocess.Popen) -> float:
    """Return the memory of a server and of its workers, 0 where nobody tells."""
    pids = [str(process.pid)]
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if children.exists():
        pids += children.read_text().split()
    return sum(_resident_mb(Path(f"/proc/{pid}/status")) for pid in pids)


def processor_s(process: subprocess.Popen) -> float:
    """Return the processor time of a server and of its workers, 0 where nobody tells."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    pids = children.read_text().split() if children.exists() else []
    ticks = 0
    for stat in (Path(f"/proc/{pid}/stat") for pid in (process.pid, *pids)):
        if stat.exists():
            user, system = stat.read_text().rpartition(") ")[2].split()[11:13]
            ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def _resident_mb(status: Path) -> float:
    lines = status.read_text().splitlines() if status.exists() else []
    sizes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
    return sizes[0] / 1024 if sizes else 0.0


def _wait_for(port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            asked = HTTPConnection("127.0.0.1", port, timeout=2)
            asked.request("GET", "/livez", headers={"Host": "localhost"})
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


def main(database: str, kind: str, port: str) -> None:
    """Serve pages or followers."""
    connection.settings_dict["NAME"] = database
    connection.close()
    settings.LIVE_HOLD_SECONDS = 0.0
    Server(kind, int(port)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
