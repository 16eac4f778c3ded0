"""Programs of the system that some tests cannot do without."""

import os
import shutil

import pytest

# By marker.
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
