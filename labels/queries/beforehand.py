"""Reading the next chunk while the one before it is worked with."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

from .snapshot import is_open

Chunk = TypeVar("Chunk")


def beforehand(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yield what an iterator reads from the database, from the second chunk on by a thread that is one ahead.

    Between chunks the iterator may leave nothing open. On SQLite, which works in our own process, and inside
    a transaction, which another connection cannot see, everything is read here.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block or is_open():
        yield from chunks
        return
    for first in chunks:
        yield first
        break
    reader = ThreadPoolExecutor(1, "reader")
    try:
        coming = reader.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = reader.submit(next, chunks, None)
            yield chunk
    finally:
        reader.submit(_part_with_connection)
        reader.shutdown()


def _part_with_connection() -> None:
    connection.close()
