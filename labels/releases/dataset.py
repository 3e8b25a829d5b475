"""The data set as Galley imports it: one article with all its annotation sets a line, in releases with text."""

from __future__ import annotations

from collections.abc import Iterator

from ..exporters import jsonl
from ..records import Article, Terms

FILE = "dataset.jsonl"
COMPARED = False  # the other tables say what is new


def rows(article: Article, split: str, terms: Terms) -> Iterator[bytes]:  # noqa: ARG001 - as every table
    """Yield the line of the native export."""
    if terms.with_text:
        yield from jsonl.write([article])
