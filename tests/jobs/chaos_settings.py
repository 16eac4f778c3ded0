"""The settings of the processes that the chaos test starts and kills."""

import os

from config.settings.test import *

DATABASES["default"]["NAME"] = os.environ["CHAOS_DATABASE"]
REDIS_URL = CELERY_BROKER_URL = os.environ["CHAOS_REDIS_URL"]
JOBS_LEASE_SECONDS = 2
JOBS_RELAY_SECONDS = 2
CELERY_BEAT_SCHEDULE["sweep"] |= {"schedule": 0.5, "options": {"expires": 2}}
CELERY_BROKER_TRANSPORT_OPTIONS |= {"socket_timeout": 2}
