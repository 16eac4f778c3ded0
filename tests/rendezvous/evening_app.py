"""The Celery application of the workers of an evening: they wait where they are told to.

A worker that reaches a closed step writes its name there and waits, with what it did
written and not yet committed: no moment to be killed is worse.
"""

import os
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.jobs.chaos_settings"

import django

django.setup()

from django.conf import settings  # noqa: E402

from jobs.broker import app  # noqa: E402
from rendezvous.services import computing, replanning  # noqa: E402

__all__ = ["app"]

FOLDER = Path(os.environ["EVENING_FOLDER"])
NAME = os.environ["EVENING_WORKER"]
PAUSE_SECONDS = float(os.environ["EVENING_PAUSE_SECONDS"])

# Letters are files, to be counted. On a busy machine, who is slow is not taken for dead.
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = str(FOLDER / "letters")
settings.JOBS_LEASE_SECONDS = 4


def _held(module, function, step):
    genuine = getattr(module, function)
    closed = FOLDER / f"{step}.closed"

    def hold(*arguments, **options):
        answer = genuine(*arguments, **options)
        time.sleep(PAUSE_SECONDS)
        if closed.exists():
            signed = FOLDER / f"{step}.{NAME}"
            signed.write_text(NAME)
            signed.rename(FOLDER / f"{step}.reached")
        while closed.exists():
            time.sleep(0.02)
        return answer

    setattr(module, function, hold)


_held(computing, "_keep", "found")
_held(computing, "_store", "schedule")
_held(replanning, "_store_left_over", "replanning")
_held(replanning, "tell_changed", "telling")
