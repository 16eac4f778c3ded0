from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = "propositions"

    def ready(self) -> None:
        import_module("matching.receivers")
