"""Rooms: folders of works that a killed process would leave half done.

Whoever is at a work holds a lock on its room, which no process outlives. So whoever comes later knows which rooms
were left, and clears them with what was begun in them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def rooms(of: str) -> Path:
    """Return where the rooms of a kind of work are: `imports` or `releases`."""
    found = Path(settings.DATA_DIR) / of / "rooms"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


@contextmanager
def room(of: str, name: str = "") -> Iterator[Path]:
    """Open a room, under a name that no other has ever had, and clear it away in the end."""
    where = rooms(of)
    made = where / (name or uuid4().hex)
    with ExitStack() as held:
        # Nobody may come upon it before it is locked.
        with _locked(where):
            made.mkdir(mode=0o700)
            held.enter_context(_locked(made))
        held.callback(clear, made)
        yield made


def left(of: str) -> list[Path]:
    """Return the rooms whose process is gone; they stay until they are cleared."""
    where = rooms(of)
    with _locked(where):
        return [each for each in sorted(where.iterdir()) if _is_left(each)]


def clear(gone: Path) -> None:
    """Remove a room with all that is in it."""
    shutil.rmtree(gone, ignore_errors=True)


def _is_left(place: Path) -> bool:
    try:
        with _locked(place, fcntl.LOCK_NB):
            return True
    except (BlockingIOError, FileNotFoundError):
        return False


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(opened)
