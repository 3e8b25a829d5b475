"""Spans out: the native export over HTTP."""

from __future__ import annotations

from statistics import median

from bench import floor, processes
from bench.client import Client, expect
from bench.stage import SLUG, SPANS, Stage, middle
from bench.table import Line
from tests import server

QUOTE = b'"quote":'


def measure(stage: Stage) -> list[Line]:
    """Export the whole project, several times."""
    spans = stage.size.articles * SPANS
    seconds, first = [], []
    token = stage.token("max", "export")
    with server.serve(stage.instance) as running:
        client = Client(running.url, token)
        growth = processes.Growth(processes.server())
        for _ in range(stage.size.runs):
            answer = expect(client.get(f"/api/v1/projects/{SLUG}/export/"))
            if answer.body.count(QUOTE) != spans:
                raise RuntimeError(f"{answer.body.count(QUOTE)} spans came out of {spans}.")
            seconds.append(answer.seconds)
            first.append(1000 * answer.first)
        memory = growth.peak()
    with floor.opened(stage.instance.database) as connection:
        least = middle(lambda: floor.export(connection), stage.size.runs)
    work = f"export {spans:,} spans"
    mark = spans / 100_000
    return [
        Line(work, "s", median(seconds), least, 1.0 * mark),
        Line(
            f"{work}: spans per second",
            "/s",
            spans / median(seconds),
            spans / least,
            100_000,
            more_is_better=True,
        ),
        Line(f"{work}: first byte", "ms", median(first), None, 100),
        Line(f"{work}: memory", "MiB", memory, None, 50),
    ]
