from importlib import import_module

from django.apps import AppConfig


class RendezvousConfig(AppConfig):
    name = "rendezvous"
    verbose_name = "sessions de rencontres"

    def ready(self) -> None:
        import_module("rendezvous.receivers")
        import_module("rendezvous.selectors.invitations")  # what counts in a month
