"""The whole geography, loaded once for the tests that need real places."""

import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from territories.selectors import search


class Loaded:
    """The geography, and how long its loading took."""

    def __init__(self, seconds):
        self.seconds = seconds


@pytest.fixture(scope="module")
def geography(django_db_setup, django_db_blocker):
    """Load everything in a transaction that is undone after the module."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            started_at = time.monotonic()
            call_command("load_territories", verbosity=0)
            seconds = time.monotonic() - started_at
            connection.check_constraints()  # now, rather than after every test
            yield Loaded(seconds)
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture(autouse=True)
def no_name_is_remembered():
    """The typo path keeps names per process: each test reads its own."""
    search._names.cache_clear()
