"""The entry point of Celery: ``celery -A config worker``, ``celery -A config beat``."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from jobs.broker import app

__all__ = ["app"]
