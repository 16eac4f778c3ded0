"""A scratch database for the measures that need one; it is dropped at the end.

Importing this module sets Django up: import it first. Nothing of the developer's own
database is read or written.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

import django
import psycopg2

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

# isort: split
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

ORGANISATIONS = 20_000
SEED = 2026


@contextmanager
def populated_database() -> Iterator[None]:
    """Create a database with the whole geography and ``ORGANISATIONS``."""
    from benchmarks.organisations import populate  # noqa: PLC0415 - Django is set up

    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_territories", verbosity=0)
        populate(ORGANISATIONS, seed=SEED)
        vacuum()
        yield
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


def vacuum() -> None:
    """Let the planner know the tables, as a night of service would."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def own_copy(name: str) -> Iterator[None]:
    """Work in a copy of the shared database, dropped at the end."""
    origin = connection.settings_dict["NAME"]
    copy = f"{origin}_{name}"
    _outside(f'DROP DATABASE IF EXISTS "{copy}"')
    _outside(f'CREATE DATABASE "{copy}" TEMPLATE "{origin}"')
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = origin
        _outside(f'DROP DATABASE "{copy}"')


def _outside(statement: str) -> None:
    """Execute from the maintenance database: a template must have no other user."""
    connection.close()
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    maintenance = psycopg2.connect(**parameters)
    maintenance.autocommit = True
    with closing(maintenance), maintenance.cursor() as cursor:
        cursor.execute(statement)
