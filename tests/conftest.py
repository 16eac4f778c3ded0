"""What every test relies on: strictness, and people of each role."""

import os
import shutil
import sys

import pytest
from django.core.cache import cache

from accounts import limits
from accounts.models import User
from tests.authorisation import tally
from tests.browser import browser_page, chromium
from tests.factories.accounts import UserFactory

__all__ = ["browser_page", "chromium"]

# Programs of the system that a test cannot do without, by marker.
NEEDED_PROGRAMS = {
    "needs_redis": ("redis-server",),
    "needs_browser": ("chromium", "chromium-browser", "google-chrome"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip with its reason what this machine cannot run; where CI=true, fail."""
    for marker, programs in NEEDED_PROGRAMS.items():
        if item.get_closest_marker(marker) and not any(map(shutil.which, programs)):
            reason = f"{programs[0]} is not installed on this machine"
            if os.environ.get("CI") == "true":
                pytest.fail(f"{reason}, and CI=true", pytrace=False)
            pytest.skip(reason)


@pytest.fixture
def admin_user(db: None) -> User:
    """Who ``admin_client`` signs in: with the second factor that it takes."""
    return UserFactory(is_staff=True, is_superuser=True)


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
