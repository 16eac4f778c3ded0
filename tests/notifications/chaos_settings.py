"""The settings of the processes that the chaos test of digests starts and kills."""

import os

from tests.jobs.chaos_settings import *

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["CHAOS_SMTP_PORT"])
EMAIL_TIMEOUT = 5
# Thousands wait at once here: published again every 2 s, they would wait for themselves.
JOBS_RELAY_SECONDS = 10
NOTIFICATIONS_RETRY_SECONDS = (0.5,) * 200
