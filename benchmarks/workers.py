"""Workers in processes of their own, as many as a measure asks for.

``python -m benchmarks.workers DATABASE`` does what is queued in a database until its
standard input is closed, then prints the most memory it ever held, in MB.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import benchmarks.database  # noqa: F401  # sets Django up

# isort: split
from django.db import connection

from jobs.worker import Worker


@contextmanager
def working(count: int) -> Iterator[list[float]]:
    """Run ``count`` workers on the present database; the list holds their peaks after."""
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
    peaks: list[float] = []
    for process in processes:
        process.stdout.readline()  # it is ready
    try:
        yield peaks
    finally:
        peaks += [float(process.communicate()[0]) for process in processes]


def main(database: str) -> None:
    """Do what is queued in ``database`` until nobody listens any more."""
    connection.settings_dict["NAME"] = database
    worker = Worker()
    worker.start()
    print("ready", flush=True)
    sys.stdin.read()
    worker.stop()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(sys.argv[1])
