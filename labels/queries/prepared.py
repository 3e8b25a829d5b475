"""Queries whose SQL is written once.

Django writes a query's SQL anew each time it runs, and for the small look-ups that every save makes, that takes
several times as long as the database does. A prepared query is an ordinary queryset with a `Place` wherever a call
puts a value; its SQL is written once for all threads, and the rows come out as the queryset would have made them.

    @prepared
    def _of_person() -> QuerySet[Membership]:
        return Membership.objects.filter(person=Place("person"), left_at=None)

    _of_person(person=7)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import update_wrapper
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

Row = TypeVar("Row")


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


def run(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> list[Any]:
    """Carry out SQL that comes again and again and return its rows: the server may keep what it has made of it."""
    prepared: Callable[..., list[Any]] | None = getattr(connection, "run_prepared", None)
    if prepared:
        return prepared(sql, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows


class Prepared(Generic[Row]):
    """A queryset that is called with its values and returns its rows."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._written: Written[Row] | None = None
        update_wrapper(self, build)

    def __call__(self, **values: Any) -> list[Row]:
        """Run it. Every `Place` needs a value by its name."""
        # Two threads may come at once: either's is as good.
        if self._written is None:
            self._written = Written(self._build())
        return self._written(**values)


class Written(Generic[Row]):
    """A queryset with its SQL, and with what Django finds out anew for each run of it, on the thread's connection.

    For queries that come again and again within one work, and are not the same in another.
    """

    def __init__(self, queryset: QuerySet[Any, Row]) -> None:
        # What is kept asks the connection that it was written with how values look, and nothing else.
        connection = connections[DEFAULT_DB_ALIAS]
        self._compiler = compiler = queryset.query.get_compiler(connection=connection)
        self._sql, self._parameters = compiler.as_sql()
        columns = [each for each, *_ in compiler.select]
        self._converters = compiler.get_converters(columns)
        self._made = _maker(queryset, compiler)

    def __call__(self, **values: Any) -> list[Row]:
        """Run it. Every `Place` needs a value by its name."""
        connection = connections[DEFAULT_DB_ALIAS]
        put = tuple(
            each.put(values[each.name], connection) if isinstance(each, Place) else each
            for each in self._parameters
        )
        found: Any = run(connection, self._sql, put)
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return [self._made(each) for each in found]


def _maker(queryset: QuerySet[Any, Row], compiler: Any) -> Callable[[Any], Any]:
    """Return what makes of a row of the database one of the queryset, as iterating it does."""
    kind = queryset._iterable_class  # noqa: SLF001 - Django has no other name for it
    if kind is FlatValuesListIterable:
        return itemgetter(0)
    if kind is ValuesListIterable:
        return tuple
    # `values` and the like would need more than is done here.
    assert kind is ModelIterable
    known, select, alias = compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS
    first, last = known["select_fields"][0], known["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in select[first:last]]
    related = get_related_populators(known, select, alias)  # type: ignore[call-arg]  # a later Django's has more
    annotated = list(compiler.annotation_col_map.items())

    def made(row: Any) -> Any:
        found = queryset.model.from_db(alias, names, row[first:last])
        for each in related:
            each.populate(row, found)
        for name, place in annotated:
            setattr(found, name, row[place])
        return found

    return made


prepared = Prepared
