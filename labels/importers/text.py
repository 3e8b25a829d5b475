"""Plain text: one article a file, the whole of it.

The text stays as it is, byte for byte; only a byte order mark at the start and carriage returns go.
It has to be UTF-8. A headline, a byline and the publisher's closing appeal are looked for and
offered as metadata with their places; they stay in the text. A text without a headline takes its
first sentence as title.

Sample:

    Ministers to meet in Thailand

    • Kyodo

    “Taxes fell 5%,” Ruiz said, “and jobs rose.”

    By subscribing, you can help us get the story right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..text.canonical import BYTE_ORDER_MARK, Canonical, TextError, canonical
from ..text.furniture import Furniture, find
from ..words import say

SUFFIXES = {".txt", ".text"}
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r")
MARKUP = (b"{", b"[", b"<", b"#FORMAT=")
"""What a file of another format, JSON, HTML or WebAnno's, begins with."""
SHOWN = 60
"""Code points of a find that are shown in the report."""


def recognises(head: bytes, name: str) -> str | None:
    """Take a file by its name, or any without control characters, and mark-up at its start."""
    if PurePath(name).suffix.lower() in SUFFIXES:
        return say("plain text, by its name")
    start = head.removeprefix(BYTE_ORDER_MARK.encode()).lstrip()
    if start and not start.startswith(MARKUP) and CONTROLS.isdisjoint(head):
        return say("plain text, because no other format knows it")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield the one article of a file, with what was found in it."""
    try:
        found = canonical(source.read())
    except TextError as error:
        yield BadItem(name, error.code, error.detail)
    else:
        yield _article(found, find(found.text))


def _article(found: Canonical, furniture: Furniture) -> Article:
    extra: dict[str, Any] = {}
    notes = []
    if furniture.headline:
        notes.append(_note(say("Headline found:"), found.text, furniture.headline))
    else:
        notes.append(say("No headline found: the title is the first sentence."))
    byline = furniture.byline
    if byline:
        place = byline.start, byline.end
        extra["byline_span"] = _place(place)
        if byline.is_agency:
            extra["agency"] = byline.name
        notes.append(_found(say("Byline found:"), byline.name, found.text, place))
    if furniture.appeal:
        extra["closing_appeal"] = _place(furniture.appeal)
        notes.append(_note(say("Closing appeal found:"), found.text, furniture.appeal))
    return Article(
        text=found.text,
        text_sha256=found.text_sha256,
        original_sha256=found.original_sha256,
        title=furniture.title,
        byline=byline.name if byline else "",
        extra=extra,
        notes=notes,
    )


def _place(place: tuple[int, int]) -> dict[str, int]:
    start, end = place
    return {"start": start, "end": end}


def _note(what: str, text: str, place: tuple[int, int]) -> str:
    words = " ".join(text[slice(*place)].split())
    if len(words) > SHOWN:
        words = words[:SHOWN].rsplit(None, 1)[0] + " …"
    return _found(what, words, text, place)


def _found(what: str, words: str, text: str, place: tuple[int, int]) -> str:
    lines = _lines(text, place)
    stays = say("“{words}” ({lines}). It stays in the text.", words=words, lines=lines)
    return f"{what} {stays}"


def _lines(text: str, place: tuple[int, int]) -> str:
    start, end = place
    first = text.count("\n", 0, start) + 1
    last = first + text.count("\n", start, end)
    if first == last:
        return say("line {number}", number=first)
    return say("lines {first}–{last}", first=first, last=last)
