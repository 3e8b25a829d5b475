"""What is done in the name of an instance, each task in a process of its own: `python -m bench.inside TASK`.

The process has the environment of the instance; its input and its output are one JSON object each.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import orjson

from bench import processes
from tests.server import ROOT, Instance


def run(instance: Instance, task: str, **given: Any) -> Any:
    """Do a task inside an instance and return its result."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "bench.inside", task],
        cwd=ROOT,
        env=instance.environment | {"DJANGO_SETTINGS_MODULE": "annotator.settings"},
        input=orjson.dumps(given),
        stdout=subprocess.PIPE,
        check=True,
    )
    return orjson.loads(done.stdout)


def import_file(slug: str, file: str) -> dict[str, float]:
    """Import a file; return how long it took and how far the memory rose."""
    from bench import fill  # noqa: PLC0415 - models load after the settings
    from labels.actions import ahead, imports, writing  # noqa: PLC0415 - as above

    gc.set_threshold(20_000)  # as the command does
    by = fill.manager()
    begun = time.perf_counter()
    with Path(file).open("rb") as source, processes.Together() as memory:
        reader = ahead.Ahead(source.tell)
        made = imports.run(
            by=by,
            slug=slug,
            files=[(file, source)],
            read=reader.read,
            write=writing.beside,
        )
    seconds = time.perf_counter() - begun
    counts = {name: made.report[name] for name in ("articles", "spans")}
    return {"seconds": seconds, "growth": memory.peak, **counts}


def _task(name: str) -> Callable[..., Any]:
    from bench import fill  # noqa: PLC0415 - models load after the settings

    tasks: dict[str, Callable[..., Any]] = {
        "project": fill.project,
        "import": import_file,
        "spans": fill.spans,
        "samples": fill.samples,
        "desks": fill.desks,
        "agreement": fill.agreement,
    }
    return tasks[name]


if __name__ == "__main__":
    django.setup()
    result = _task(sys.argv[1])(**orjson.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(orjson.dumps(result))
