"""Boundaries: the look near a position agrees with a scan of the whole text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.text.boundaries import (
    grapheme_boundaries,
    is_grapheme_boundary,
    touches_white_space,
    words,
)

from .texts import texts

# One or two of every kind of character that the rules speak of.
KINDS = (
    "a",
    "\r",
    "\n",
    "\u200b",
    "\u0300",
    "\u200c",
    "\u200d",
    "\u0903",
    "\u0600",
    "🇯",
    "🇵",
    "🗳",
    "👩",
    "\u1112",
    "\u1161",
    "\u11ab",
    "가",
    "각",
    "क",
    "ष",
    "\u094d",
    "\u09cd",
    "\u0e33",
    "©",
    " ",
)


@given(texts | st.text(st.sampled_from(KINDS), max_size=40))
def test_the_look_nearby_agrees_with_the_whole_scan(text):
    edges = set(grapheme_boundaries(text))
    for position in range(len(text) + 1):
        assert is_grapheme_boundary(text, position) == (position in edges)


@given(texts)
def test_clusters_cover_the_text_in_order(text):
    edges = grapheme_boundaries(text)
    assert edges == sorted(set(edges))
    assert edges[-1] == len(text)


@pytest.mark.parametrize("position", [-1, 4, 1_000])
def test_outside_the_text_is_no_boundary(position):
    assert not is_grapheme_boundary("one", position)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("👨‍👩‍👧‍👦", {1, 2, 3, 4, 5, 6}),
        ("🇯🇵🇰🇷", {1, 3}),
        ("Zoe\u0308", {3}),
        ("\u1112\u1161\u11ab", {1, 2}),
        ("क्ष", {1, 2}),
        ("अ्क", {1}),
        ("\r\n", {1}),
        ("🗳️", {1}),
        ("a\n", set()),
    ],
)
def test_well_known_clusters(text, inside):
    found = {at for at in range(len(text) + 1) if not is_grapheme_boundary(text, at)}
    assert found == inside


@pytest.mark.parametrize(
    "text",
    [
        "z" + "\u0301" * 20_000 + "z",
        "🇯🇵" * 10_000,
        "👩‍" * 10_000 + "🚒",
        "क्" * 10_000 + "ष",
        "한글" * 10_000,
        "👩" * 20_000,
    ],
)
def test_a_long_run_is_judged_right_and_quickly(text):
    started = time.perf_counter()
    edges = set(grapheme_boundaries(text))
    for position in (1, len(text) // 2, len(text) // 2 + 1, len(text) - 1):
        assert is_grapheme_boundary(text, position) == (position in edges)
    assert time.perf_counter() - started < 1


def test_the_look_nearby_does_not_grow_with_the_text():
    text = "Zoe\u0308 met 🗳️ 東京で、" * 50_000
    started = time.perf_counter()
    for position in range(len(text) - 3_000, len(text)):
        is_grapheme_boundary(text, position)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("blank", [" ", "\n", "\t", "\u00a0", "\u2028", "\u0085", "\u3000", "\x1f"])
def test_white_space_at_an_edge_is_seen(blank):
    text = f"a{blank}b"
    assert touches_white_space(text, 0, 2)
    assert touches_white_space(text, 1, 3)
    assert not touches_white_space(text, 0, 3)


def test_what_cannot_be_seen_is_not_white_space():
    assert not touches_white_space("\u200bone\ufeff", 0, 5)


@given(texts)
def test_words_are_in_order_and_hold_a_letter_or_number(text):
    last = 0
    for start, end in words(text):
        assert last <= start < end <= len(text)
        assert any(character.isalnum() for character in text[start:end]) or not text.isascii()
        last = end


def test_words_know_no_dictionary():
    text = "東京で said"
    assert [text[start:end] for start, end in words(text)] == ["東", "京", "で", "said"]
