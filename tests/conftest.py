"""What every test relies on: strictness, and people of each role."""

import sys
from collections.abc import Iterator

import pytest
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


@pytest.fixture(scope="session", autouse=True)
def _empty_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.empty)
        yield


@pytest.fixture
def admin_user(db: None) -> User:
    """Who ``admin_client`` signs in: what the administration asks, they have."""
    return elevated_administrator()


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    """Forget the attempts that other tests made: rate limits remember."""
    cache.clear()
    limits.forget()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End the long suites with the line of figures that programs read."""
    if config.option.markexpr == "slow" and not config.option.collectonly:
        sys.stdout.write(f"\n{tally.also()}\n{tally.line()}\n")
