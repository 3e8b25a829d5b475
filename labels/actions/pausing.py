"""Giving way: what writes for long, chunk by chunk, lets whoever waits to save something do so in between."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

PAUSE = 0.03
"""Seconds between two chunks. SQLite keeps no queue for its one writer: whoever waits looks every 25 ms at first,
and would find it taken again by who goes straight on."""

Chunk = TypeVar("Chunk")


def give_way() -> None:
    """Wait, outside any transaction, so that others come first."""
    time.sleep(PAUSE)


def apart(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Yield chunks, and give way after each."""
    for chunk in chunks:
        yield chunk
        give_way()
