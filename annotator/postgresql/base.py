"""Django's PostgreSQL backend, with a cursor whose statements the server prepares once for each connection.

To plan the small look-ups of a save takes the server as long as to carry them out, and Django's own cursor writes
the values into the SQL, so that no statement is ever the same. The driver's cursor could prepare them, but takes
four times as long as the library below it needs to ask the server and to read the answer.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import Error, OperationalError, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg_pool import ConnectionPool

UNFIT = (errors.FeatureNotSupported, errors.InvalidSqlStatementName)
"""A migration beside has changed what a column holds, or the server was told to forget what it had prepared."""
KEPT = "galley_prepared"
"""The attribute of the driver's connection that holds what is prepared: it ends with the connection."""


class Statements:
    """What the server has prepared for a connection."""

    def __init__(self, connection: Any) -> None:
        self._server = connection.pgconn
        # Not of the connection itself, which would then wait for Python's search for cycles to be closed.
        self._values = Transformer(connection.adapters)
        self._names: dict[str, bytes] = {}
        self._made = 0

    def run(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Carry a statement out, preparing it if it is new, and return its rows."""
        # As text and without types, which the server knows of its columns: it need not prepare each mixture anew.
        given = self._values.dump_sequence(values, [PyFormat.TEXT] * len(values))
        if sql not in self._names:
            self._names[sql] = self._prepare(sql, len(values))
        result = self._checked(self._server.exec_prepared(self._names[sql], given))
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)

    def begin(self) -> None:
        """Begin a transaction."""
        self._checked(self._server.exec_(b"BEGIN"))

    def forget(self) -> None:
        """Have all prepared anew: what is unfit would fail for as long as the connection is in the pool."""
        self._names.clear()

    def _prepare(self, sql: str, places: int) -> bytes:
        self._made += 1
        name = f"galley_{self._made}".encode()
        numbered = sql % tuple(f"${number}" for number in range(1, places + 1))
        self._checked(self._server.prepare(name, numbered.encode()))
        return name

    def _checked(self, result: Any) -> Any:
        if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            return result
        if self._server.status != ConnStatus.OK:
            raise OperationalError(result.get_error_message())
        raise errors.error_from_result(result)


class Preparing:
    """A cursor whose statements are kept by the server, ready to be carried out. Each runs to its end."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        own = vars(connection)
        self._statements: Statements = own.get(KEPT) or own.setdefault(KEPT, Statements(connection))
        self.rows: list[tuple[Any, ...]] = []

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Carry it out, as prepared before, or preparing it."""
        if not self._connection.autocommit and self._is_idle():
            # What the driver would do.
            self._statements.begin()
        try:
            self.rows = self._statements.run(sql, values)
        except UNFIT:
            self._statements.forget()
            if not self._is_idle():
                raise
            self.rows = self._statements.run(sql, values)

    def _is_idle(self) -> bool:
        return bool(self._connection.pgconn.transaction_status == TransactionStatus.IDLE)


class Operations(operations.DatabaseOperations):
    """What is done by such a cursor can be read as well."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """Return a statement with its values, None where the driver does not take them."""
        if not isinstance(cursor, Preparing):
            return super().last_executed_query(cursor, sql, params)
        try:
            return self.compose_sql(sql, params)
        except errors.DataError:
            return None


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has such cursors as well."""

    ops_class = Operations

    def run_prepared(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Carry out a statement that comes again and again with other values, and return its rows."""
        self.ensure_connection()
        cursor: Any = Preparing(self.connection)
        if self.queries_logged or self.execute_wrappers:
            # Somebody is shown each statement, by what Django puts around a cursor.
            self._prepare_cursor(cursor).execute(sql, values)  # type: ignore[attr-defined] # the stubs lack it
        else:
            self.validate_no_broken_transaction()
            with self.wrap_database_errors:
                cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.rows
        return rows

    def get_new_connection(self, conn_params: Any) -> Any:
        """Return a connection that is alive.

        The pool could ask the server about each that it hands out, but that is a round trip for every request. A
        server that ends one says so unasked.
        """
        connection: Any = super().get_new_connection(conn_params)
        while self.pool and not _is_alive(connection):
            connection.close()
            self.pool.putconn(connection)  # It opens another instead.
            connection = super().get_new_connection(conn_params)
        return connection


def _is_alive(connection: Any) -> bool:
    arrived = select.poll()
    arrived.register(connection.fileno(), select.POLLIN)
    if arrived.poll(0):
        try:
            ConnectionPool.check_connection(connection)
        except Error:
            return False
    return True
