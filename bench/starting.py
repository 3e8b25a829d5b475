"""The server comes up: how long until it answers, and what it holds when nobody asks anything."""

from __future__ import annotations

import time

from bench import processes
from bench.stage import Stage
from bench.table import Line
from tests import server


def measure(stage: Stage) -> list[Line]:
    """Start the server several times."""
    seconds, memory = [], []
    for _ in range(stage.size.runs):
        begun = time.perf_counter()
        with server.serve(stage.instance):
            seconds.append(time.perf_counter() - begun)
            memory.append(processes.shared_out(processes.server()))
    return [
        Line("cold start to the first answer", "s", sorted(seconds)[len(seconds) // 2], None, 2),
        Line("idle memory", "MiB", sorted(memory)[len(memory) // 2], None, 150),
    ]
