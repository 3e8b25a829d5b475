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
from pathlib import Path
from typing import BinaryIO, Protocol

import orjson

from ..catalogue import Entry, catalogue
from ..errors import Invalid, LibraryMissing, UnknownFormat
from ..records import Article, Loss
from ..vocabulary import Lost
from ..words import say

BUFFER = 256 * 1024
"""Bytes that are sent or written at once: fewer, larger writes."""


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


def chosen(name: str, *, with_text: bool = True) -> Format:
    """Return the format of that name, or what it has in its place where the texts are left out (`WITHOUT_TEXT`).

    Raises `UnknownFormat`, `LibraryMissing` or, where a format is made of the texts, `Invalid`.
    """
    formats = _formats()
    if name not in formats:
        raise UnknownFormat(
            f"There is no format “{name}”. There is: {', '.join(formats)}.",
            errors=[{"field": "format", "code": "unknown_format"}],
        )
    if formats[name].missing:
        raise LibraryMissing(name, formats[name].missing)
    found: Format | None = formats[name].module
    if not with_text:
        found = getattr(found, "WITHOUT_TEXT", None)
    if found is None:
        raise of_the_texts(name)
    return found


def of_the_texts(name: str) -> Invalid:
    """Return the refusal to leave the texts out of a format that is made of them."""
    said = say(
        "“{name}” does not go without the texts: choose {others}.",
        name=name,
        others=", ".join(bare()),
    )
    return Invalid(said, errors=[{"field": "with_text", "code": "invalid", "message": said}])


def bare() -> list[str]:
    """Return the names of the formats that can leave the texts out."""
    return [key for key, each in _formats().items() if hasattr(each.module, "WITHOUT_TEXT")]


def program() -> str:
    """Return the program that puts one's own copies of the texts in; it needs nothing but Python."""
    return Path(__file__).with_name("_rebuilding.py").read_text(encoding="utf-8")


def _formats() -> dict[str, Entry]:
    from .. import exporters  # noqa: PLC0415 - the folder is the list of what is in it

    return catalogue(exporters)


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
