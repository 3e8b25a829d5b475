"""Settings of Galley, from top to bottom.

Everything a person may want to change is a variable of the environment and is read by one of the typed
readers below. What cannot be read, and combinations that would be unsafe, stop the start with a sentence.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""How a browser on this machine calls it."""


# Readers of the environment


def env_bool(name: str) -> bool:
    """Read a switch; one that is not set is off."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def env_int(name: str, otherwise: int, *, low: int, high: int) -> int:
    """Read a whole number between `low` and `high`."""
    value = os.environ.get(name, "").strip() or str(otherwise)
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a number from {low} to {high}.")
    return int(value)


def env_list(name: str) -> list[str]:
    """Read names with commas between them."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def env_path(name: str, otherwise: Path) -> Path:
    """Read a folder; a relative one counts from the folder of `manage.py`."""
    value = os.environ.get(name, "").strip()
    return BASE_DIR / Path(value).expanduser() if value else otherwise


def env_database(name: str, otherwise: str) -> dict[str, Any]:
    """Read `sqlite:///file`, `sqlite:////absolute/file` or `postgresql://user:password@host/name`."""
    url = urlsplit(os.environ.get(name, "").strip() or otherwise)
    if url.scheme == "sqlite" and not url.netloc and len(url.path) > 1:
        return _sqlite(BASE_DIR / unquote(url.path.removeprefix("/")))
    if url.scheme in {"postgresql", "postgres"} and len(url.path) > 1:
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"{name} cannot be read: write sqlite:///file or postgresql://user:password@host/name."
    )


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "annotator.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Without IMMEDIATE, most transactions of two writers at once fail with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # annotator/checkpoint.py makes the checkpoints: see docs/decisions/0002-sqlite-journal.md.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=4194304;"
            " PRAGMA cache_size=-20000;",
        },
    }


def _postgresql(url: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "annotator.postgresql",
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": url.port or "",
        "OPTIONS": {
            # Who exports takes two for as long as that lasts.
            "pool": {"min_size": 1, "max_size": 24, "timeout": 10},
            "connect_timeout": 5,
            # A save that waits for a lock gives up and is answered with 503. Statements themselves have no
            # limit: an export may stream and a migration may run for as long as they need.
            # Pages are in memory or on an SSD: with the server's own idea of a disk that turns, it reads a whole
            # table for each chunk of an export instead of following an index. No query here is worth a compiler.
            "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=300s"
            " -c random_page_cost=1.1 -c jit=off",
            **dict(parse_qsl(url.query)),
        },
    }


def secret_key(file: Path) -> str:
    """Return the key in `file`, making one on the first start that only the owner can read."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            # Two processes may start at once: the first to link its draft wins, both then read the same.
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


# Where things are

DATA_DIR = env_path("DATA_DIR", BASE_DIR / "var")
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR cannot be made: {error}.") from None
try:
    TemporaryFile(dir=DATA_DIR).close()
except OSError:
    raise ImproperlyConfigured(f"DATA_DIR cannot be written to: {DATA_DIR}.") from None
HOST = os.environ.get("HOST", "").strip().strip("[]") or "127.0.0.1"
PORT = env_int("PORT", 8000, low=1, high=65535)
HTTPS = env_bool("HTTPS")
DEBUG = env_bool("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "") or secret_key(DATA_DIR / "secret_key")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")

if HOST not in {*LOOPBACK, "::1"}:
    if DEBUG:
        raise ImproperlyConfigured(
            f"DEBUG shows settings and code to anybody: not with HOST={HOST}. Turn one of them back."
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            f"HOST={HOST} serves other machines: set ALLOWED_HOSTS to the names they call this one by,"
            " such as ALLOWED_HOSTS=galley.example.org (not *)."
        )
    if len(SECRET_KEY) < 32:  # noqa: PLR2004 - what `secrets` and Django's check call long enough
        raise ImproperlyConfigured(
            "SECRET_KEY is too short to keep sessions safe: give 32 characters or more, or none at all"
            " (one is then made and kept in DATA_DIR)."
        )

_NAMES = [name.lstrip(".") for name in ALLOWED_HOSTS if name != "*"]
_NAME = _NAMES[0] if _NAMES else f"[{HOST}]" if ":" in HOST else HOST
ADDRESS = f"https://{_NAME}" if HTTPS else f"http://{_NAME}:{PORT}"
"""What printed links begin with."""

ALLOWED_HOSTS = ALLOWED_HOSTS or list(LOOPBACK)

# The program

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "annotator.static.ServedFiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "labels",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "annotator.middleware.Compress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "annotator.middleware.limit_body",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

ROOT_URLCONF = "annotator.urls"
WSGI_APPLICATION = "annotator.wsgi.application"
DATABASES = {"default": env_database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'galley.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

# Languages: one's own choice (labels.actions.person), else what the browser asks for, else English

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ja", "日本語"), ("es", "Español")]
"""Each by its own name. English is the source; the words of the others are in labels/locale."""
LOCALE_PATHS = [BASE_DIR / "labels" / "locale"]
"""Before those of other apps, which have words for some of the same sentences."""
FORMAT_MODULE_PATH = "annotator.formats"

# People

AUTH_USER_MODEL = "labels.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# What browsers are told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

CSRF_FAILURE_VIEW = "labels.pages.problems.csrf_failure"

# HTTPS=1 says that a proxy in front speaks HTTPS and sets X-Forwarded-Proto itself.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# What may be sent

MAX_BODY_BYTES = 25 * 1024 * 1024
"""Largest body that is read into memory: JSON, and the fields of a form without its files."""
MAX_FILE_BYTES = 100 * 1024 * 1024
"""Largest request with files in it; the files go to the disk."""
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Files that browsers load

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# What has a hash in its name never changes; the joined files are not in the manifest under names of their own.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "annotator.static.HashedFiles"},
}

# The API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["labels.api.negotiation.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["labels.api.negotiation.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "labels.api.authentication.TokenAuthentication",
        "labels.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "labels.api.describe.Description",
    "EXCEPTION_HANDLER": "labels.api.problems.handle",
    # `?format=` is ours: it names an export format.
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Galley",
    "DESCRIPTION": "Label the facts in news: articles, annotation sets, reviews, exports. Every refusal is"
    " a problem (RFC 9457) with a `code`; `docs/api.md` shows the way through.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # What may be chosen stands where it is chosen, and needs no name of its own.
    "POSTPROCESSING_HOOKS": ["labels.api.describe.all_codes", "labels.api.describe.in_order"],
}

# What is written to the terminal

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A refusal is an answer, not an event; what a stranger's scanner asks for is neither.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
