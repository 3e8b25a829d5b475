"""Chunks that are read while the one before them is worked with: the same ones, and nobody is left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from labels.actions.access import Actor
from labels.actions.article import add
from labels.models import Article, Project
from labels.queries import export
from labels.queries.beforehand import beforehand

from ..factories import make_person, make_project

pytestmark = pytest.mark.django_db(transaction=True)
ONLY_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite does its work in our own process"
)


@pytest.fixture
def project() -> Project:
    made = make_project(make_person())
    texts = [{"text": f"Minister {at} met."} for at in range(9)]
    add(by=Actor(made.created_by), slug=made.slug, items=texts)
    return made


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    threads = threading.active_count()
    yield
    assert threading.active_count() == threads


def counted(by: list[str], most: int = 5) -> Iterator[int]:
    """Yield how many articles there are, again and again, and note which thread asked."""
    for _ in range(most):
        by.append(threading.current_thread().name)
        yield Article.objects.count()


def test_an_export_is_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "FIRST_ARTICLES", 1)
    monkeypatch.setattr(export, "CHUNK_ARTICLES", 2)
    with transaction.atomic():
        here = list(export.articles(project, export.Wanted()))
    assert [each.text for each in here] == [f"Minister {at} met." for at in range(9)]
    assert list(export.articles(project, export.Wanted())) == [replace(each) for each in here]


@ONLY_POSTGRESQL
def test_only_the_first_is_read_by_who_wants_it(project: Project) -> None:
    by: list[str] = []
    assert list(beforehand(counted(by))) == [9] * 5
    assert by[0] == threading.current_thread().name
    assert len({*by[1:]}) == 1
    assert by[0] not in by[1:]


@ONLY_POSTGRESQL
def test_one_is_read_ahead_and_not_more(project: Project) -> None:
    by: list[str] = []
    chunks: Any = beforehand(counted(by))
    assert [next(chunks), next(chunks)] == [9, 9]
    chunks.close()
    # Closed, it has waited for what was being read.
    assert len(by) == 3


def test_inside_a_transaction_it_is_all_read_there(project: Project) -> None:
    by: list[str] = []
    with transaction.atomic():
        Article.objects.filter(project=project).update(publisher="Kyodo")
        assert list(beforehand(counted(by))) == [9] * 5
    assert {*by} == {threading.current_thread().name}


def test_a_fault_arrives_where_the_chunk_was_wanted() -> None:
    def failing() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("The disk is gone.")

    chunks = beforehand(failing())
    assert [next(chunks), next(chunks)] == [1, 2]
    with pytest.raises(OSError, match="gone"):
        next(chunks)


@ONLY_POSTGRESQL
def test_its_connection_ends_with_it(project: Project) -> None:
    def backends() -> Iterator[int]:
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
                yield pid

    own, *others = beforehand(backends())
    assert len({*others}) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)", [others])
        assert cursor.fetchone() == (0,)
    assert own not in others
