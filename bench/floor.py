"""The least that any program could need: the same rows, straight to the database and straight to JSON.

A floor has no rights, no log, no checks and no answers; it has the same database with the same promises (a
commit is on the disk), the same texts and hashes, and the same JSON writer.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import orjson
import psycopg

from tests import server
from tests.server import Instance

SAVES = 200
TABLE = (
    "CREATE TABLE article"
    " (id INTEGER PRIMARY KEY{serial}, external_id TEXT, sha256 TEXT, length INTEGER, text TEXT)"
)
SPAN_TABLE = (
    "CREATE TABLE span"
    ' (id INTEGER PRIMARY KEY{serial}, article INTEGER, label TEXT, start INTEGER, "end" INTEGER)'
)
SPAN_COLUMNS = 'article, label, start, "end"'
COLUMNS = "external_id, sha256, length, text"
ARTICLES = "SELECT id, uuid, title, text FROM labels_article"
SPANS = (
    'SELECT t.article_id, s.uuid, s.label, f.start, f."end" FROM labels_annotationset t'
    " JOIN labels_span s ON s.annotation_set_id = t.id JOIN labels_fragment f ON f.span_id = s.id"
)
PAGE = "SELECT id, uuid, title, text_sha256, length, url FROM labels_article ORDER BY id LIMIT 50"

Row = tuple[Any, ...]
Connection = Any
"""sqlite3's or psycopg's: what both have is called the same."""


@contextmanager
def opened(database: str) -> Iterator[Connection]:
    """Connect without Django, with the promises that Galley makes."""
    if database.startswith("sqlite"):
        file = urlsplit(database).path[1:]
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            yield connection
    else:
        with psycopg.connect(database, autocommit=True) as connection:
            yield connection


@contextmanager
def empty(instance: Instance, folder: Path) -> Iterator[Connection]:
    """Connect to a new database of the same kind, with one table for articles."""
    lite = instance.database.startswith("sqlite")
    database = f"sqlite:///{folder / 'floor.sqlite3'}" if lite else server.new_database()
    with opened(database) as connection:
        for table in (TABLE, SPAN_TABLE):
            connection.execute(table.format(serial="" if lite else " GENERATED ALWAYS AS IDENTITY"))
        yield connection


def import_file(connection: Connection, file: Path) -> float:
    """Read JSON Lines, hash the texts, store them and their spans in one transaction; return the seconds."""
    begun = perf_counter()
    with file.open("rb") as source:
        lines = [orjson.loads(line) for line in source]
    articles = [_hashed(number, line) for number, line in enumerate(lines)]
    spans = [
        (number, label, start, end)
        for number, line in enumerate(lines)
        for start, end, label in line.get("label", ())
    ]
    connection.execute("BEGIN")
    _insert(connection, "article", COLUMNS, articles)
    _insert(connection, "span", SPAN_COLUMNS, spans)
    connection.execute("COMMIT")
    return perf_counter() - begun


def _insert(connection: Connection, table: str, columns: str, rows: list[Row]) -> None:
    if isinstance(connection, sqlite3.Connection):
        sql = f"INSERT INTO {table} ({columns}) VALUES (?, ?, ?, ?)"  # noqa: S608 - ours
        connection.executemany(sql, rows)
    else:
        with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _hashed(number: int, raw: dict[str, Any]) -> Row:
    text = raw["text"]
    return str(number), hashlib.sha256(text.encode()).hexdigest(), len(text), text


def save(connection: Connection) -> list[float]:
    """Insert a small row and commit, again and again; return the seconds of each."""
    mark = "?" if isinstance(connection, sqlite3.Connection) else "%s"
    sql = f"INSERT INTO article (external_id, length, text) VALUES ({mark}, 1, {mark})"  # noqa: S608 - ours
    found = []
    for number in range(SAVES):
        begun = perf_counter()
        connection.execute("BEGIN")
        connection.execute(sql, (str(number), "a span with its fragment" * 8))
        connection.execute("COMMIT")
        found.append(perf_counter() - begun)
    return found


def export(connection: Connection) -> float:
    """Read every article with its spans and write a line of JSON for each; return the seconds."""
    begun = perf_counter()
    spans: dict[int, list[Row]] = defaultdict(list)
    for row in connection.execute(SPANS):
        spans[row[0]].append(row)
    for row in connection.execute(ARTICLES):
        orjson.dumps(_line(row, spans[row[0]]))
    return perf_counter() - begun


def _line(article: Row, spans: list[Row]) -> dict[str, Any]:
    _key, uuid, title, text = article
    marked = [
        {"id": span, "label": label, "start": start, "end": end, "quote": text[start:end]}
        for _article, span, label, start, end in spans
    ]
    return {"id": uuid, "title": title, "text": text, "spans": marked}


def page(connection: Connection) -> float:
    """Read fifty articles without their texts; return the seconds."""
    begun = perf_counter()
    orjson.dumps(list(connection.execute(PAGE)))
    return perf_counter() - begun


def one(connection: Connection, article: str) -> float:
    """Read one article with its spans; return the seconds."""
    lite = isinstance(connection, sqlite3.Connection)
    wanted, mark = (article.replace("-", ""), "?") if lite else (article, "%s")
    begun = perf_counter()
    (row,) = connection.execute(f"{ARTICLES} WHERE uuid = {mark}", (wanted,))
    spans = list(connection.execute(f"{SPANS} WHERE t.article_id = {mark}", (row[0],)))
    orjson.dumps(_line(row, spans))
    return perf_counter() - begun
