"""A connection that waited in the pool is alive when it is handed out, and nobody has asked the server."""

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
def pooled() -> Iterator[Any]:
    options = connection.settings_dict["OPTIONS"] | {"pool": {"min_size": 1, "timeout": 5}}
    made: Any = type(connections[DEFAULT_DB_ALIAS])(
        connection.settings_dict | {"OPTIONS": options}, "pooled"
    )
    yield made
    made.close()
    made.close_pool()


def backend(of: Any) -> int:
    of.ensure_connection()
    return int(of.connection.info.backend_pid)


def ask(of: Any, sql: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = of.run_prepared(sql, ())
    return rows


def say(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def heard(driver: Any) -> bool:
    """Whether the server says something within a while."""
    return bool(select.select([driver.fileno()], [], [], 10)[0])


def test_one_that_is_well_is_handed_out_again(pooled: Any) -> None:
    first = backend(pooled)
    pooled.close()
    assert backend(pooled) == first


def test_one_that_has_ended_meanwhile_is_replaced(pooled: Any) -> None:
    first, driver = backend(pooled), pooled.connection
    assert ask(pooled, "SELECT 1") == [(1,)]
    pooled.close()
    say("SELECT pg_terminate_backend(%s)", first)
    assert heard(driver)
    assert ask(pooled, "SELECT 2") == [(2,)]
    assert backend(pooled) != first


def test_one_that_was_told_something_goes_on(pooled: Any) -> None:
    first, driver = backend(pooled), pooled.connection
    with pooled.cursor() as cursor:
        cursor.execute("LISTEN told")
    pooled.close()
    say("NOTIFY told")
    assert heard(driver)
    assert backend(pooled) == first
    assert ask(pooled, "SELECT 1") == [(1,)]


def test_one_that_ends_at_work_is_a_fault_of_the_database(pooled: Any) -> None:
    first, driver = backend(pooled), pooled.connection
    assert ask(pooled, "SELECT 1") == [(1,)]
    say("SELECT pg_terminate_backend(%s)", first)
    assert heard(driver)
    with pytest.raises(OperationalError):
        ask(pooled, "SELECT 1")
    pooled.close()
    assert ask(pooled, "SELECT 1") == [(1,)]
