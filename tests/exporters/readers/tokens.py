"""Reads words with tags, and finds the words in the texts that they are of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from labels.records import AnnotationSet, Article, Fragment, Span

from . import made

ENTITY = re.compile(r"(\()?(e\d+(?:\[\d+/\d+\])?)(?:-([^()|]+))?(\))?")


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


def conll_u(data: bytes, found: Sequence[Article]) -> list[Article]:
    """Read documents of words in columns, with entities in the last."""
    documents = iter(data.decode().split("# newdoc id = ")[1:])
    read = []
    for article in found:
        count = len(article.annotation_sets)
        sets = [_entities(next(documents), article.text) for _ in range(max(1, count))]
        read.append(made.article(article.text_sha256, sets[:count], article.text))
    assert list(documents) == []
    return read


def _entities(document: str, text: str) -> AnnotationSet:
    lines = document.split("\n")
    owner = lines[1].removeprefix("# annotator = ")
    opened: dict[str, int] = {}
    labels: dict[str, str] = {}
    parts: dict[str, list[Fragment]] = defaultdict(list)
    at = 0
    for line in filter(str.strip, lines[2:]):
        if line.startswith("# "):
            continue
        columns = line.split("\t")
        assert len(columns) == 10
        start = text.index(columns[1], at)
        at = start + len(columns[1])
        said = dict(each.split("=", 1) for each in columns[9].split("|") if "=" in each)
        for opens, name, label, closes in ENTITY.findall(said.get("Entity", "")):
            unit = name.partition("[")[0]
            if opens:
                opened[name], labels[unit] = start, label
            if closes:
                parts[unit].append(Fragment(opened.pop(name), at))
    assert not opened
    return made.one_set(
        owner, [Span(UUID(int=0), labels[unit], tuple(all_)) for unit, all_ in parts.items()]
    )
