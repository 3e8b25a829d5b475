"""Long lists, page by page, by the place of their rows."""

from __future__ import annotations

from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.models import Article
from labels.queries.listing import Slice, slice_of

from ..factories import make_article, make_person, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids() -> list[UUID]:
    project = make_project(make_person())
    return [make_article(project, f"Report {n}. The end.").uuid for n in range(5)]


def page(after: object = "", before: object = "") -> tuple[list[UUID], UUID | None, UUID | None]:
    found: Slice[Article] = slice_of(
        Article.objects.defer("text"), after=str(after), before=str(before), size=2
    )
    return [each.uuid for each in found.rows], found.before, found.after


def test_the_beginning_has_nothing_before_it(ids: list[UUID]) -> None:
    assert page() == (ids[:2], None, ids[1])


def test_the_middle_leads_both_ways(ids: list[UUID]) -> None:
    assert page(after=ids[1]) == (ids[2:4], ids[2], ids[3])


def test_the_end_leads_back_alone(ids: list[UUID]) -> None:
    assert page(after=ids[3]) == (ids[4:], ids[4], None)


def test_going_back_gives_the_rows_just_before(ids: list[UUID]) -> None:
    assert page(before=ids[4]) == (ids[2:4], ids[2], ids[3])
    assert page(before=ids[2]) == (ids[:2], None, ids[1])


def test_an_id_that_is_none_leads_to_the_beginning(ids: list[UUID]) -> None:
    assert page(after="nonsense") == page()


def test_an_id_that_is_not_there_leads_to_an_empty_page(ids: list[UUID]) -> None:
    assert page(after="00000000-0000-7000-8000-000000000000") == ([], None, None)


def test_every_page_is_one_query(
    ids: list[UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for edge in ("", ids[1], ids[3]):
        with django_assert_num_queries(1):
            page(after=edge)
