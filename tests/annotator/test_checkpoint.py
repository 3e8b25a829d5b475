"""Checkpoints copy the log, wait for nobody who reads, and lose no commit."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import checkpoint

WRITERS, EACH = 4, 300


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=20, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA journal_size_limit=4194304")
    return connection


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "galley.sqlite3"


@pytest.fixture
def writer(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(file)) as connection:
        connection.execute("CREATE TABLE span (writer INTEGER, number INTEGER, payload BLOB)")
        yield connection


def add(connection: sqlite3.Connection, number: int, *, size: int = 1000) -> None:
    connection.execute("INSERT INTO span VALUES (0, ?, zeroblob(?))", [number, size])


def in_file_alone(file: Path) -> int:
    """Count what a copy of the database without its log holds."""
    copy = file.with_name("copy.sqlite3")
    copy.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        return int(connection.execute("SELECT count(*) FROM span").fetchone()[0])


def test_the_log_is_copied(file: Path, writer: sqlite3.Connection) -> None:
    add(writer, 1)
    assert checkpoint.checkpoint(file) == 0
    assert in_file_alone(file) == 1


def test_nothing_to_copy(file: Path, writer: sqlite3.Connection) -> None:
    checkpoint.checkpoint(file)
    assert checkpoint.checkpoint(file) == 0


def test_a_reader_is_not_waited_for(file: Path, writer: sqlite3.Connection) -> None:
    add(writer, 1)
    with closing(connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM span").fetchone()
        add(writer, 2)
        begun = time.monotonic()
        assert checkpoint.checkpoint(file) > 0
        assert time.monotonic() - begun < 1
        reader.execute("ROLLBACK")
    assert checkpoint.checkpoint(file) == 0
    assert in_file_alone(file) == 2


def test_no_writer_writes_meanwhile(
    file: Path, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(writer, 1)
    writer.execute("PRAGMA busy_timeout=0")
    tried = []

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            done = super().execute(sql, *rest)
            if sql.startswith("PRAGMA wal_checkpoint"):
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    add(writer, 2)
                tried.append(sql)
            return done

    plain = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: plain(*a, factory=Watched, **k))
    checkpoint.checkpoint(file)
    assert tried == ["PRAGMA wal_checkpoint(PASSIVE)"]
    add(writer, 2)


def test_a_database_that_is_gone_does_not_come_back_empty(file: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        checkpoint.checkpoint(file)
    assert not file.exists()


def test_the_thread_keeps_the_log_small_while_many_write(
    file: Path, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "EVERY_SECONDS", 0.005)
    monkeypatch.setattr(checkpoint, "LOG_BYTES", 200_000)

    def work(name: int) -> None:
        with closing(connect(file)) as connection:
            for number in range(EACH):
                connection.execute("BEGIN IMMEDIATE")
                row = [name, number, bytes(8000)]
                connection.execute("INSERT INTO span VALUES (?, ?, ?)", row)
                connection.execute("COMMIT")
                time.sleep(0.001)

    copies = [checkpoint.Checkpointer(file) for _ in range(2)]
    threads = [threading.Thread(target=work, args=[name]) for name in range(WRITERS)]
    for each in [*copies, *threads]:
        each.start()
    for thread in threads:
        thread.join()
    for copy in copies:
        copy.stop()
    log = file.with_name(f"{file.name}-wal").stat().st_size
    assert log < WRITERS * EACH * 8000 / 2
    found = writer.execute("SELECT writer, count(*) FROM span GROUP BY writer").fetchall()
    assert found == [(name, EACH) for name in range(WRITERS)]
    assert writer.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_thread_lives_on_when_the_database_is_away(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(checkpoint, "EVERY_SECONDS", 0.005)
    monkeypatch.setattr(checkpoint, "LOG_BYTES", 0)
    file.with_name(f"{file.name}-wal").write_bytes(b"x")
    thread = checkpoint.Checkpointer(file)
    thread.start()
    while not caplog.messages:
        time.sleep(0.005)
    assert thread.is_alive()
    thread.stop()
    assert "could not be copied now" in caplog.messages[0]
