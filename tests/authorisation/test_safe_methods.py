"""Reading writes nothing: every address is read by everybody, and its SQL is looked at.

A transaction that PostgreSQL itself keeps read-only would refuse what is allowed here
too; the statements are therefore read one by one (docs/decisions/0107).
"""

import re

import pytest
from django.db import connection

from tests.authorisation.attempts import Attempt, path_of
from tests.authorisation.inventory import each_extent
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db

READS = re.compile(
    r"[\s(]*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SHOW|SET|EXPLAIN)\b", re.I
)
TAKES = re.compile(r"\bFOR (NO KEY )?(UPDATE|SHARE)\b|\bnextval\b", re.I)
# What reading may write, each for its reason.
ALLOWED = (
    re.compile(r'(INSERT INTO|UPDATE) "django_session"'),  # the moment of the request
    re.compile(r'UPDATE "accounts_user" SET "seen_at" = '),
    re.compile(r'UPDATE "accounts_apitoken" SET "used_at" = '),
    re.compile(r'(INSERT INTO|UPDATE) "alliances_reading"'),  # how far one has read
    # What an administrator reads of an organisation is told to it.
    re.compile(r'INSERT INTO "alliances_privilegedread"'),
)
PEOPLE = (
    "visitor",
    "contributor_a",
    "signatory_b",
    "catalyst_here",
    "administrator",
    "token_of_a",
)


class Reader:
    """Look at each statement; keep those that are more than a read."""

    def __init__(self) -> None:
        self.writes: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        text = str(sql)
        reads = READS.match(text) and not TAKES.search(text)
        if not reads and not any(pattern.match(text) for pattern in ALLOWED):
            self.writes.append(text[:120])
        return execute(sql, params, many, context)


def writes_of(client, path, **extra) -> list[str]:
    reader = Reader()
    with connection.execute_wrapper(reader):
        for method in ("GET", "HEAD"):
            response = client.generic(method, path, **extra)
            b"".join(response) if response.streaming else response.content
    return reader.writes


@each_extent
def test_no_reading_writes(extent):
    world = build()
    found = []
    for persona in PEOPLE:
        client = world.client(persona)
        for address in extent(persona):
            path = path_of(Attempt(persona, address, "A", "GET", 0), world)
            for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
                writes = writes_of(client, path, **extra)
                found += [f"{persona} {address.name}: {sql}" for sql in writes]

    assert found == []


@pytest.mark.parametrize(
    ("sql", "seen"),
    [
        ("SELECT 1", False),
        ('UPDATE "django_session" SET session_key = session_key', False),
        ('UPDATE "accounts_user" SET name = name', True),
        ('SELECT 1 FROM "accounts_user" FOR UPDATE', True),
        ('WITH gone AS (DELETE FROM "accounts_user" WHERE id < 0) SELECT 1', True),
    ],
)
def test_the_reader_sees_what_writes(sql, seen):
    reader = Reader()
    with connection.execute_wrapper(reader), connection.cursor() as cursor:
        cursor.execute(sql)

    assert bool(reader.writes) is seen
