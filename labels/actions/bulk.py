"""Many rows at once: COPY on PostgreSQL, executemany on SQLite, five times faster than model objects.

The database's constraints and triggers are checked all the same; defaults of the model are not applied, so a
caller names every column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db import OperationalError, connection, models

from ..queries.among import Among

Row = Sequence[Any]
Insert = Callable[[type[models.Model], Sequence[str], Sequence[Sequence[Any]]], None]
"""What inserts rows as `insert_columns` does."""
Adapt = Callable[[Any], Any]


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows, each a sequence of values for `fields`, inside the caller's transaction."""
    insert_columns(model, fields, list(zip(*rows, strict=True)))


def insert_columns(
    model: type[models.Model], fields: Sequence[str], columns: Sequence[Sequence[Any]]
) -> None:
    """Insert rows whose values stand in one column for each of `fields`, inside the caller's transaction."""
    if not columns or not columns[0]:
        return
    known = {each.name: each for each in model._meta.concrete_fields}  # noqa: SLF001 - Django's documented API
    filled = [known[name] for name in fields]
    names = ", ".join(connection.ops.quote_name(str(each.column)) for each in filled)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - as above
    rows = _adapted(filled, columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copied = f"COPY {table} ({names}) FROM STDIN"
            # The driver's own method raises the driver's own errors; callers know Django's.
            with connection.wrap_database_errors, cursor.copy(copied) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(filled))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names of columns
                list(rows),
            )


def drop(model: type[models.Model], column: str, keys: Sequence[int]) -> None:
    """Delete the rows whose `column` is one of some keys, inside the caller's transaction.

    Django would read all of them first, and what hangs on them; here the database refuses where something does.
    """
    found = model._base_manager.filter(Among(column, keys))  # noqa: SLF001 - as above
    found._raw_delete(found.db)  # noqa: SLF001 - what Django itself deletes by where nothing has to be read


def hurry() -> None:
    """Let the transaction that is open end before the disk has it.

    For what counts only when a later transaction says so: that one brings it to the disk as well.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def settle(*filled: type[models.Model]) -> None:
    """Have PostgreSQL look at tables that have grown much: it goes on as with a few rows until it has."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in filled)  # noqa: SLF001 - as above
        # Where somebody is at the tables for too long: it looks at them by itself some day.
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def values(fields: Sequence[str], objects: Iterable[models.Model]) -> Iterator[Row]:
    """Yield the values that objects have for `fields`, as they are stored."""
    for each in objects:
        known = type(each)._meta.get_field  # noqa: SLF001 - Django's documented API
        columns: list[Any] = [known(name) for name in fields]
        yield [getattr(each, column.attname) for column in columns]


def keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Set primary keys aside for rows that others will point at, inside the caller's transaction."""
    table = model._meta.db_table  # noqa: SLF001 - as above
    if not count:
        return ()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # OFFSET 0: the sequence is looked up once, and not again for each key.
            cursor.execute(
                "SELECT nextval(own.name) FROM generate_series(1, %s),"
                " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) own",
                [count, table],
            )
            return [key for (key,) in cursor.fetchall()]
        # The transaction holds the only write lock, and a key once used never comes back.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return range(first, first + count)


def _adapted(
    fields: Iterable[models.Field[Any, Any]], columns: Iterable[Iterable[Any]]
) -> Iterable[Row]:
    """Make values ready column by column: a row is not made anew for each of them."""
    ready = [
        map(adapt, column) if (adapt := _adapter(each)) else column
        for each, column in zip(fields, columns, strict=True)
    ]
    return zip(*ready, strict=True)


def _adapter(field: models.Field[Any, Any]) -> Adapt | None:
    """Return what makes a Python value one that the driver takes; None where it takes it as it is."""
    if isinstance(field, models.JSONField):
        return _json
    if connection.vendor == "sqlite":
        if isinstance(field, models.UUIDField):
            return _hex
        if isinstance(field, models.DateTimeField):
            # Rows of one act have one moment.
            return lru_cache(8)(connection.ops.adapt_datetimefield_value)
    return None


def _json(value: Any) -> str | None:
    if value == {}:
        return "{}"
    return None if value is None else orjson.dumps(value).decode()


def _hex(value: UUID | str | None) -> str | None:
    return f"{value.int:032x}" if isinstance(value, UUID) else value


def change(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Change rows, each the values for `fields` with the row's key last, inside the caller's transaction."""
    known = {each.name: each for each in model._meta.concrete_fields}  # noqa: SLF001 - as above
    changed = [known[name] for name in fields]
    values = list(zip(*rows, strict=True))
    sets = ", ".join(f"{connection.ops.quote_name(str(each.column))} = %s" for each in changed)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - as above
    if values:
        adapted = list(_adapted([*changed, known["id"]], values))
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", adapted)  # noqa: S608 - names of columns
