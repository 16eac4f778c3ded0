"""Eight people at once, each with a connection of their own."""

import threading

import pytest
from django.db import close_old_connections, connection

from tests.authorisation.tally import COUNTS

RUNNERS = 8
# Enough in the gate to see a missing lock; many more in ``make matrix``.
ROUNDS = (50, pytest.param(1_000, marks=pytest.mark.slow))
CONTROL_ROUNDS = 50
each_number_of_rounds = pytest.mark.parametrize("rounds", ROUNDS)


def race(run):
    """Run ``run(number)`` eight times at once; return how many said that they won."""
    start, won = threading.Barrier(RUNNERS), []

    def runner(number):
        try:
            connection.ensure_connection()
            start.wait()
            if run(number):
                won.append(number)
        finally:
            connection.close()
            close_old_connections()

    threads = [threading.Thread(target=runner, args=(n,)) for n in range(RUNNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(won)


def tally(winners):
    COUNTS["races"] += len(winners)
    COUNTS["double winners"] += sum(count > 1 for count in winners)
    return winners
