"""Signs that a process of this machine is at a work: a lock on a file, which no process outlives.

Whoever comes upon work that is half done learns from its sign whether somebody is still at it, or was killed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def at_work(name: str) -> Iterator[None]:
    """Say that this process is at a work, for as long as it is."""
    sign = _signs() / name
    sign.touch(mode=0o600)
    with locked(sign):
        try:
            yield
        finally:
            sign.unlink(missing_ok=True)


def left() -> set[str]:
    """Return the works of this machine whose process is gone; their signs stay until they are taken down."""
    return {each.name for each in _signs().iterdir() if _is_left(each)}


def take_down(name: str) -> None:
    """Remove the sign of a work that was left."""
    (_signs() / name).unlink(missing_ok=True)


def _signs() -> Path:
    found = Path(settings.DATA_DIR) / "imports" / "running"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def _is_left(sign: Path) -> bool:
    try:
        with locked(sign, fcntl.LOCK_NB):
            return True
    except (BlockingIOError, FileNotFoundError):
        return False


@contextmanager
def locked(place: Path, how: int = 0) -> Iterator[None]:
    """Hold a file or folder; raises `BlockingIOError` where somebody does and `how` is `LOCK_NB`."""
    opened = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(opened)
