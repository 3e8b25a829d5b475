"""The words of a text and the marks between them, by sentences: what formats for training count in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..text.boundaries import grapheme_boundaries, words
from ..text.segments import paragraphs
from ..text.segments import sentences as sentences_of

Token = tuple[int, int]
DENSE = re.compile(r"\S+")


def sentences(text: str) -> list[list[Token]]:
    """Return the tokens of each sentence that has any, as places in the text."""
    found = tokens(text)
    ends = [end for block in paragraphs(text) for _, end in sentences_of(text, *block)]
    made: list[list[Token]] = []
    at = 0
    for end in [*ends, len(text)]:
        first = at
        while at < len(found) and found[at][0] < end:
            at += 1
        if first < at:
            made.append(found[first:at])
    return made


def tokens(text: str) -> list[Token]:
    """Return the words, and each grapheme between them that is no white space."""
    found: list[Token] = []
    last = 0
    for start, end in [*words(text), (len(text), len(text))]:
        found += _between(text, last, start)
        if start < end:
            found += _dense(text, start, end)
        last = end
    return found


def _between(text: str, start: int, end: int) -> Iterator[Token]:
    for first, stop in _dense(text, start, end):
        edges = grapheme_boundaries(text[first:stop])
        yield from ((first + one, first + other) for one, other in pairwise(edges))


def _dense(text: str, start: int, end: int) -> Iterator[Token]:
    for run in DENSE.finditer(text, start, end):
        yield run.span()
