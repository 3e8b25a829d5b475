"""Reading several tables as of one moment, without holding up anybody who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads inside see the database as of the first of them.

    On SQLite this is a deferred transaction, because `atomic` would take the write lock (our transactions
    are IMMEDIATE); on PostgreSQL one that is repeatable and read only. Inside a transaction it adds nothing.
    """
    if connection.in_atomic_block or _is_open():
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _is_open() -> bool:
    """Whether this connection is inside a snapshot of SQLite's already, of which Django does not know."""
    return connection.vendor == "sqlite" and bool(
        getattr(connection.connection, "in_transaction", False)
    )
