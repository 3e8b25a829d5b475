"""Markdown: one article a file, its marks left in the text.

The text stays as it is, so that every offset is that of the file behind its front matter. Front matter (lines such
as “title: Taxes” between two lines of three hyphens) goes into title, author, date and the like; what else it has
is kept beside. Without a title there, the first heading is it.

Sample:

    ---
    headline: Taxes
    author: Ana Ruiz
    date: 2019-10-29
    desk: economy
    ---
    # Taxes fell

    🗳️ “Taxes fell 5%,” *Ruiz* said, “and jobs rose.”
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from ..records import Article, BadItem
from ..text.canonical import TextError, canonical
from ..words import say
from ._columns import TEXT, article_of, fields_of
from ._marks import text_of
from ._reading import BYTE_ORDER_MARK, Fault

SUFFIXES = {".md", ".markdown", ".mdown"}
FRONT = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]{0,10000}\n){0,500}?)---[ \t]*(?:\n|$)\n*")
LINE = re.compile(r"([\w][\w .-]{0,99}?)[ \t]*:[ \t]+(\S.*)")
HEADING = re.compile(r"^ {0,3}#{1,2}[ \t]+([^\n]{1,400}?)[ \t]*#*[ \t]*$", re.MULTILINE)
FRONT_AT_START = re.compile(rb"---[ \t]*\r?\n[\w][\w .-]{0,99}?[ \t]*:[ \t]")
TOP = 2000
"""Characters in which a first heading is looked for."""


def recognises(head: bytes, name: str) -> str | None:
    """Take a file by its name, or by its front matter."""
    if PurePath(name).suffix.lower() in SUFFIXES:
        return say("Markdown, by its name")
    if FRONT_AT_START.match(head.removeprefix(BYTE_ORDER_MARK)):
        return say("Markdown, because it begins with front matter")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield the one article of a file."""
    try:
        yield _article(source.read())
    except (Fault, TextError) as fault:
        yield BadItem(name, fault.code, fault.detail)


def _article(data: bytes) -> Article:
    whole = canonical(data)
    front = FRONT.match(whole.text)
    lines = front[1].split("\n") if front else []
    told = {each[1]: each[2].strip().strip("\"'") for each in map(LINE.fullmatch, lines) if each}
    fields = {field: name for field, name in fields_of(told).items() if field != TEXT}
    given = {field: told[name] for field, name in fields.items()}
    text = text_of(whole.text[front.end() :]) if front and told else text_of(whole.text)
    heading = HEADING.search(text.text[:TOP])
    if heading:
        given.setdefault("title", heading[1])
    beside = {name: value for name, value in told.items() if name not in fields.values()}
    notes = []
    if front and told:
        beside["front_matter"] = front[1]
        notes.append(say("The front matter is no part of the text; it is kept beside it."))
    made = article_of(text, given, beside, notes)
    return replace(made, original_sha256=whole.original_sha256)
