"""Rows of many keys, in the same SQL however many there are.

`column__in` has a mark and a parameter for each key: Django makes each ready alone and writes the SQL anew, which
takes as long as finding the rows. Here all keys go to the database as one value: the query can be `prepared`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal
from uuid import UUID

import orjson
from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Func

from .prepared import Place

Type = Literal["bigint", "uuid", "text"]
"""PostgreSQL's name for what a column holds."""


class Among(Func):
    """Whether a column has one of these values, or of those that a prepared query is called with under a name."""

    output_field = BooleanField()

    def __init__(
        self, column: str, values: Collection[int | UUID | str] | str, of: Type = "bigint"
    ) -> None:
        there = _Named(values) if isinstance(values, str) else _These(values)
        super().__init__(F(column), there, of=of)

    def as_sql(self, compiler: Any, connection: Any, *_given: Any, **_more: Any) -> Any:
        """Write it for the database."""
        if connection.vendor == "postgresql":
            between, end = " = ANY(", "::%(of)s[])"
        else:
            between, end = " IN (SELECT value FROM json_each(", "))"
        template = f"%(expressions)s{end}"
        return super().as_sql(compiler, connection, template=template, arg_joiner=between)


class _Named(Place):
    def put(self, value: Iterable[Any], connection: BaseDatabaseWrapper) -> Any:
        """Return values as the database takes them."""
        return _whole(value, connection)


class _These(Expression):
    def __init__(self, values: Collection[Any]) -> None:
        super().__init__()
        self.values = values

    def as_sql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002 - Django's signature
        """Stand among the parameters. Without values nothing is found, and nothing has to be asked."""
        if not self.values:
            raise EmptyResultSet
        return "%s", [_whole(self.values, connection)]


def _whole(values: Iterable[Any], connection: BaseDatabaseWrapper) -> Any:
    """Return an array, or JSON for a database that has no arrays and keeps UUIDs in hexadecimal digits."""
    if connection.vendor == "postgresql":
        return list(values)
    written = [each.hex if isinstance(each, UUID) else each for each in values]
    return orjson.dumps(written).decode()
