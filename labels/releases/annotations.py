"""Annotations: one span of one annotator a line, from people's own and from imported sets.

Everybody's labels stand beside each other; nothing is voted on. `id` is unique within its `set`, and
`fragments` are half-open stretches of code points, ascending, of one discontinuous span.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Article, Terms
from ..vocabulary import Kind
from . import Row, _unit

FILE = "annotations.jsonl"
COMPARED = True
NAMED_BY = "label"
core = _unit.core_of_span


def rows(article: Article, split: str, terms: Terms) -> Iterator[Row]:
    """Yield the spans of every set that is not gold."""
    for made in article.annotation_sets:
        if made.kind != Kind.GOLD:
            for span in made.spans:
                yield _unit.of_span(article, made, span, split, terms)
