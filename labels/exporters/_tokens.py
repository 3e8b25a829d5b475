"""The words of a text and the marks between them, by sentences: what formats for training count in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

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


def within(found: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """Return the tokens that have something of `text[start:end]`."""
    first = bisect_right(found, start, key=itemgetter(1))
    return found[first : bisect_left(found, end, key=itemgetter(0))]


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
