"""Django's PostgreSQL backend, with a cursor whose statements the server prepares once for each connection.

To plan the small look-ups of a save takes the server as long as to carry them out. Django's own cursor writes the
values into the SQL, so that no statement is ever the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import errors
from psycopg.pq import TransactionStatus

UNFIT = (errors.FeatureNotSupported, errors.InvalidSqlStatementName)
"""A migration beside has changed what a column holds, or the server was told to forget what it had prepared."""


def _forget(connection: Any) -> None:
    """Let all be prepared anew: what is unfit would fail for as long as the connection is in the pool."""
    connection._prepared.clear()  # noqa: SLF001 - psycopg does it at a rollback, and has no other name


class Preparing(base.ServerBindingCursor):
    """A cursor whose statements are kept by the server, ready to be carried out."""

    connection: Any
    pgresult: Any

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        """Carry it out, as prepared before, or preparing it."""
        # For this statement alone: others would be counted, and held in memory, without ever coming again.
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **more)  # type: ignore[misc] # the stubs lack it
        except UNFIT:
            _forget(self.connection)
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            return super().execute(query, params, prepare=False, **more)  # type: ignore[misc] # as above
        finally:
            self.connection.prepare_threshold = None


class Operations(operations.DatabaseOperations):
    """What is done by such a cursor can be read as well."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """Return a statement with its values, None where the driver did not take them."""
        found = super().last_executed_query(cursor, sql, params)
        if not found and isinstance(cursor, Preparing) and cursor.pgresult:
            found = self.compose_sql(sql, params)
        return found


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has such cursors as well."""

    ops_class = Operations

    def prepared_cursor(self) -> Any:
        """Return a cursor for statements that come again and again with other values."""
        self.ensure_connection()
        own: Any = Preparing
        return self._prepare_cursor(own(self.connection))  # type: ignore[attr-defined] # as above

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send the statements inside at once, and wait for them once: none may need what another returns."""
        self.ensure_connection()
        with self.wrap_database_errors:
            try:
                with self.connection.pipeline():
                    yield
            except UNFIT:
                _forget(self.connection)
                raise
