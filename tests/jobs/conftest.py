from collections.abc import Callable, Iterator

import pytest

from jobs import registry, wakeup
from jobs.broker import app

# Modules of the processes that the chaos test starts: they choose their own settings.
collect_ignore = ["chaos_app.py", "chaos_settings.py"]


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    """Forget the handlers that a test registers."""
    before = dict(registry._handlers)
    yield
    registry._handlers.clear()
    registry._handlers.update(before)


@pytest.fixture
def use_broker(settings, monkeypatch) -> Iterator[Callable[[str], None]]:
    """Publish to the Redis of an address, during one test."""

    def reconnect() -> None:
        app._pool = app.amqp._producer_pool = None

    def use(url: str) -> None:
        settings.REDIS_URL = url
        monkeypatch.setattr(app.conf, "broker_url", url)
        monkeypatch.setattr(wakeup, "_silent_until", 0.0)
        reconnect()

    yield use
    reconnect()
