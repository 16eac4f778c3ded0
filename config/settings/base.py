"""What every way of running the project shares; the others say only what differs."""

import os
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("ALLIANCES_VAR", BASE_DIR / "var"))

INSTALLED_APPS = [
    "config",  # its commands only
    "jobs",
    "accounts",
    "territories",
    "notifications",
    "alliances",
    "matching",
    "rendezvous",
    "portal",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, behind ours (FORM_RENDERER)
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "rules",
    "template_partials",
]

# The first group writes headers: it stands outside of all that may answer.
MIDDLEWARE = [
    "accounts.safe_answers.SafeAnswersMiddleware",
    "config.logs.LogContextMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.storable_text.RefuseUnstorableTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.session_life.SessionLifeMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.author.AuthorMiddleware",
    "accounts.middleware.policy.PolicyMiddleware",
    "accounts.middleware.second_factor.SecondFactorMiddleware",
    "accounts.middleware.presence.SeenMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alliances.middleware.MergedOrganisationsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Letters are templates of parts, that nobody should have to load.
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.elevation",
                "portal.context_processors.header",
                "portal.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("portal:home")
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("portal:home")
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without: a code at each sign-in
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "request_login_code": "accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmResetForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# Codes are typed and posted: a scanner of mails that opens links uses nothing up.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True  # one address a person, replaced once it is verified
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
# Per machine, the rates are those of accounts.limits; these are per e-mail address,
# or per address from one place or known browser (docs/decisions/0102).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "signup": None,
    "reset_password_from_key": None,
    "login_failed": "10/15m/key",
    "login_failed_here": "5/15m/key",
    "reset_password": "5/h/key",
    "request_login_code": "5/15m/key",
    "confirm_email": "1/10s/key",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alliances"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are not all right
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.ConfirmSecondFactorForm",
    "activate_totp": "accounts.forms.ActivateTotpForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}

# Language, time, place
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français"))]  # English joins with its catalogue
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# What people attach: never served by its address (docs/decisions).
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 20
ATTACHMENTS_MAX_BYTES_PER_MONTH = 300 * 1024 * 1024  # by organisation
# What analyses attachments before they can be read (docs/operators.md); empty: nothing,
# and the page says so.
ATTACHMENT_SCANNER = os.environ.get("ATTACHMENT_SCANNER", "")
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "localhost:3310")

# Who was erased, as numbers: kept apart from the base, read again after a restore.
ERASURE_LEDGER = os.environ.get("ALLIANCES_ERASURE_LEDGER") or str(
    VAR_DIR / "effacements.jsonl"
)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Safety: strict everywhere, so that development sees what production refuses.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of ours are in front; nobody else is believed about where they are.
TRUSTED_PROXY_COUNT = 0
# Where weaknesses are told, for /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT") or "mailto:securite@localhost"
RATE_LIMITED = True  # accounts.limits; off where every address is tried in a row
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# A message waits in the session: a cookie of its own would be one more to protect.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Sessions are rows of the database: Redis may stop without signing anybody out.
SESSION_IDLE_SECONDS = 2 * 3600
SESSION_IDLE_SECONDS_OF_STAFF = 30 * 60
SESSION_ABSOLUTE_SECONDS = SESSION_COOKIE_AGE = 12 * 3600
SESSION_TOUCH_SECONDS = 5 * 60

# How long an answer to a screen that waits is held by the process that serves pages: not
# at all where another process does it (docs/decisions/0181).
LIVE_HOLD_SECONDS = 0.0

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.TokenAuthentication",  # first: who is not known is answered 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.PolicyPermission"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "accounts.api.PagePagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "accounts.schema.PolicySchema",
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.RequestThrottle"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Alliances",
    "DESCRIPTION": "Territoires, organisations et propositions de partenariat.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "TerritoryKindEnum": "territories.models.Territory.Kind",
        "ActorKindEnum": "alliances.enums.ActorKind",
        "PartnershipTypeEnum": "alliances.enums.PartnershipType",
        "SubKindEnum": "alliances.enums.SubKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# What changed, by whom (docs/decisions/0135): one trigger per statement, not per row.
PGHISTORY_LEVEL = pghistory.Statement  # type: ignore[has-type]
PGHISTORY_APPEND_ONLY = True
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="+", db_index=False)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(
    related_name="+", related_query_name="+", db_index=False
)
# In order within a transaction too: what was done at once is told as it was done.
PGHISTORY_CREATED_AT_FUNCTION = "statement_timestamp()"
AUDIT_KEPT_DAYS = 365  # then events and records of privileged reads are deleted

# Background work: rows of the outbox, which the broker only wakes up (docs/decisions).
REDIS_URL = os.environ.get("REDIS_URL", "")
# How many threads a worker ranks with: every core where it is alone, one beside others.
MATCHING_THREADS = int(
    os.environ.get("MATCHING_THREADS") or (1 if REDIS_URL else os.cpu_count() or 1)
)
JOBS_LEASE_SECONDS = 30  # a silent worker's job goes to another one after that
JOBS_RELAY_SECONDS = 30  # a published job that nobody begins is published again
JOBS_SWEEP_SECONDS = 5
JOBS_LATE_SECONDS = 900  # the oldest job that waits longer makes /readyz fail
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,  # of a connection made to publish
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "jobs.sweep",  # starts the periodic jobs and relays the others
        "schedule": JOBS_SWEEP_SECONDS,
        "options": {"expires": JOBS_SWEEP_SECONDS},
    },
}

# Quiet on a developer's machine; lines of JSON in production (docs/decisions/0138).
LOGGING = logging_settings(as_json=False, level="ERROR")

# E-mail (docs/decisions/0125–0127): where links lead, who writes, when, how often.
SITE_URL = "http://localhost:8000"
DEFAULT_FROM_EMAIL = "Alliances <nepasrepondre@localhost>"
EMAIL_TIMEOUT = 10
# What is not urgent leaves on working days, from 8:00 to 20:00.
NOTIFICATIONS_KEEP_HOURS = True
# A letter that the server does not take is tried again after that long, then set aside.
NOTIFICATIONS_RETRY_SECONDS = (60, 300, 900, 3_600, 14_400, 43_200, 86_400)

# Shown on every page while the population is fictitious.
DEMONSTRATION = False
