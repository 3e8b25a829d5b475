"""Reads words with tags, and finds the words in the texts that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from labels.records import AnnotationSet, Article, Fragment, Span

from . import made


def conll2002(data: bytes, found: Sequence[Article]) -> list[Article]:
    """Read documents in the order in which they were written: one for each set, or for an article without one."""
    documents = iter(data.decode().split("-DOCSTART- O\n\n")[1:])
    read = []
    for article in found:
        count = len(article.annotation_sets)
        sets = [_set(next(documents), article.text) for _ in range(max(1, count))]
        read.append(made.article(article.text_sha256, sets[:count], article.text))
    assert list(documents) == []
    return read


def _set(document: str, text: str) -> AnnotationSet:
    spans: list[tuple[str, int, int]] = []
    at = 0
    for line in filter(None, document.split("\n")):
        word, tag = line.split(" ")
        start = text.index(word, at)
        assert not text[at:start].strip()
        at = start + len(word)
        if tag.startswith("B-"):
            spans.append((tag[2:], start, at))
        elif tag.startswith("I-"):
            label, first, _ = spans.pop()
            assert label == tag[2:]
            spans.append((label, first, at))
    return made.one_set("", [Span(UUID(int=0), label, (Fragment(*at),)) for label, *at in spans])
