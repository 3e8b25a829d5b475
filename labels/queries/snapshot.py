"""Reading several tables as of one moment, without holding up anybody who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from .prepared import run

BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads inside see the database as of the first of them.

    On SQLite this is a deferred transaction, because `atomic` would take the write lock (our transactions are
    IMMEDIATE); on PostgreSQL one that is repeatable and read only, which `atomic` would need two statements for.
    Inside a transaction it adds nothing.
    """
    if connection.in_atomic_block or is_open():
        yield
        return
    run(connection, BEGIN[connection.vendor], ())
    try:
        yield
    finally:
        run(connection, "COMMIT", ())


def is_open() -> bool:
    """Whether this connection is inside a snapshot already, of which Django does not know."""
    own = connection.connection
    if connection.vendor == "sqlite":
        return bool(getattr(own, "in_transaction", False))
    return own is not None and own.info.transaction_status.name != "IDLE"
