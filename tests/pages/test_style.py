"""The colours can be read: contrasts of the tokens in light and in dark, by WCAG's own formula."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "labels/static/labels/style/tokens.css"
COLOUR = re.compile(r"--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);")
MODES = ("light", "dark")
GROUNDS = ("paper", "panel", "raised")
TEXT = 4.5
STRONG = 7.0
EDGE = 3.0


def palette(mode: str) -> dict[str, str]:
    place = MODES.index(mode)
    return {name: both[place] for name, *both in COLOUR.findall(TOKENS.read_text("utf-8"))}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def required() -> list[tuple[str, str, float]]:
    """Every pair that stands on each other somewhere, with the contrast it owes."""
    pairs = [("ink", ground, STRONG) for ground in GROUNDS]
    pairs += [(text, ground, TEXT) for text in ("soft", "ok", "bad", "warn") for ground in GROUNDS]
    pairs += [("edge", ground, EDGE) for ground in GROUNDS]
    pairs += [("focus", ground, EDGE) for ground in GROUNDS]
    for notice in ("ok", "bad", "warn"):
        pairs += [(notice, f"{notice}-ground", TEXT), ("ink", f"{notice}-ground", STRONG)]
    for slot in range(1, 9):
        name = f"label-{slot}"
        pairs += [(name, f"{name}-ground", TEXT), ("ink", f"{name}-ground", STRONG)]
        pairs += [(name, ground, TEXT) for ground in GROUNDS]
    return pairs


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_has_the_contrast_it_owes(mode: str) -> None:
    colours = palette(mode)
    poor = {
        f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2)
        for text, ground, least in required()
        if contrast(colours[text], colours[ground]) < least
    }
    assert poor == {}


def test_the_formula_is_wcags() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


def test_forced_colours_name_every_colour() -> None:
    text = TOKENS.read_text("utf-8")
    forced = text.split("@media (forced-colors: active)")[1]
    coloured = set(re.findall(r"--([a-z0-9-]+): light-dark\(", text))
    assert set(re.findall(r"--([a-z0-9-]+): (?:Canvas|CanvasText|Highlight);", forced)) == coloured
