"""The tests' own connections to the database."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


async def _within_a_loop() -> Any:
    return connections["default"]


def _both() -> tuple[Any, Any]:
    return connections["default"], asyncio.run(_within_a_loop())


def test_a_thread_has_one_connection_in_a_loop_or_out_of_it() -> None:
    """A browser test leaves its loop running: a second connection would hold the database for ever."""
    with ThreadPoolExecutor(1) as threads:
        outside, inside = threads.submit(_both).result()
    assert inside is outside
