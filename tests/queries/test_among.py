"""What is among many keys is what `__in` finds, whatever they are and however many."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from labels.models import Article
from labels.queries.among import Among, Type
from labels.queries.prepared import prepared

from ..factories import make_article, make_person, make_project

pytestmark = pytest.mark.django_db


@prepared
def titles() -> QuerySet[Article, str]:
    found = Article.objects.filter(Among("pk", "articles")).order_by("pk")
    return found.values_list("title", flat=True)


@pytest.fixture
def articles() -> list[Article]:
    project = make_project(make_person())
    return [make_article(project, f"Report {n} “said”, with 'quotes'") for n in range(5)]


@pytest.mark.parametrize(
    ("column", "of"),
    [("pk", "bigint"), ("uuid", "uuid"), ("text_sha256", "text"), ("title", "text")],
)
def test_it_finds_what_in_finds(articles: list[Article], column: str, of: Type) -> None:
    other: dict[str, Any] = {"bigint": 10**12, "uuid": uuid4(), "text": "none of them"}
    for wanted in ([], articles[:1], articles[1:4], articles):
        values = [*(getattr(each, column) for each in wanted), other[of]]
        found = Article.objects.filter(Among(column, values, of))
        assert set(found) == set(wanted) == set(Article.objects.filter(**{f"{column}__in": values}))
    assert not Article.objects.filter(Among(column, [], of))


def test_a_prepared_query_takes_any_number(
    articles: list[Article], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for wanted in (articles[:1], [], articles[2:], articles):
        with django_assert_num_queries(1) as asked:
            found = titles(articles=[each.pk for each in wanted])
        assert found == [each.title for each in wanted]
        assert asked.captured_queries[0]["sql"].count(str(articles[-1].pk)) <= 1


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads a table this small whole"
)
@pytest.mark.parametrize(
    ("column", "of", "value"), [("pk", "bigint", 1), ("uuid", "uuid", uuid4())]
)
def test_an_index_finds_them(column: str, of: Type, value: int | UUID) -> None:
    plan = Article.objects.filter(Among(column, [value], of)).explain()
    assert "SEARCH labels_article USING" in plan
