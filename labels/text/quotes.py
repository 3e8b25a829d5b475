"""Quotes: the words a span is about, which prove that its offsets are right."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from .boundaries import is_grapheme_boundary

ELLIPSIS = " … "
"""Stands between the fragments of one span."""

CONTEXT = 32
"""Code points of prefix and suffix, as Hypothesis and the W3C's examples have them."""

SHORT = 40
"""Code points of a quote that may stand where the text may not."""
EDGE = 20
"""Code points of a longer quote's beginning and end."""


def quote(text: str, fragments: Iterable[tuple[int, int]]) -> str:
    """Give the words of a span's fragments as one string, for people."""
    return ELLIPSIS.join(text[start:end] for start, end in fragments)


def check(text: str, start: int, end: int, quote: str) -> bool:
    """Tell whether the places lie in the text, in order, with exactly `quote` between them."""
    return 0 <= start < end <= len(text) and text[start:end] == quote


def context(text: str, start: int, end: int, width: int = CONTEXT) -> tuple[str, str]:
    """Give up to `width` code points before and after a stretch, in whole grapheme clusters."""
    first = max(0, start - width)
    while first < start and not is_grapheme_boundary(text, first):
        first += 1
    last = min(len(text), end + width)
    while last > end and not is_grapheme_boundary(text, last):
        last -= 1
    return text[first:start], text[end:last]


def standing(quote: str) -> dict[str, str]:
    """Return what stands for a quote where the text may not: its hash, and as much of it as people need."""
    digest = {"quote_sha256": sha256(quote.encode()).hexdigest()}
    if len(quote) <= SHORT:
        return digest | {"quote": quote}
    return digest | {"quote_start": quote[:EDGE], "quote_end": quote[-EDGE:]}
