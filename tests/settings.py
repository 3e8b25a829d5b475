"""Settings of the tests: the product's own, on a database and a folder that are thrown away.

`TEST_DATABASE` chooses: `sqlite` (unless said otherwise) or `postgresql`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from . import postgres

DATABASE = os.environ.get("TEST_DATABASE") or "sqlite"
FOLDER = Path(tempfile.mkdtemp(prefix="galley-tests-"))

for _name in ("ALLOWED_HOSTS", "DEBUG", "HOST", "HTTPS", "PORT", "SECRET_KEY"):
    os.environ.pop(_name, None)
os.environ["DATA_DIR"] = str(FOLDER)
if DATABASE == "postgresql":
    os.environ["DATABASE_URL"] = postgres.url()
elif DATABASE == "sqlite":
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'galley.sqlite3'}"
else:
    raise SystemExit(f"TEST_DATABASE is {DATABASE!r}: write sqlite or postgresql.")

from annotator.settings import *  # noqa: E402, F403 - the lines above come first, and it is all settings
from annotator.settings import (  # noqa: E402 - as above
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    STATIC_ROOT,
    STORAGES,
)

_default = DATABASES["default"]
if DATABASE == "sqlite":
    # A file, because threads of one test share it as the server's do; nobody will miss it, so no waiting
    # for the disk.
    _default["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    _default["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    # A pool keeps connections open, and then the database cannot be dropped.
    del _default["OPTIONS"]["pool"]

STATIC_ROOT.mkdir(parents=True)
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A page that asks the database once for each row raises.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# Django's own sessions look themselves up again when one is ended.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]
