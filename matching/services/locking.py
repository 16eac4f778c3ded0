"""One computation writes proposals at a time, and reads one state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Held by the session, not by a transaction: a computation spans several. A process
# that dies leaves it. The number only has to differ from that of other locks.
WRITING_LOCK = 0x4D_41_54_43_48


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Hold the right to compute; without ``wait``, yield whether it was obtained."""
    with connection.cursor() as cursor:
        verb = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        cursor.execute(f"SELECT {verb}(%s)", [WRITING_LOCK])
        held = wait or bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            _release()


def _release() -> None:
    if connection.connection is None or connection.connection.closed:
        return
    if connection.needs_rollback:  # the surrounding transaction is lost, with the lock
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [WRITING_LOCK])


@contextmanager
def one_state() -> Iterator[None]:
    """Read everything as it was at one instant, whatever is written meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
