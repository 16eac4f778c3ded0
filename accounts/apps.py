from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        autodiscover_modules("policy", "receivers", "safe_answers", "session_life")
        import_module("accounts.personal_data.own")
        import_module("accounts.personal_data.libraries")
        autodiscover_modules("personal_data")
        import_module("accounts.personal_data.history").register_histories()
