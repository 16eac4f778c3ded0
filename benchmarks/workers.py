"""Workers in processes of their own, as many as a measure asks for.

``python -m benchmarks.workers DATABASE`` does what is queued in a database until its
standard input is closed, then prints the most memory it ever held, in MB, and the
seconds of processor that it used.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from django.db import connection

from jobs.worker import Worker


@dataclass
class Used:
    """What each worker used in all, known when it has ended."""

    peaks_mb: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)


@contextmanager
def working(count: int) -> Iterator[Used]:
    """Run ``count`` workers on the present database, once they are all ready."""
    command = [sys.executable, "-m", "benchmarks.workers"]
    processes = [
        subprocess.Popen(
            [*command, str(connection.settings_dict["NAME"])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    used = Used()
    for process in processes:
        process.stdout.readline()
    try:
        yield used
    finally:
        for process in processes:
            peak_mb, cpu_s = process.communicate()[0].split()
            used.peaks_mb.append(float(peak_mb))
            used.cpu_s.append(float(cpu_s))


def main(database: str) -> None:
    """Do what is queued in ``database`` until nobody listens any more."""
    connection.settings_dict["NAME"] = database
    worker = Worker()
    worker.start()
    print("ready", flush=True)
    sys.stdin.read()
    worker.stop()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)


if __name__ == "__main__":
    main(sys.argv[1])
