"""The rules of the suite itself: what it may skip and where, and what it leaves behind."""

import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.test import TransactionTestCase

from alliances.models import Membership
from tests import emptying
from tests.authorisation import tally
from tests.conftest import pytest_testnodedown
from tests.factories.alliances import MembershipFactory

PROBE = """
import pytest
from tests.programs import pytest_runtest_setup

@pytest.mark.needs_redis
def test_probe():
    pass
"""


@pytest.mark.parametrize(
    ("ci", "code", "said"),
    [
        ("", 0, "redis-server is not installed on this machine"),
        ("true", 1, "redis-server is not installed on this machine, and CI=true"),
    ],
)
def test_without_redis_a_test_is_skipped_with_its_reason_and_fails_where_ci_is_true(
    tmp_path, ci, code, said
):
    (tmp_path / "conftest.py").write_text(PROBE.split("@", maxsplit=1)[0])
    (tmp_path / "test_probe.py").write_text(PROBE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:django", "test_probe.py"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(settings.BASE_DIR), "CI": ci},
    )

    assert done.returncode == code, done.stdout
    assert said in done.stdout


def test_what_each_process_counted_is_added_up(monkeypatch):
    monkeypatch.setattr(tally, "COUNTS", Counter(races=1))
    for races in (2, 3):
        output = {"counts": {"races": races, "leaks": 0}}
        pytest_testnodedown(SimpleNamespace(workeroutput=output))
    pytest_testnodedown(SimpleNamespace())  # it was killed

    assert tally.COUNTS == {"races": 6, "leaks": 0}


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_forgotten_and_the_rules_of_the_base_stay():
    kept = ContentType.objects.count()
    MembershipFactory().organisation.delete()  # its history remains
    MembershipFactory()
    assert {"alliances_membership", "alliances_organisationevent"} <= set(filled())

    emptying.empty(TransactionTestCase())

    assert filled() == []
    assert ContentType.objects.count() == kept > 0
    with transaction.atomic():
        Membership.objects.create(user_id=1, organisation_id=1, role="referent")
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def filled() -> list[str]:
    """Return the tables that hold a row, of those that tests write."""
    found = []
    with connection.cursor() as cursor:
        for table in emptying.tables():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            found += [table] if cursor.fetchone() == (True,) else []
    return found
