"""The Celery application that the chaos test of digests starts."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.notifications.chaos_settings"

import django

django.setup()

from jobs.broker import app  # noqa: E402
from notifications.registry import Frequency  # noqa: E402
from tests.factories.notifications import answer_kind  # noqa: E402

__all__ = ["app"]

answer_kind(frequency=Frequency.DAILY)
