"""What an import that failed has staged is deleted: what refers to a row must be found by an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from labels.models import AnnotationSet, Article, Fragment, Relation, Span

pytestmark = pytest.mark.django_db
DELETED = (Article, AnnotationSet, Span, Fragment, Relation)


def references() -> Iterator[Any]:
    """Yield each key to rows that are deleted."""
    for model in apps.get_app_config("labels").get_models():
        for each in model._meta.concrete_fields:
            if isinstance(each, models.ForeignKey) and each.related_model in DELETED:
                yield pytest.param(
                    model._meta.db_table, each.column, id=f"{model.__name__}.{each.name}"
                )


@pytest.mark.parametrize(("table", "column"), list(references()))
def test_what_refers_to_a_row_is_found_by_an_index(table: str, column: str) -> None:
    """As the database asks when the row is deleted; else it reads the whole table for each of thousands."""
    is_server = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_server:
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN" if is_server else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} SELECT 1 FROM {table} WHERE {column} = 1")  # noqa: S608 - our own names
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert (f"Index Cond: ({column} = 1" if is_server else f"({column}=?") in plan


def test_there_are_some() -> None:
    assert len(list(references())) > 15
