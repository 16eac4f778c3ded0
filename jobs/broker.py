"""The Celery application, configured by the ``CELERY_*`` settings of Django."""

from celery import Celery

app = Celery("alliances")
app.config_from_object("django.conf:settings", namespace="CELERY")
