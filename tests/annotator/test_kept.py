"""A connection that a thread has kept is alive when the next request begins, and nobody has asked the server."""

from __future__ import annotations

import select
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


@pytest.fixture
def kept() -> Iterator[Any]:
    made: Any = type(connections[DEFAULT_DB_ALIAS])(connection.settings_dict, "kept")
    yield made
    made.close()


def backend(of: Any) -> int:
    ((found,),) = ask(of, "SELECT pg_backend_pid()")
    return int(found)


def ask(of: Any, sql: str) -> list[tuple[Any, ...]]:
    with of.prepared_cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def request_begins(of: Any) -> None:
    """Do what Django does with each connection then."""
    of.close_if_unusable_or_obsolete()


def say(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def heard(of: Any) -> bool:
    """Whether the server says something within a while."""
    return bool(select.select([of.connection.fileno()], [], [], 10)[0])


def test_one_that_is_well_is_used_again(kept: Any) -> None:
    first = backend(kept)
    request_begins(kept)
    assert backend(kept) == first


def test_one_that_has_ended_meanwhile_is_replaced(kept: Any) -> None:
    first = backend(kept)
    say("SELECT pg_terminate_backend(%s)", first)
    assert heard(kept)
    request_begins(kept)
    assert backend(kept) != first


def test_one_that_was_told_something_goes_on(kept: Any) -> None:
    first = backend(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN told")
    say("NOTIFY told")
    assert heard(kept)
    request_begins(kept)
    assert backend(kept) == first


def test_one_that_ends_at_work_is_a_fault_of_the_database_once(kept: Any) -> None:
    first = backend(kept)
    say("SELECT pg_terminate_backend(%s)", first)
    assert heard(kept)
    with pytest.raises(OperationalError):
        backend(kept)
    request_begins(kept)
    assert backend(kept) != first
