"""Quotes: what proves that offsets are right, and the words around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.text.boundaries import grapheme_boundaries, is_grapheme_boundary
from labels.text.quotes import CONTEXT, check, context, quote

from .texts import kept_texts

FIXTURE = "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"


def test_fragments_are_joined_by_an_ellipsis():
    assert quote(FIXTURE, [(3, 19), (31, 47)]) == "“Taxes fell 5%,” … “and jobs rose.”"


@pytest.mark.parametrize(
    ("start", "end", "words", "right"),
    [
        (20, 24, "Ruiz", True),
        (21, 25, "Ruiz", False),
        (20, 24, "ruiz", False),
        (20, 20, "", False),
        (-27, -23, "Ruiz", False),
        (44, 99, "e.”", False),
    ],
)
def test_a_quote_is_the_text_at_its_offsets_or_it_is_refused(start, end, words, right):
    assert check(FIXTURE, start, end, words) is right


@given(kept_texts, st.data())
def test_context_is_the_text_around_in_whole_clusters(text, data):
    text *= 3
    edges = grapheme_boundaries(text)
    start, end = sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    prefix, suffix = context(text, start, end)
    assert text[:start].endswith(prefix)
    assert text[end:].startswith(suffix)
    assert len(prefix) <= CONTEXT
    assert len(suffix) <= CONTEXT
    assert is_grapheme_boundary(text, start - len(prefix))
    assert is_grapheme_boundary(text, end + len(suffix))


def test_context_has_its_full_width_where_it_can():
    prefix, suffix = context("a" * 100, 50, 60)
    assert (len(prefix), len(suffix)) == (CONTEXT, CONTEXT)
    assert context("one two", 0, 7) == ("", "")
