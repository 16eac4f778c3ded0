"""The developer's machine and ``make demo``: nothing to install, nothing to set."""

from config.settings.base import *
from config.settings.database import database_settings

DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"
SECRET_KEY = "only-for-a-machine-that-nobody-else-can-reach"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {
    "default": database_settings(cluster=VAR_DIR / "pg" / "demo", durable=True)
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
NOTIFICATIONS_KEEP_HOURS = False  # whoever tries the site sees what it writes at once
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DEMONSTRATION = True
# Passkeys ask for a safe origin: http://localhost is one for browsers.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# A thread for each visitor: answers to screens that wait may be held here.
LIVE_HOLD_SECONDS = 20.0
