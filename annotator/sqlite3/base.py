"""Django's SQLite backend; a thread that is to write waits for its turn instead of asking again and again.

SQLite has one writer at a time. Who finds it taken sleeps and asks again, longer each time, up to a tenth of a
second, while others that came later get in. Our transactions are IMMEDIATE, so that a thread that begins one is
to write: it waits here for the one before, and is woken by it. Writers of other processes (an import, a
command) are still waited for as SQLite does.
"""

from __future__ import annotations

import threading

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

TURN = threading.Lock()
"""Held by the one thread of this process that writes."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that may hold the turn."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not TURN.acquire(timeout=self.settings_dict["OPTIONS"]["timeout"]):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # the stubs lack it
        except BaseException:
            self._end_turn()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's own
        super()._set_autocommit(autocommit)  # type: ignore[misc] # as above
        if autocommit:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # as above
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            TURN.release()
