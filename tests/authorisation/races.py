"""Eight people at once, each with a connection of their own."""

import functools
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import close_old_connections, connection

from tests.authorisation.tally import COUNTS

USUAL_RUNNERS = RUNNERS = 8
PATIENCE_SECONDS = 60.0
# Enough in the gate to see a missing lock; many more in ``make matrix``.
ROUNDS = (50, pytest.param(1_000, marks=pytest.mark.slow))
CONTROL_ROUNDS = 50
each_number_of_rounds = pytest.mark.parametrize("rounds", ROUNDS)


@functools.cache
def crew(size: int) -> ThreadPoolExecutor:
    """Threads that stay from race to race: a connection costs more than a round."""
    return ThreadPoolExecutor(size)


def race(run):
    """Run ``run(number)`` eight times at once; return how many said that they won."""
    start, won = threading.Barrier(RUNNERS), []
    is_crowd = RUNNERS > USUAL_RUNNERS

    def runner(number):
        try:
            connection.ensure_connection()
            start.wait(PATIENCE_SECONDS)
            if run(number):
                won.append(number)
        finally:
            close_old_connections()
            if is_crowd:
                connection.close()

    running = [crew(RUNNERS).submit(runner, number) for number in range(RUNNERS)]
    wait(running)
    for one in running:
        one.result()  # what it raised fails the test
    return len(won)


def tally(winners):
    COUNTS["races"] += len(winners)
    COUNTS["double winners"] += sum(count > 1 for count in winners)
    return winners
