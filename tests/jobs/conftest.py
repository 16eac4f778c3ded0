from collections.abc import Iterator

import pytest

from jobs import registry


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    """Forget the handlers that a test registers."""
    before = dict(registry._handlers)
    yield
    registry._handlers.clear()
    registry._handlers.update(before)
