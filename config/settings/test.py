"""The suite: fast hashing, its own cluster, everything strict."""

from config.settings.base import *
from config.settings.database import database_settings

DEBUG = False
SECRET_KEY = "only-for-the-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {
    "default": database_settings(cluster=VAR_DIR / "pg" / "test", durable=False)
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEMPLATE_DIRS = [BASE_DIR / "templates", BASE_DIR / "tests" / "templates"]
TEMPLATES = [{**TEMPLATES[0], "DIRS": TEMPLATE_DIRS}]
NOTIFICATIONS_KEEP_HOURS = False  # the suite means the same on a Sunday
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
REDIS_URL = ""
CELERY_BROKER_URL = "memory://"
MEDIA_ROOT = VAR_DIR / "test-media"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
