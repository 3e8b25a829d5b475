"""Starts a process for large imports, and one for large releases, when something in the data folder waits.

A process of its own, because such work keeps Python busy for seconds, and all that while requests of its process
would wait. It is started by a thread of the server, so that there is no second service to look after; a lock on a
file of the data folder, which it inherits, sees to it that there is one at a time.
See docs/decisions/0006-imports-in-background.md.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parent.parent
EVERY_SECONDS = 0.5
PAUSE_SECONDS = 5.0
"""Until it is tried again where something was left."""


class Importer(Thread):
    """The server's one thread that looks for what waits in a room: a look at a folder, and no query."""

    def __init__(self, data: Path, room: str = "imports", command: str = "import_waiting") -> None:
        super().__init__(name=room, daemon=True)
        self._command = command
        self._waiting = data / room / "waiting"
        self._lock = data / room / "lock"
        self._stopped = Event()

    def run(self) -> None:
        """Look every half second."""
        while not self._stopped.wait(EVERY_SECONDS):
            if self._is_waiting() and self._work() and self._is_waiting():
                self._stopped.wait(PAUSE_SECONDS)

    def _is_waiting(self) -> bool:
        try:
            return any(self._waiting.iterdir())
        except FileNotFoundError:
            return False

    def _work(self) -> bool:
        """Have what waits done, and return whether it was this process that did."""
        lock = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            command = [sys.executable, "manage.py", self._command]
            subprocess.run(command, cwd=ROOT, pass_fds=[lock], check=False)  # noqa: S603 - our own words
            return True
        finally:
            os.close(lock)

    def stop(self) -> None:
        """Start no further process."""
        self._stopped.set()
