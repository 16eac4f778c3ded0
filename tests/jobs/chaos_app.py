"""The Celery application that the chaos test starts, with short delays and two tasks."""

import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.jobs.chaos_settings"

import django

django.setup()

from jobs.broker import app  # noqa: E402
from jobs.registry import Payload, handler  # noqa: E402
from tests.jobs.chaos_effects import UNSAFE, record  # noqa: E402

__all__ = ["app"]

EFFECT_SECONDS = 0.02  # long enough for a kill to fall in the middle


@handler("chaos.safe", attempts_max=1000)
def safe(payload: Payload) -> None:
    record("chaos.safe-effect", payload["number"])
    time.sleep(EFFECT_SECONDS)


@app.task(name=UNSAFE, acks_late=False)
def unsafe(number: int) -> None:
    """What Celery does alone: the message is all there is."""
    time.sleep(EFFECT_SECONDS)
    record("chaos.unsafe-effect", number)
