import pytest


@pytest.fixture(autouse=True)
def _asked_without_end(settings) -> None:
    """Every address is tried in a row: a limit would hide what it answers."""
    settings.RATE_LIMITED = False
