"""A prepared query gives what its queryset gives, whatever it was called with before."""

from __future__ import annotations

from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import F, QuerySet, UUIDField
from pytest_django import DjangoAssertNumQueries

from labels.models import Article
from labels.queries.prepared import Place, prepared

from ..factories import make_article, make_person, make_project

pytestmark = pytest.mark.django_db


def by_id(uuid: Any) -> QuerySet[Article]:
    found = Article.objects.filter(uuid=uuid, project__archived_at=None)
    return found.select_related("project").annotate(slug=F("project__slug")).defer("text")


@prepared
def article() -> QuerySet[Article]:
    return by_id(Place("uuid", UUIDField()))


@prepared
def shorter_titles() -> QuerySet[Article, str]:
    found = Article.objects.filter(length__lt=Place("length"), title__startswith="Report")
    return found.order_by("-title").values_list("title", flat=True)


@pytest.fixture
def ids() -> list[UUID]:
    project = make_project(make_person())
    return [make_article(project, f"Report {n}{'!' * n}").uuid for n in range(3)]


def test_rows_are_those_of_the_queryset(
    ids: list[UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for uuid in ids:
        with django_assert_num_queries(1):
            (found,) = article(uuid=uuid)
            slug = found.project.slug
        (expected,) = by_id(uuid)
        assert found == expected
        assert (found.title, slug, vars(found)["slug"]) == (
            expected.title,
            expected.project.slug,
            expected.project.slug,
        )
        assert found.get_deferred_fields() == {"text"}
    assert article(uuid=uuid4()) == []


def test_values_go_where_their_names_are(ids: list[UUID]) -> None:
    assert shorter_titles(length=10) == ["Report 1!", "Report 0"]
    assert shorter_titles(length=9) == ["Report 0"]
    assert shorter_titles(length=1) == []


def test_a_value_that_is_not_given_is_a_fault(ids: list[UUID]) -> None:
    with pytest.raises(KeyError, match="length"):
        shorter_titles()


def test_rows_see_what_was_written_since(ids: list[UUID]) -> None:
    before = article(uuid=ids[0])[0].publisher
    Article.objects.filter(uuid=ids[0]).update(publisher="Kyodo")
    assert (before, article(uuid=ids[0])[0].publisher) == ("", "Kyodo")


@pytest.mark.django_db(transaction=True)
def test_the_sql_is_written_once_for_all_threads(ids: list[UUID]) -> None:
    built: list[QuerySet[Article]] = []

    @prepared
    def longest() -> QuerySet[Article]:
        built.append(Article.objects.order_by("-length")[:1])
        return built[-1]

    def ask() -> None:
        longest()
        connection.close()

    for _ in range(2):
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert len(built) == 1


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(ids: list[UUID]) -> None:
    found: list[list[str]] = []

    def ask() -> None:
        found.append(shorter_titles(length=10))
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [["Report 1!", "Report 0"]] * 4


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no server that could keep them"
)
def test_the_server_prepares_them_once_and_no_others(ids: list[UUID]) -> None:
    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%title%'"
            )
            return int(cursor.fetchone()[0])

    shorter_titles(length=7)
    before = kept()
    assert before > 0
    # Of each width of numbers that the driver knows: two, four and eight bytes.
    for length in (1, 1000, 100_000, 2**31 - 1):
        shorter_titles(length=length)
        assert list(Article.objects.filter(title="Report 1!").values_list("length")) != []
    assert kept() == before
