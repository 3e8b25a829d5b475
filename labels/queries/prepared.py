"""Queries whose SQL is written once.

Django writes a query's SQL anew each time it runs, and for the small look-ups that every save makes, that takes
several times as long as the database does. A prepared query is an ordinary queryset with a `Place` wherever a call
puts a value; its SQL is kept with the connection, and the rows come out as the queryset would have made them.

    @prepared
    def _of_person() -> QuerySet[Membership]:
        return Membership.objects.filter(person=Place("person"), left_at=None)

    _of_person(person=7)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet

Row = TypeVar("Row")

KEPT = "labels_prepared"
"""The connection's attribute that holds the SQL: it ends with the connection, and a thread has its own."""


class Place(Expression):
    """Where a call puts the value of a name.

    `field` says how the value goes to the database; without it, it goes as it is (numbers and strings do).
    """

    def __init__(self, name: str, field: Field[Any, Any] | None = None) -> None:
        super().__init__()
        self.name, self.goes_as = name, field

    def as_sql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002 - Django's signature
        """Stand among the parameters until there is a value."""
        return "%s", [self]

    def put(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return a value as the database takes it."""
        field = self.goes_as
        return value if field is None else field.get_db_prep_value(value, connection)


class Prepared(Generic[Row]):
    """A queryset that is called with its values and returns its rows."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build
        update_wrapper(self, build)

    def __call__(self, **values: Any) -> list[Row]:
        """Run it. Every `Place` needs a value by its name."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept: dict[Prepared[Any], _Written[Any]] = vars(connection).setdefault(KEPT, {})
        if self not in kept:
            kept[self] = _Written(self._build(), connection)
        written: _Written[Row] = kept[self]
        return written.rows(values)


class _Written(Generic[Row]):
    """A queryset with its SQL, on one connection."""

    def __init__(self, queryset: QuerySet[Any, Row], connection: BaseDatabaseWrapper) -> None:
        self._queryset, self._connection = queryset, connection
        self._values: dict[str, Any] = {}
        self._converters: Any = None
        compiler = queryset.query.get_compiler(connection=connection)
        self._sql, self._parameters = compiler.as_sql()
        # What Django asks anew for each run is answered from here; all that it does with the rows stays its own.
        compiler.as_sql = self._as_sql
        self._find_converters = compiler.get_converters
        compiler.get_converters = self._get_converters
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]

    def _as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        values, connection = self._values, self._connection
        return self._sql, tuple(
            each.put(values[each.name], connection) if isinstance(each, Place) else each
            for each in self._parameters
        )

    def _get_converters(self, columns: Any) -> Any:
        if self._converters is None:
            self._converters = self._find_converters(columns)
        return self._converters

    def rows(self, values: dict[str, Any]) -> list[Row]:
        """Run it with values."""
        self._values = values
        iterable: Any = self._queryset._iterable_class  # noqa: SLF001 - what iterating a queryset calls
        return list(iterable(self._queryset))


prepared = Prepared
