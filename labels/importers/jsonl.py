r"""JSON Lines: one article a line, with annotations if it has any.

Each line is an object with `text` and, as far as known, `external_id`, `title`, `language`,
`publisher`, `byline`, `url`, `published_at` (a date, or a date-time, in ISO 8601) and `extra` (an
object of anything else). A line of Galley's own export is taken too, with its annotation sets:
every quote is held against the text. A text without a title takes its headline or its first
sentence.

Sample:

    {"text": "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”", "external_id": "reuters-1", "title": "Taxes"}
    {"text": "Ministers to meet\n\nA meeting is planned, a source said.", "publisher": "The Paper", "extra": {"desk": "world"}}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._native import article
from ._reading import BYTE_ORDER_MARK, lines, parse, taken

SUFFIXES = {".jsonl", ".ndjson"}
MARKS_OF_OTHERS = re.compile(
    rb'"(?:denotations|tracks|entities|labels?|spans|selector|items)"\s*:\s*\[|"%(?:TYPES|FEATURE_STRUCTURES)"\s*:'
    rb'|"_(?:input|task)_hash"\s*:'
)
"""Marks beside a text, as other tools write them."""


def recognises(head: bytes, name: str) -> str | None:
    """Take a file by its name, or by a first line that is an object with a text."""
    first = head.removeprefix(BYTE_ORDER_MARK).lstrip().split(b"\n", 1)[0]
    if MARKS_OF_OTHERS.search(first) and b'"article"' not in first:
        return None
    if PurePath(name).suffix.lower() in SUFFIXES:
        return say("JSON Lines, by its name")
    if first.startswith(b"{") and (b'"text"' in first or b'"article"' in first):
        return say("JSON Lines, because its first line is an object with a text")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each line, reading a line at a time."""
    nothing = BadItem(name, "empty_file", say("The file is empty: no line has an article."))
    yield from taken(
        lines(source),
        lambda line: article(parse(line)),
        lambda number: say("{where}, line {number}", where=name, number=number),
        nothing=nothing,
    )
