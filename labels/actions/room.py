"""Rooms: folders in which something is put together, which go when it is done, or its process was killed.

Whoever works in a room holds a lock on it, which no process outlives; who opens the next one clears those that
nobody holds.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from .sign import locked


def rooms() -> Path:
    """Return where the rooms are."""
    found = Path(settings.DATA_DIR) / "releases" / "rooms"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


@contextmanager
def room() -> Iterator[Path]:
    """Open a room and, in the end, clear it away."""
    where = rooms()
    with ExitStack() as held:
        with locked(where):
            for each in where.iterdir():
                with suppress(BlockingIOError), locked(each, fcntl.LOCK_NB):
                    shutil.rmtree(each, ignore_errors=True)
            made = Path(mkdtemp(dir=where))
            held.enter_context(locked(made))
        held.callback(shutil.rmtree, made, ignore_errors=True)
        yield made
