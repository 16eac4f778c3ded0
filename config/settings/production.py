"""Production: every secret comes from the environment, and a weak one is refused."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.database import database_settings

MIN_SECRET_KEY_LENGTH = 50


def required(name: str) -> str:
    """Return the environment variable ``name``, or refuse to start."""
    if value := os.environ.get(name):
        return value
    message = f"{name} must be set; see .env.example."
    raise ImproperlyConfigured(message)


DEBUG = False
if os.environ.get("DJANGO_DEBUG"):
    message = (
        "DJANGO_DEBUG must not be set in production: it shows the code and the data."
    )
    raise ImproperlyConfigured(message)
SECRET_KEY = required("DJANGO_SECRET_KEY")
if len(SECRET_KEY) < MIN_SECRET_KEY_LENGTH:
    message = (
        f"DJANGO_SECRET_KEY must have at least {MIN_SECRET_KEY_LENGTH} characters."
    )
    raise ImproperlyConfigured(message)
if len(set(SECRET_KEY)) < MIN_SECRET_KEY_LENGTH // 5 or "insecure" in SECRET_KEY:
    message = "DJANGO_SECRET_KEY must be random; see .env.example."
    raise ImproperlyConfigured(message)
ALLOWED_HOSTS = required("DJANGO_ALLOWED_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
for address in (required("DATABASE_URL"), required("REDIS_URL")):
    if "change-me" in address:
        message = (
            "DATABASE_URL and REDIS_URL must not keep the password of the example."
        )
        raise ImproperlyConfigured(message)
SITE_URL = f"https://{ALLOWED_HOSTS[0]}"  # where the links of letters lead
EMAIL_HOST = required("EMAIL_HOST")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_SECURITY = os.environ.get("EMAIL_SECURITY") or "starttls"
if EMAIL_SECURITY not in {"starttls", "tls", "none"}:
    message = "EMAIL_SECURITY must be starttls, tls or none."
    raise ImproperlyConfigured(message)
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = required("EMAIL_FROM")
SECURITY_CONTACT = required("SECURITY_CONTACT")
if not SECURITY_CONTACT.startswith(("mailto:", "https://")):
    message = "SECURITY_CONTACT must begin with mailto: or https://."
    raise ImproperlyConfigured(message)
STATIC_ROOT = Path(os.environ.get("ALLIANCES_STATIC", STATIC_ROOT))
REDIS_URL = CELERY_BROKER_URL = required("REDIS_URL")
DATABASES = {
    "default": database_settings(cluster=VAR_DIR / "pg" / "unused", durable=True)
}
# Shared by every process, so that a limit holds for the site and not for each of them.
CACHES = {
    "default": {
        "BACKEND": "config.cache.SoftRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}
# One proxy is in front: who asks is the last address that it wrote.
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = 1

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
