"""The Celery application that the chaos test of runs starts: small blocks, made slow."""

import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.jobs.chaos_settings"

import django

django.setup()

from jobs.broker import app  # noqa: E402
from matching.selectors import blocks  # noqa: E402
from matching.services import computing  # noqa: E402

__all__ = ["app"]

PAUSE_SECONDS = float(os.environ["CHAOS_PAUSE_SECONDS"])
blocks.BLOCK_ROWS = int(os.environ["CHAOS_BLOCK_ROWS"])


def _paused(genuine):
    """Leave a kill the time to fall between what is written and its commit."""

    def pause(*arguments, **options):
        time.sleep(PAUSE_SECONDS)
        return genuine(*arguments, **options)

    return pause


for _name in ("_claimed", "_advance", "_close"):
    setattr(computing, _name, _paused(getattr(computing, _name)))
