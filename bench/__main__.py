"""Measure and print the table: `python -m bench [--quick] [--only import,export] [--database sqlite]`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench import corpus, exporting, importing, inside, labelling, listing, saving, starting
from bench.stage import QUICK, SLUG, SPANS, WHOLE, Stage, set_up, write_corpus
from bench.table import Line, printed
from tests import postgres
from tests.server import ROOT

DATABASES = ("sqlite", "postgresql")
PARTS = ("import", "start", "export", "list", "article", "page", "save")


def main() -> None:
    """Run what was asked for on each database."""
    wanted = _arguments()
    size = QUICK if wanted.quick else WHOLE
    ours = ROOT / "var"
    ours.mkdir(mode=0o700, exist_ok=True)
    # Not in a temporary folder, which may be in memory: a commit should cost what it costs.
    with tempfile.TemporaryDirectory(dir=ours, prefix="bench-") as name, _cluster(wanted.database):
        folder = Path(name)
        files = write_corpus(folder, size.articles)
        print(f"{_machine()}\n")
        for database in wanted.database:
            # What was written for the one before it is no work of this one.
            os.sync()
            begun = time.monotonic()
            stage = set_up(database, size, folder / database, files)
            lines = list(_measure(stage, wanted.only))
            print(f"{_version(database)}, {time.monotonic() - begun:.0f} s\n\n{printed(lines)}\n")


def _measure(stage: Stage, parts: list[str]) -> Iterator[Line]:
    """Fill the project and measure on the way: what is exported is there before single articles are added."""
    empty = stage.instance
    imported = importing.fill(stage)
    inside.run(stage.instance, "spans", slug=SLUG, count=SPANS)
    if "import" in parts:
        yield from [*imported, *_told("import", importing.marked(stage, empty))]
    if "start" in parts:
        yield from _told("start", starting.measure(stage))
    if "export" in parts:
        yield from _told("export", exporting.measure(stage))
    if "list" in parts:
        yield from _told("list", listing.pages(stage))
    if {"article", "page"} & set(parts):
        samples = inside.run(stage.instance, "samples", slug=SLUG)
    if "article" in parts:
        yield from _told("article", listing.article(stage, samples[corpus.DENSE.name]))
    if "page" in parts:
        yield from _told("page", labelling.measure(stage, samples))
    if "save" in parts:
        yield from _told("save", saving.measure(stage))
    # Figures of a database that is not in order would be worth nothing.
    stage.instance.manage("doctor")


def _told(part: str, lines: list[Line]) -> list[Line]:
    print(f"… {part}", file=sys.stderr, flush=True)
    return lines


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer articles, each thing once")
    parser.add_argument("--only", type=_some_of(PARTS), default=list(PARTS), help=", ".join(PARTS))
    parser.add_argument(
        "--database", type=_some_of(DATABASES), default=list(DATABASES), help=" or ".join(DATABASES)
    )
    return parser.parse_args()


def _some_of(names: tuple[str, ...]) -> Callable[[str], list[str]]:
    def read(given: str) -> list[str]:
        chosen = given.split(",")
        for each in chosen:
            if each not in names:
                raise argparse.ArgumentTypeError(f"{each} is none of {', '.join(names)}")
        return chosen

    return read


@contextmanager
def _cluster(databases: list[str]) -> Iterator[None]:
    """Start a PostgreSQL that waits for the disk as any does; the one of the tests does not."""
    if "postgresql" not in databases or postgres.VARIABLE in os.environ:
        yield
        return
    cluster = postgres.Cluster.start(settings=())
    os.environ[postgres.VARIABLE] = cluster.url
    try:
        yield
    finally:
        cluster.stop()


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"
    )


def _version(database: str) -> str:
    if database == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(postgres.url()) as connection:
        number = connection.info.server_version
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


if __name__ == "__main__":
    main()
