"""Django's PostgreSQL backend, with a cursor whose statements the server prepares once for each connection.

To plan the small look-ups of a save takes the server as long as to carry them out. Django's own cursor writes the
values into the SQL, so that no statement is ever the same.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base, operations


class Preparing(base.ServerBindingCursor):
    """A cursor whose statements are kept by the server, ready to be carried out."""

    connection: Any

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        """Carry it out, as prepared before, or preparing it."""
        # For this statement alone: others would be counted, and held in memory, without ever coming again.
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **more)  # type: ignore[misc] # the stubs lack it
        finally:
            self.connection.prepare_threshold = None


class Operations(operations.DatabaseOperations):
    """What is done by such a cursor can be read as well."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return a statement with its values."""
        found = super().last_executed_query(cursor, sql, params)
        return found or self.compose_sql(sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has such cursors as well."""

    ops_class = Operations

    def prepared_cursor(self) -> Any:
        """Return a cursor for statements that come again and again with other values."""
        self.ensure_connection()
        own: Any = Preparing
        return self._prepare_cursor(own(self.connection))  # type: ignore[attr-defined] # as above
