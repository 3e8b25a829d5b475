"""Compare SQLite's journal modes under 16 writers and one long reader: `python bench/journal.py [folder]`.

Each way runs for some seconds on a fresh file with `synchronous=FULL`; a writer's transaction reads a row and
adds two. The figures of docs/decisions/0002-sqlite-journal.md come from here.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from annotator import checkpoint

SECONDS = 8
WRITERS = 16
PAUSE = 0.03
"""Between two saves of one writer: without it whoever has the lock takes it again, and the others starve."""
WAYS = {
    "WAL, checkpoints under the write lock": ("WAL", 0, True),
    "WAL, SQLite's own checkpoints": ("WAL", 1000, False),
    "TRUNCATE": ("TRUNCATE", 1000, False),
}


@dataclass
class Tally:
    """What the writers of one run met."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0

    def line(self) -> str:
        """Return the row of the table."""
        cuts = quantiles(self.milliseconds, n=100) if len(self.milliseconds) > 1 else [0.0] * 99
        worst = max(self.milliseconds, default=0)
        rate = len(self.milliseconds) / SECONDS
        return f"{rate:6.0f} | {cuts[49]:7.1f} | {cuts[94]:7.1f} | {worst:7.0f} | {self.errors}"


def connect(file: Path, mode: str, auto: int) -> sqlite3.Connection:
    """Open a connection as the product does, but for the journal."""
    connection = sqlite3.connect(file, timeout=20, isolation_level=None)
    for pragma in (f"journal_mode={mode}", "synchronous=FULL", f"wal_autocheckpoint={auto}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA journal_size_limit=4194304")
    return connection


def write(opened: Callable[[], sqlite3.Connection], over: Event, tally: Tally) -> None:
    """Save one small thing after the other."""
    with closing(opened()) as connection:
        while not over.is_set():
            begun = time.perf_counter()
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("SELECT payload FROM span WHERE id = 1").fetchone()
                rows = [("x" * 200,), ("y" * 200,)]
                connection.executemany("INSERT INTO span (payload) VALUES (?)", rows)
                connection.execute("COMMIT")
            except sqlite3.OperationalError:
                tally.errors += 1
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                continue
            tally.milliseconds.append((time.perf_counter() - begun) * 1000)
            time.sleep(PAUSE)


def read(opened: Callable[[], sqlite3.Connection], over: Event) -> None:
    """Read as an export does: one view of the data, held for most of the run."""
    with closing(opened()) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT payload FROM span WHERE id = 1").fetchone()
        over.wait(SECONDS * 0.75)


def run(folder: Path, way: str, *, reader: bool) -> Tally:
    """Run one way and return its tally."""
    mode, auto, ours = WAYS[way]
    file = folder / f"{mode}{auto}{reader}.sqlite3"

    def opened() -> sqlite3.Connection:
        return connect(file, mode, auto)

    keeper = opened()
    keeper.execute("CREATE TABLE span (id INTEGER PRIMARY KEY, payload TEXT)")
    keeper.execute("INSERT INTO span VALUES (1, ''), (2, ''), (3, '')")
    tally, over = Tally(), Event()
    threads = [Thread(target=write, args=(opened, over, tally)) for _ in range(WRITERS)]
    threads += [Thread(target=read, args=(opened, over))] if reader else []
    checkpointer = checkpoint.Checkpointer(file)
    for thread in threads:
        thread.start()
    if ours:
        checkpointer.start()
    time.sleep(SECONDS)
    over.set()
    for thread in threads:
        thread.join()
    if ours:
        checkpointer.stop()
    keeper.close()
    return tally


def main() -> None:
    """Print the table."""
    print(f"SQLite {sqlite3.sqlite_version}, {WRITERS} writers, {SECONDS} s each")
    print("| way | long reader | commits/s | p50 ms | p95 ms | worst ms | errors |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        for way in WAYS:
            for reader in (False, True):
                tally = run(Path(folder), way, reader=reader)
                print(f"| {way} | {'yes' if reader else 'no'} | {tally.line()} |")


if __name__ == "__main__":
    main()
