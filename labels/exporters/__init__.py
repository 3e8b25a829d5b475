"""Export formats, one file each: the file's name is the format's name.

Its docstring is the line in the menu, the help and the sample. A format is a module like `Format`
below: it is fed records and gives bytes, piece by piece, holding no more than one article at a
time. The same records always give the same bytes. What it cannot hold it says, unit by unit: nothing
is lost silently. `docs/formats.md` shows how to add one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import BinaryIO, Protocol

import orjson

from ..records import Article, Loss
from ..vocabulary import Lost


class Family(StrEnum):
    """Which formats stand together in a menu, in this order."""

    WHOLE = "whole"
    TABLE = "table"
    TOOL = "tool"
    CLAIM = "claim"
    STANDARD = "standard"
    TOKEN = "token"  # noqa: S105 - words of a text


class Format(Protocol):
    """What each module of this folder has."""

    MEDIA_TYPE: str
    """For `Content-Type`."""
    SUFFIX: str
    """The end of a file's name, with its dot."""
    FAMILY: Family
    UNIT: str
    """What its offsets count; empty where `write` is told."""
    LOSES: frozenset[Lost]
    """What it never holds."""
    PARTLY: frozenset[Lost]
    """What it holds, but for some values or places."""

    def write(self, articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:
        """Yield the file in pieces; offsets count `unit`, where the format leaves that open."""

    def losses(self, article: Article) -> Iterator[Loss]:
        """Yield what of an article the format cannot hold; one that holds everything yields nothing."""


class Report:
    """Gathers the losses of an export, a line of JSON for each; how many of each kind come last."""

    MEDIA_TYPE = "application/jsonl"

    def __init__(self, writer: Format) -> None:
        self.writer = writer
        self.counts: Counter[str] = Counter()

    def write(self, articles: Iterable[Article]) -> Iterator[bytes]:
        """Yield the report instead of the file."""
        for article in articles:
            yield self._lines(article)
        yield self.last()

    def beside(self, articles: Iterable[Article], sink: BinaryIO) -> Iterator[Article]:
        """Pass articles on to who writes them, and write what each loses to `sink`."""
        for article in articles:
            sink.write(self._lines(article))
            yield article

    def last(self) -> bytes:
        """Return the last line: how much was lost, in all and by what."""
        counts = dict(sorted(self.counts.items()))
        return _line({"losses": sum(counts.values()), "counts": counts})

    def _lines(self, article: Article) -> bytes:
        found = list(self.writer.losses(article))
        self.counts += Counter(each.lost.value for each in found)
        return b"".join(map(_line, found))


def _line(found: object) -> bytes:
    return orjson.dumps(found, option=orjson.OPT_APPEND_NEWLINE)
