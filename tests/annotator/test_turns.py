"""On SQLite the threads of one process take turns at writing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import OperationalError

from annotator.sqlite3.base import TURN
from labels.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        reason="PostgreSQL lets many write at once",
    ),
]


def add(name: str) -> None:
    User.objects.create(username=name)


def in_a_thread(work: Callable[[], None]) -> threading.Thread:
    """Do something on a connection of its own."""

    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=alone)
    thread.start()
    return thread


def names() -> set[str]:
    return set(User.objects.values_list("username", flat=True))


def test_a_writer_waits_for_the_one_before() -> None:
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        begun.set()
        with transaction.atomic():
            add("second")
        done.set()

    with transaction.atomic():
        add("first")
        thread = in_a_thread(write)
        assert begun.wait(10)
        assert not done.wait(0.2)
    thread.join(10)
    assert names() == {"first", "second"}


def test_the_turn_ends_with_the_transaction_however_that_ends() -> None:
    with transaction.atomic():
        add("kept")
        assert TURN.locked()
    assert not TURN.locked()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = 1 / 0
    assert not TURN.locked()
    with transaction.atomic():
        connection.close()
    assert not TURN.locked()
    assert names() == {"kept"}


def test_what_is_done_after_a_commit_may_write() -> None:
    def write() -> None:
        with transaction.atomic():
            add("after")

    with transaction.atomic():
        add("before")
        transaction.on_commit(write)
    assert names() == {"before", "after"}


def test_who_waits_too_long_gives_up_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    with TURN, pytest.raises(OperationalError, match="locked"), transaction.atomic():
        add("late")
    assert names() == set()
    with transaction.atomic():
        add("in time")
    assert names() == {"in time"}


def test_the_turn_is_not_kept_by_who_is_refused_by_another_process() -> None:
    with transaction.atomic():
        add("first")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    with closing(
        sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            add("refused")
        assert not TURN.locked()
        other.execute("ROLLBACK")
    connection.close()
    assert names() == {"first"}


def test_each_thread_of_many_gets_its_turn() -> None:
    def write(number: int) -> None:
        for turn in range(20):
            with transaction.atomic():
                add(f"{number}-{turn}")

    threads = [in_a_thread(partial(write, number)) for number in range(8)]
    for each in threads:
        each.join(30)
    assert len(names()) == 8 * 20
