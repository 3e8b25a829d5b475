"""One span saved: an operation over HTTP with a token, by one client and by sixteen at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from statistics import median
from typing import Any
from uuid import uuid4

from bench import corpus, floor, inside, processes
from bench.client import Client, expect
from bench.stage import SLUG, Stage, percentile
from bench.table import Line
from tests import server

CROWD = 16
PROCESSES = 2
"""Clients share two processes, so that they leave the processors to the server."""
WARM_UP = 20
HEAD_START = 2.0
"""Seconds in which the clients' processes come up."""
OK = 200

Desk = dict[str, Any]
Save = tuple[float, int]
"""How many seconds it took, and what the server answered."""


def measure(stage: Stage) -> list[Line]:
    """Save with one client, then with sixteen."""
    desks = inside.run(stage.instance, "desks", slug=SLUG, count=CROWD + 1)
    with server.serve(stage.instance):
        alone, cpu = _alone(stage, desks[0])
        crowd = _crowd(stage, desks[1:])
    with floor.empty(stage.instance, stage.folder) as connection:
        least = [1000 * each for each in floor.save(connection)]
    one = [1000 * seconds for seconds, _status in alone]
    many = [1000 * seconds for seconds, _status in crowd]
    errors = sum(status != OK for _seconds, status in [*alone, *crowd])
    rate = 250 if stage.sqlite else 400
    return [
        Line("one span saved, 1 client: p50", "ms", median(one), median(least), 5),
        Line("one span saved, 1 client: p95", "ms", percentile(one, 95), percentile(least, 95)),
        Line("one span saved: the server's processor", "ms", 1000 * cpu, None, 3),
        Line(
            "16 clients: spans per second",
            "/s",
            len(many) / stage.size.seconds,
            None,
            rate,
            more_is_better=True,
        ),
        Line("16 clients: p50", "ms", median(many)),
        Line("16 clients: p95", "ms", percentile(many, 95), None, 100),
        Line("errors of all clients", "", errors, None, 0),
    ]


def _alone(stage: Stage, desk: Desk) -> tuple[list[Save], float]:
    """Save with one client; return the saves, and the server's seconds on a processor for each."""
    saves = _saves(stage.instance.url, desk)
    for _ in range(WARM_UP):
        next(saves)
    pids = processes.server()
    begun = processes.cpu_seconds(pids)
    found = [next(saves) for _ in range(stage.size.operations)]
    return found, (processes.cpu_seconds(pids) - begun) / len(found)


def _crowd(stage: Stage, desks: list[Desk]) -> list[Save]:
    """Save with all clients between one moment and another; return what was answered in between."""
    begin = time.time() + HEAD_START
    end = begin + stage.size.seconds
    # A forked process would have the threads' locks without the threads.
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        parts = [desks[number::PROCESSES] for number in range(PROCESSES)]
        jobs = [pool.submit(_part, stage.instance.url, part, begin, end) for part in parts]
        return [save for job in jobs for save in job.result()]


def _part(url: str, desks: list[Desk], begin: float, end: float) -> list[Save]:
    with ThreadPoolExecutor(len(desks)) as threads:
        jobs = [threads.submit(_sitting, url, desk, begin, end) for desk in desks]
        return [save for job in jobs for save in job.result()]


def _sitting(url: str, desk: Desk, begin: float, end: float) -> list[Save]:
    saves, found = _saves(url, desk), []
    next(saves)
    time.sleep(max(0.0, begin - time.time()))
    for save in saves:
        if time.time() > end:
            break
        found.append(save)
    return found


def _saves(url: str, desk: Desk) -> Iterator[Save]:
    """Mark the words of the desk's article one after the other."""
    client = Client(url, desk["token"])
    path = f"/api/v1/annotation-sets/{desk['set']}/"
    version = expect(client.get(path)).json["version"]
    for number, (start, end, quote) in enumerate(desk["words"]):
        fragment = {"start": start, "end": end, "quote": quote}
        label = corpus.LABELS[number % len(corpus.LABELS)]
        operation = {"op": "add_span", "id": str(uuid4()), "label": label, "fragments": [fragment]}
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": str(uuid4())}
        answer = client.post(f"{path}operations/", {"operations": [operation]}, headers)
        if answer.status == OK:
            version = answer.json["version"]
        yield answer.seconds, answer.status
