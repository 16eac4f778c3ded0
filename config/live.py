"""The entry point of the process that answers screens that wait (docs/operators.md)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup()

from rendezvous.asgi import LiveApplication  # noqa: E402 - the models are loaded now

application = LiveApplication()
