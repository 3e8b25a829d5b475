"""How the chunks of an import get into the database: one after the other, or several beside each other.

PostgreSQL takes longer to store a chunk than we take to make the next one ready, and has a process for each
connection. Nobody sees what is staged, so chunks may arrive in any order; but what is made ready must see all of
the earlier chunks that it may follow or repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from .. import records
from ..models import AnnotationSet, Article
from . import bulk

HANDS = 2
"""Chunks that are written beside each other; one more waits for its turn."""

FOUND_BY: dict[type[models.Model], tuple[str, ...]] = {
    Article: ("uuid", "text_sha256", "external_id"),
    AnnotationSet: ("uuid",),
}
Name = str | UUID
Table = tuple[type[models.Model], Sequence[str], Sequence[Sequence[Any]]]


class Here:
    """Writes each chunk at once."""

    @contextmanager
    def turn(self, _chunk: Iterable[records.Article]) -> Iterator[bulk.Insert]:
        """Open the transaction in which a chunk is made ready, and say how its rows are inserted."""
        with transaction.atomic():
            bulk.hurry()
            yield bulk.insert_columns

    def finish(self) -> None:
        """Wait until everything is written. Raises what went wrong."""

    def settle(self, *filled: type[models.Model]) -> None:
        """Have the database look at tables that have grown much, at the latest until `finish`."""
        bulk.settle(*filled)


Begin = Callable[[], AbstractContextManager[Here]]


@contextmanager
def here() -> Iterator[Here]:
    """Write in this thread and through its connection."""
    yield Here()


@contextmanager
def beside() -> Iterator[Here]:
    """Write through connections of their own, where the database takes several: a command has its own."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield Here()
        return
    hands = ThreadPoolExecutor(HANDS, "import")
    try:
        yield _Beside(hands)
    finally:
        hands.shutdown(cancel_futures=True)


class _Beside(Here):
    def __init__(self, hands: ThreadPoolExecutor) -> None:
        self._hands = hands
        self._underway: dict[Future[None], set[Name]] = {}

    @contextmanager
    def turn(self, chunk: Iterable[records.Article]) -> Iterator[bulk.Insert]:
        sought = _sought(chunk)
        while any(not sought.isdisjoint(each) for each in self._underway.values()):
            self._wait(FIRST_COMPLETED)
        ready: list[Table] = []
        with transaction.atomic():
            bulk.hurry()
            yield lambda *table: ready.append(table)
        while len(self._underway) > HANDS:
            self._wait(FIRST_COMPLETED)
        self._underway[self._hands.submit(_write, ready)] = _brought(ready)

    def finish(self) -> None:
        self._wait(ALL_COMPLETED)

    def settle(self, *filled: type[models.Model]) -> None:
        for each in filled:
            self._underway[self._hands.submit(_settle, each)] = set()

    def _wait(self, until: str) -> None:
        for each in wait(self._underway, return_when=until).done:
            del self._underway[each]
            each.result()


def _sought(chunk: Iterable[records.Article]) -> set[Name]:
    """Return all by which articles and sets are looked for among those that are there."""
    names: set[Name] = set()
    for each in chunk:
        names.add(each.text_sha256)
        names.update(given.id for given in each.annotation_sets)
        names.update(name for name in (each.id, each.supersedes, each.external_id) if name)
    return names


def _brought(tables: Iterable[Table]) -> set[Name]:
    """Return all by which what is written can be found: a newer text has the external id of the one before it."""
    return {
        value
        for model, fields, columns in tables
        if columns and model in FOUND_BY
        for name, column in zip(fields, columns, strict=True)
        if name in FOUND_BY[model]
        for value in column
        if value
    }


def _write(tables: Iterable[Table]) -> None:
    try:
        with transaction.atomic():
            bulk.hurry()
            for each in tables:
                bulk.insert_columns(*each)
    finally:
        connection.close()


def _settle(filled: type[models.Model]) -> None:
    try:
        bulk.settle(filled)
    finally:
        connection.close()
