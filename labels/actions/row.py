"""Rows written with SQL that is composed once.

Every save of a span writes four new rows and changes one. Django composes the SQL of each anew, which
takes several times as long as the database needs for it. No signals are sent, as nothing listens to any.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.sql import InsertQuery, UpdateQuery

from ..queries.prepared import Place, run


def add(row: Model) -> None:
    """Write a new row and give it its key, as `row.save(force_insert=True)` does."""
    ((row.pk,),) = _carried_out(row, *_insert(type(row), asks=True))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def put(row: Model) -> None:
    """Write a new row whose key nobody asks for."""
    _carried_out(row, *_insert(type(row), asks=False))


def change(row: Model, *names: str) -> None:
    """Write some columns of a row, as `row.save(update_fields=names)` does."""
    _carried_out(row, *_update(type(row), names))


def _carried_out(row: Model, sql: str, fields: Sequence[Any]) -> list[Any]:
    connection = connections[DEFAULT_DB_ALIAS]
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    return run(connection, sql, values)


@cache
def _insert(model: type[Model], *, asks: bool) -> tuple[str, Sequence[Any]]:
    """Return the SQL, and the fields whose values it takes."""
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
    if asks:
        compiler.returning_fields = [model._meta.pk]
    ((sql, _values),) = compiler.as_sql()
    return str(sql), fields


@cache
def _update(model: type[Model], names: Sequence[str]) -> tuple[str, Sequence[Any]]:
    """Return the SQL, and the fields whose values it takes."""
    query: Any = model._base_manager.filter(pk=Place("pk")).query.chain(UpdateQuery)
    query.add_update_values({each: Place(each) for each in names})
    sql, _values = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS]).as_sql()
    return str(sql), [*map(model._meta.get_field, names), model._meta.pk]
