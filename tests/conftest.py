"""What every test relies on: strictness, and people of each role."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase

from accounts import limits
from accounts.models import User
from tests import emptying
from tests.authorisation import tally
from tests.browser import browser_page, chromium
from tests.factories.elevation import elevated_administrator
from tests.programs import pytest_runtest_setup

__all__ = ["browser_page", "chromium", "pytest_runtest_setup"]


def is_one_of_several(config: pytest.Config) -> bool:
    """Tell a process that runs a part of the suite for another one (pytest-xdist)."""
    return hasattr(config, "workeroutput")


@pytest.fixture(scope="session", autouse=True)
def _empty_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def _folder_of_its_own() -> None:
    """Keep files apart from those of the other processes, as databases are."""
    settings.MEDIA_ROOT /= os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture
def admin_user(db: None) -> User:
    """Who ``admin_client`` signs in: what the administration asks, they have."""
    return elevated_administrator()


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    """Forget the attempts that other tests made: rate limits remember."""
    cache.clear()
    limits.forget()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what this process counted, when it is one of several."""
    if is_one_of_several(session.config):
        session.config.workeroutput["counts"] = dict(tally.COUNTS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what another process counted to the figures of the whole."""
    tally.COUNTS.update(getattr(node, "workeroutput", {}).get("counts", {}))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End the long suites with the line of figures that programs read."""
    long_suites = config.option.markexpr == "slow" and not config.option.collectonly
    if long_suites and not is_one_of_several(config):
        sys.stdout.write(f"\n{tally.also()}\n{tally.line()}\n")


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """What the site writes beside its base goes to the folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.ERASURE_LEDGER = str(tmp_path / "effacements.jsonl")
    (tmp_path / "mail").mkdir()
