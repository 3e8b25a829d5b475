"""Offsets: both ways, every place, and refusals where there is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.text.offsets import UNITS, OffsetError, OffsetMap

from .texts import texts

WIDTHS = {
    "codepoint": len,
    "utf16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf8": lambda text: len(text.encode()),
}


@pytest.mark.parametrize("unit", UNITS)
@given(text=texts, factor=st.sampled_from([1, 40]))
def test_round_trip_of_every_place(unit, text, factor):
    text *= factor
    offsets = OffsetMap(text, unit)
    places = [offsets.from_codepoint(at) for at in range(len(text) + 1)]
    assert [offsets.to_codepoint(place) for place in places] == list(range(len(text) + 1))
    assert offsets.length == places[-1] == WIDTHS[unit](text)
    assert places[:40] == [WIDTHS[unit](text[:at]) for at in range(len(places[:40]))]


@pytest.mark.parametrize("unit", UNITS)
@given(text=texts)
def test_a_place_inside_a_character_is_refused(unit, text):
    offsets = OffsetMap(text, unit)
    inside = set(range(offsets.length)) - {
        offsets.from_codepoint(at) for at in range(len(text) + 1)
    }
    for offset in inside:
        with pytest.raises(OffsetError, match="inside a character") as refused:
            offsets.to_codepoint(offset)
        assert refused.value.offset == offset


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("text", ["one", "🗳️ Ruiz", ""])
def test_a_place_outside_the_text_is_refused(unit, text):
    offsets = OffsetMap(text, unit)
    for outside in (-1, offsets.length + 1):
        with pytest.raises(OffsetError, match="outside the text"):
            offsets.to_codepoint(outside)
    for outside in (-1, len(text) + 1):
        with pytest.raises(OffsetError, match="outside the text"):
            offsets.from_codepoint(outside)


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="grapheme"):
        OffsetMap("one", "grapheme")


@pytest.mark.parametrize("unit", ["utf16", "utf8"])
def test_a_long_text_costs_no_more_per_offset(unit):
    text = "🗳️ “Taxes fell 5%,” Ruiz said. " * 10_000
    started = time.perf_counter()
    offsets = OffsetMap(text, unit)
    for at in range(0, len(text), 30):
        assert offsets.to_codepoint(offsets.from_codepoint(at)) == at
    # 20,000 conversions in 300 kB; a count from the start of the text would take a minute.
    assert time.perf_counter() - started < 2
