"""CSV: a table of articles, one a row, below a header with the columns' names.

A column called text, body, content or article is the text; title or headline, author or byline, date, url,
language, publisher or source and id are known by many names. If yours are called otherwise, say so: “Body=text,
Head=title”. Every other column is kept beside the text. Cells are parted by commas, semicolons or tabs, as the
header shows.

Sample:

    id,headline,body,date,author,desk
    7,Taxes,"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”",2019-10-29,Ana Ruiz,economy
    8,Ministers to meet,"A meeting is planned, a source said.",2019-10-30,,world
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._columns import TEXT, fields_of
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE
from ._table import articles, rows

SUFFIXES = {".csv", ".tsv", ".tab"}
DELIMITERS = ",;\t"
MOST_LIKELY = {".tsv": "\t", ".tab": "\t"}
FEWEST = 2
"""Columns that a table has at least which only its header tells."""


def recognises(head: bytes, name: str) -> str | None:
    """Take a file by its name, or by a header that has a text among its columns."""
    if head.removeprefix(BYTE_ORDER_MARK).startswith(b"#FORMAT="):
        return None  # WebAnno's tables bear the same suffix
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return say("a table, by its name")
    first = head.removeprefix(BYTE_ORDER_MARK).split(b"\n", 1)[0]
    names = _cells(first, _delimiter(first, suffix))
    if len(names) >= FEWEST and len(fields_of(names)) >= FEWEST and TEXT in fields_of(names):
        return say("a table, because its first line has the names of columns, the text among them")
    return None


def read(
    source: BinaryIO,
    name: str,
    columns: Mapping[str, str] = {},
) -> Iterator[Article | BadItem]:
    """Yield an article for each row; `columns` gives fields of the article to names of the header."""
    first = source.readline(LONGEST_LINE)
    source.seek(0)
    yield from articles(
        rows(source, _delimiter(first, PurePath(name).suffix.lower())), name, columns
    )


def _delimiter(first: bytes, suffix: str) -> str:
    """Return what parts the header into most cells."""
    counts = {each: len(_cells(first, each)) for each in DELIMITERS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > 1 else MOST_LIKELY.get(suffix, ",")


def _cells(line: bytes, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.decode().strip("\r\n")], delimiter=delimiter), [])
    except (UnicodeDecodeError, csv.Error):
        return []
