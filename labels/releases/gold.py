"""Gold: one settled span a line, with the span that it was taken from (`derived_from`)."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Article, Terms
from ..vocabulary import Kind
from . import Row, _unit

FILE = "gold.jsonl"
COMPARED = True
NAMED_BY = "label"
core = _unit.core_of_span


def rows(article: Article, split: str, terms: Terms) -> Iterator[Row]:
    """Yield the spans of gold sets."""
    for made in article.annotation_sets:
        if made.kind == Kind.GOLD:
            for span in made.spans:
                yield _unit.of_span(article, made, span, split, terms)
