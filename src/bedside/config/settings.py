"""Settings of the web door; what varies is read once, in `config/env.py`."""

import hashlib
import os
import secrets
import sys
from pathlib import Path

from csp.constants import NONE, SELF

from bedside.config.database import find_database
from bedside.config.env import KEY_FILE, UnknownSetting, read_environment
from bedside.config.sign_on import find_origins, find_providers
from bedside.record.vault.master import load_master
from bedside.trust.sealing.refusal import Refusal

try:
    ENVIRONMENT = read_environment(os.environ)
    MASTER = load_master(ENVIRONMENT.key, ENVIRONMENT.data / KEY_FILE, random=secrets.token_bytes)
except (UnknownSetting, Refusal) as unknown:
    sys.exit(str(unknown))

WEB = Path(__file__).parents[1] / "doors" / "web"
KIB = 1024

# Handed to the web door, which may not import this floor.
BEDSIDE_SITE_FILE = ENVIRONMENT.site
BEDSIDE_IS_SAMPLE = ENVIRONMENT.is_sample
BEDSIDE_OVERLAY_FOLDERS = ENVIRONMENT.overlays
BEDSIDE_CACHE_FOLDER = ENVIRONMENT.cache

BEDSIDE_MASTER = MASTER
BEDSIDE_HEADS_FILE = ENVIRONMENT.data / "heads.sqlite"

SECRET_KEY = MASTER.secret("django").hex()
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "bedside.config.urls"
WSGI_APPLICATION = "bedside.config.wsgi.application"
DATABASES = {"default": find_database(ENVIRONMENT.database, ENVIRONMENT.data, MASTER)}
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "bedside.record.vault",
    "bedside.record.journal",
    "bedside.record.accounts",
    "bedside.record.paging",
    "bedside.record.holds",
    "bedside.record.attachments",
    "bedside.record.encounters",
    "bedside.record.directory",
    "bedside.record.presence",
    "bedside.record.letters",
    "bedside.record.visits",
    "bedside.record.questions",
    "bedside.record.reports",
    "bedside.record.incidents",
    "bedside.record.privacy",
    "bedside.record.consults",
    "bedside.record.legal",
    "bedside.doors.web",
]
MIDDLEWARE = [
    "bedside.doors.web.headers.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    # Tokens are masked anew on every page, and each answer is padded at random against guessing.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bedside.doors.web.gate.Gate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "bedside.doors.web.staff.who_asks.WhoAsks",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "builtins": [
                "bedside.doors.web.templatetags.pictures",
                "bedside.doors.web.templatetags.staff_forms",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "bedside.doors.web.frame.fill_frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

# Pages without content; the hospital's data say to whom.
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = ENVIRONMENT.mail.is_closed, ENVIRONMENT.mail.starts_closed
EMAIL_TIMEOUT = 5
BEDSIDE_SMS_KEY = ENVIRONMENT.sms_key

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True  # for the pages of allauth; ours come from our own table, by the address
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]

# Counts of tries are shared by all processes, and lie with the record, under its key.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_tries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Signing in: by name, or with a passkey, or through the hospital's own provider.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # a one-time link
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home"
ACCOUNT_ADAPTER = "bedside.doors.web.staff.adapters.StaffAdapter"
SOCIALACCOUNT_ADAPTER = "bedside.doors.web.staff.adapters.SignOnAdapter"
MFA_ADAPTER = "bedside.doors.web.staff.adapters.SecondStepAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (  # the one that `bedside people` uses too
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - the name of a class
)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # a whole shift signs in behind one address
    "login_failed": "10/m/ip,5/5m/key",  # five misses for one name, then five minutes of rest
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password_from_key": "20/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.is_https else 0
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_https
MFA_TOTP_ISSUER = "Bedside"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; a code works once all the same
SOCIALACCOUNT_PROVIDERS = find_providers(ENVIRONMENT.sign_on)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
USERSESSIONS_TRACK_ACTIVITY = False  # no address and no agent is kept per page

SESSION_COOKIE_AGE = 12 * 60 * 60  # a shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bedside.doors.web.staff.kept_forms.show_not_from_here"

# The request body: six taps need less than one of these; a photographed paper needs more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * KIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# A photographed paper stays in memory until it is sealed; it never lies in a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * KIB * KIB

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *find_origins(ENVIRONMENT.sign_on)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}


def _digest_static() -> str:
    """Name the files by what is in them, so that a browser may keep them for ever."""
    seen = hashlib.sha256()
    for file in sorted((WEB / "static").rglob("*")):
        if file.is_file():
            seen.update(file.name.encode() + file.read_bytes())
    return seen.hexdigest()[:12]


STATIC_URL = f"/static/{_digest_static()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False


def _is_kept_for_ever(_path: str, url: str) -> bool:
    return url.startswith(STATIC_URL)


WHITENOISE_IMMUTABLE_FILE_TEST = _is_kept_for_ever

# Only what went wrong and where in our code: never a body, a value or a message that may hold one.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "bedside.doors.web.quiet_log.QuietFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
