"""How the server runs: `gunicorn -c annotator/gunicorn.py`."""

from __future__ import annotations

import errno
import gc
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from annotator.checkpoint import Checkpointer
from annotator.importer import Importer

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
try:
    _DATABASE = settings.DATABASES["default"]
except ImproperlyConfigured as fault:
    raise SystemExit(str(fault)) from None

_SQLITE = _DATABASE["ENGINE"].endswith("sqlite3")
_FAMILY = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET

wsgi_app = "annotator.wsgi"
bind = (
    f"[{settings.HOST}]:{settings.PORT}"
    if ":" in settings.HOST
    else f"{settings.HOST}:{settings.PORT}"
)
worker_class = "gthread"
# SQLite has one writer at a time: a second process would only wait for the first.
workers = 1 if _SQLITE else 2
threads = 8
keepalive = 15
timeout = 60
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True
# The heartbeat is a file that changes each second: not on a disk, where the system lets us choose.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - as gunicorn advises


def on_starting(server: Arbiter) -> None:
    """Say in a sentence that the port cannot be had, before gunicorn tries five times; then load the program.

    Loaded before the processes part, it is loaded once and shared by them. Gunicorn's own setting for that,
    `preload_app`, would load it before the port is known to be free.
    """
    if "GUNICORN_PID" not in os.environ:  # else it takes over the socket of the server before it
        _probe()
    server.app.wsgi()
    # The program itself is never garbage.
    gc.freeze()


def _probe() -> None:
    try:
        with socket.socket(_FAMILY) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.HOST, settings.PORT))
    except OSError as error:
        raise SystemExit(_refusal(error)) from None


def _refusal(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        port = settings.PORT
        return f"Something listens on port {port} already: PORT={port + 1} make run"
    return f"Galley cannot serve on HOST={settings.HOST}, PORT={settings.PORT}: {error.strerror}."


def post_worker_init(worker: Worker) -> None:
    """Say that the first worker is ready; look for what waits; on SQLite, start checkpoints."""
    # An export makes thousands of rows that live for a moment: looking for cycles after every 700 objects, as
    # Python does, takes a tenth of its time.
    gc.set_threshold(20_000)
    if _SQLITE:
        Checkpointer(Path(_DATABASE["NAME"])).start()
    Importer(settings.DATA_DIR).start()
    Importer(settings.DATA_DIR, "releases", "release_waiting").start()
    Importer(settings.DATA_DIR, "agreement", "agreement_waiting").start()
    if worker.age == 1:
        print(f"Galley is ready at {settings.ADDRESS}", flush=True)  # noqa: T201 - for the person
