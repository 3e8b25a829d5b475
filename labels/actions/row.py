"""Rows written with SQL that is composed once for each connection.

Every save of a span writes four new rows and changes one. Django composes the SQL of each anew, which
takes several times as long as the database needs for it. No signals are sent, as nothing listens to any.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery, UpdateQuery

from ..queries.prepared import Place, cursor

KEPT = "labels_rows"
"""The connection's attribute that holds the SQL: it ends with the connection, and a thread has its own."""


def add(row: Model) -> None:
    """Write a new row and give it its key, as `row.save(force_insert=True)` does."""
    with _inserted(row, asks=True) as opened:
        ((row.pk,),) = opened.fetchall()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def put(row: Model) -> None:
    """Write a new row whose key nobody asks for."""
    with _inserted(row, asks=False):
        pass


@contextmanager
def _inserted(row: Model, *, asks: bool) -> Iterator[Any]:
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [each for each in row._meta.concrete_fields if not each.primary_key]
    kept, key = _kept(connection), (type(row), asks)
    sql = kept.get(key) or kept.setdefault(key, _insert(row, fields, connection, asks=asks))
    with cursor(connection) as opened:
        opened.execute(sql, [_value(each, row, connection) for each in fields])
        yield opened


def change(row: Model, *names: str) -> None:
    """Write some columns of a row, as `row.save(update_fields=names)` does."""
    connection = connections[DEFAULT_DB_ALIAS]
    fields = [row._meta.get_field(each) for each in names]
    kept, key = _kept(connection), (type(row), names)
    sql = kept.get(key) or kept.setdefault(key, _update(type(row), names, connection))
    with cursor(connection) as opened:
        opened.execute(sql, [_value(each, row, connection) for each in [*fields, row._meta.pk]])


def _kept(connection: BaseDatabaseWrapper) -> dict[Any, str]:
    kept: dict[Any, str] = vars(connection).setdefault(KEPT, {})
    return kept


def _value(field: Any, row: Model, connection: BaseDatabaseWrapper) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


def _insert(
    row: Model, fields: list[Field[Any, Any]], connection: BaseDatabaseWrapper, *, asks: bool
) -> str:
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler = query.get_compiler(connection=connection)
    if asks:
        compiler.returning_fields = [row._meta.pk]
    ((sql, _values),) = compiler.as_sql()
    return str(sql)


def _update(model: type[Model], names: tuple[str, ...], connection: BaseDatabaseWrapper) -> str:
    rows = model._base_manager.filter(pk=Place("pk"))
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values({each: Place(each) for each in names})
    sql, _values = query.get_compiler(connection=connection).as_sql()
    return str(sql)
