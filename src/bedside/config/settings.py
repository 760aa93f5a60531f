"""Settings of the web door; what varies is read once, in `config/env.py`."""

import hashlib
import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from bedside.config.env import UnknownSetting, read_environment

try:
    ENVIRONMENT = read_environment(os.environ)
except UnknownSetting as unknown:
    sys.exit(str(unknown))

WEB = Path(__file__).parents[1] / "doors" / "web"
KIB = 1024

# Handed to the web door, which may not import this floor.
BEDSIDE_SITE_FILE = ENVIRONMENT.site
BEDSIDE_IS_SAMPLE = ENVIRONMENT.is_sample
BEDSIDE_OVERLAY_FOLDERS = ENVIRONMENT.overlays
BEDSIDE_CACHE_FOLDER = ENVIRONMENT.cache

SECRET_KEY = get_random_secret_key()  # nothing is signed: there is no session, no login, no cookie
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "bedside.config.urls"
WSGI_APPLICATION = "bedside.config.wsgi.application"
DATABASES: dict[str, dict[str, str]] = {}  # this door stores nothing
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "bedside.doors.web",
]
# No CSRF middleware: no request changes anything and nobody is signed in, and the page needs no
# cookie at all. The gate refuses forms that another site sends, so that no answer is put up by one.
MIDDLEWARE = [
    "bedside.doors.web.headers.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bedside.doors.web.gate.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "builtins": ["bedside.doors.web.templatetags.pictures"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # both languages come from our own table, chosen by the address

# The request body: six taps need less than one of these.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * KIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 0

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
        "form-action": [SELF],
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
