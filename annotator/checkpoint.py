"""Checkpoints of SQLite's write-ahead log, made so that no version of SQLite can lose a commit.

Before 3.51.3 (3.50.7, 3.44.6) a checkpoint that starts just as a writer begins the log anew can count frames as
copied that are not: commits are lost. A writer cannot do that while another connection holds the write lock, so
one connection takes the lock and a second one copies meanwhile. It waits for no reader (PASSIVE): a long export
makes the log grow, it does not make people wait. All other connections have `wal_autocheckpoint=0`, except
that the last one to close copies the log, alone by construction.
See docs/decisions/0002-sqlite-journal.md.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

from .sqlite3.base import TURN

logger = logging.getLogger(__name__)

LOG_BYTES = 4 * 1024 * 1024
"""A log of this size is due: what SQLite's own 1,000 pages come to."""
EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 20.0


class Checkpointer(Thread):
    """The server's one thread that copies the log into the database."""

    def __init__(self, file: Path) -> None:
        super().__init__(name="checkpoints", daemon=True)
        self._file = file
        self._log = file.with_name(f"{file.name}-wal")
        self._copied_at = 0
        self._stopped = Event()

    def run(self) -> None:
        """Look every second whether the log is due."""
        while not self._stopped.wait(EVERY_SECONDS):
            try:
                self._look()
            except (OSError, sqlite3.Error) as error:
                logger.warning("The log of %s could not be copied now: %s", self._file.name, error)

    def _look(self) -> None:
        try:
            log = self._log.stat()
        except FileNotFoundError:
            return
        # A copied log keeps its size until the next writer begins it anew.
        if log.st_size > LOG_BYTES and log.st_mtime_ns != self._copied_at:
            with TURN:  # else who is to write would ask again and again
                waiting = checkpoint(self._file)
            self._copied_at = 0 if waiting else log.st_mtime_ns

    def stop(self) -> None:
        """End the thread; a checkpoint under way is finished first."""
        self._stopped.set()
        self.join()


def checkpoint(file: Path) -> int:
    """Copy what the log holds into the database; return how many frames still wait for a reader to end."""
    with closing(_connect(file)) as lock, closing(_connect(file)) as copier:
        # A connection that has read nothing does not know yet that there is a log.
        copier.execute("PRAGMA schema_version").fetchone()
        lock.execute("BEGIN IMMEDIATE")
        _, frames, copied = copier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        lock.execute("ROLLBACK")
    return int(frames) - int(copied)


def _connect(file: Path) -> sqlite3.Connection:
    # `mode=rw`: a database that is gone must not come back empty.
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=PATIENCE_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("PRAGMA synchronous=FULL")
    return connection
