from django.apps import AppConfig
from django.urls import register_converter

from territories.converters import ReferenceConverter


class TerritoriesConfig(AppConfig):
    name = "territories"
    verbose_name = "territoires"

    def ready(self) -> None:
        register_converter(ReferenceConverter, "territory")
