"""What the server has prepared is made anew where it does not fit any more."""

from __future__ import annotations

from contextlib import AbstractContextManager
from threading import Thread
from typing import Any

import pytest
from django.db import (
    DEFAULT_DB_ALIAS,
    DataError,
    NotSupportedError,
    connection,
    connections,
    transaction,
)
from django.db.models import QuerySet

from labels.actions import row
from labels.models import Project
from labels.queries.prepared import Place, prepared
from labels.queries.snapshot import snapshot

from ..factories import make_person, make_project

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


@prepared
def names() -> QuerySet[Project, str]:
    return Project.objects.filter(name=Place("name")).values_list("name", flat=True)


@prepared
def slugs() -> QuerySet[Project, str]:
    return Project.objects.filter(name=Place("name")).values_list("slug", flat=True)


def prepared_names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


def say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


@pytest.fixture(params=["ALTER TABLE labels_project ALTER COLUMN name TYPE varchar(255)"])
def changed(request: pytest.FixtureRequest) -> Any:
    before = Project._meta.get_field("name").max_length
    names(name="a")
    slugs(name="a")
    say(request.param)
    yield
    say(f"ALTER TABLE labels_project ALTER COLUMN name TYPE varchar({before})")


def test_a_migration_beside_is_not_noticed(changed: None) -> None:
    for _ in range(3):
        assert names(name="a") == [] == slugs(name="a")


@pytest.mark.parametrize("inside", [snapshot, transaction.atomic])
def test_inside_a_transaction_it_fails_once(changed: None, inside: Any) -> None:
    around: AbstractContextManager[None] = inside()
    with pytest.raises(NotSupportedError), around:
        names(name="a")
    for _ in range(3):
        with inside():
            assert names(name="a") == [] == slugs(name="a")


def test_what_the_server_has_forgotten_is_prepared_again() -> None:
    names(name="a")
    say("DEALLOCATE ALL")
    for _ in range(3):
        assert names(name="a") == [] == slugs(name="a")


def test_a_value_that_is_not_taken_is_refused_alike_while_queries_are_shown() -> None:
    connection.force_debug_cursor = True
    try:
        with pytest.raises(DataError):
            names(name="a\0")
    finally:
        connection.force_debug_cursor = False


def rename(of: Project, *names: str) -> None:
    with transaction.atomic():
        for of.name in names:
            row.change(of, "name")


def test_what_is_refused_leaves_nothing_done_and_all_prepared(project: Project) -> None:
    before = project.name
    rename(project, before)
    known = prepared_names()
    with pytest.raises(DataError):
        rename(project, "Another", "x" * 1000)
    project.refresh_from_db()
    assert project.name == before
    rename(project, "A third")
    project.refresh_from_db()
    assert project.name == "A third"
    assert prepared_names() == known


def test_other_threads_go_on_while_a_statement_waits() -> None:
    """The server's threads have one interpreter together: whoever held it would stop them all."""

    def wait() -> None:
        own: Any = type(connections[DEFAULT_DB_ALIAS])(connection.settings_dict, "beside")
        own.run_prepared("SELECT pg_sleep(2)", ())
        own.close()

    beside = Thread(target=wait)
    beside.start()
    say("SELECT pg_sleep(0.2)")
    waits = beside.is_alive()
    beside.join()
    assert waits
