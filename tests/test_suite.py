"""The rules of the suite itself: what it may skip, and where it may not."""

import subprocess
import sys

import pytest
from django.conf import settings

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
