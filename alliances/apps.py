from importlib import import_module

from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "alliances"
    verbose_name = "partenariats"

    def ready(self) -> None:
        import_module("alliances.receivers")
