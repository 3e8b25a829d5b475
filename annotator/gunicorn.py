"""How the server runs: `gunicorn -c annotator/gunicorn.py`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.checkpoint import Checkpointer

if TYPE_CHECKING:
    from gunicorn.workers.base import Worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")

from django.conf import settings

_DATABASE = settings.DATABASES["default"]
_SQLITE = _DATABASE["ENGINE"].endswith("sqlite3")
_IPV6 = ":" in settings.HOST and not settings.HOST.startswith("[")

wsgi_app = "annotator.wsgi"
bind = f"[{settings.HOST}]:{settings.PORT}" if _IPV6 else f"{settings.HOST}:{settings.PORT}"
worker_class = "gthread"
# SQLite has one writer at a time: a second process would only wait for the first.
workers = 1 if _SQLITE else 2
threads = 8
keepalive = 15
timeout = 60
graceful_timeout = 10
loglevel = "warning"
no_control_socket = True
# The heartbeat is a file that changes each second: not on a disk, where the system lets us choose.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - as gunicorn advises


def post_worker_init(worker: Worker) -> None:
    """Say that the first worker is ready; on SQLite, start the checkpoints."""
    if _SQLITE:
        Checkpointer(Path(_DATABASE["NAME"])).start()
    if worker.age == 1:
        print(f"Galley is ready at {settings.ADDRESS}", flush=True)  # noqa: T201 - for the person
