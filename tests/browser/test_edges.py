"""Whatever is selected in whatever text, the browser gives edges that the server takes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from playwright.sync_api import BrowserContext

from labels.text.boundaries import grapheme_boundaries, touches_white_space
from labels.text.canonical import TextError, canonical

from ..server import Instance
from .labeller import Labeller

SEED = 20191028
PIECES = [
    *("Taxes", "5%", "U.S.", "3.14", "l’Italie", "Japan’s", "“", "”", ",", ".", "–", "(", "'"),
    *(" ", "\t", "\x1c", "\x85", "\u3000", "\u2028", "\xad", "\u200b", "\u200e", "\u2060"),
    *("\u0600", "\u06dd", "السلام", "\u0651", 'צה"ל', "東京", "𠮷野家", "한국어", "각", "\u1100"),
    *("ไทย", "क्षत्रिय", "क", "\u094d", "\u0d4e", "e\u0301", "\u0301", "\u200c", "\u200d"),
    *("🇰🇷", "🇺", "👩🏽\u200d🚒", "\U0001f3fb", "#", "1", "\ufe0f\u20e3", "\U000e0020"),
]
SELECTED = """async (texts) => {
    const { words } = await import('/static/labels/canvas/segmenter.js');
    const { snap } = await import('/static/labels/canvas/boundaries.js');
    const points = (text, { start, end }) => [start, end].map((each) => [...text.slice(0, each)].length);
    return texts.map((text) => {
        const found = words(text);
        const edges = [...Array(text.length + 1).keys()];
        const reaches = edges.flatMap((start) => edges.map((end) => ({ start, end })));
        const snapped = reaches.flatMap(({ start, end }) =>
            [false, true].map((exact) => snap(text, start, end, { exact })));
        return [...found, ...snapped.filter(Boolean)].map((each) => points(text, each));
    });
}"""


def paragraphs(dice: random.Random) -> Iterator[str]:
    """Yield paragraphs of odd pieces, without end."""
    while True:
        try:
            text = canonical("".join(dice.choices(PIECES, k=dice.randint(2, 6)))).text
        except TextError:
            continue
        yield from filter(str.strip, text.split("\n"))


def test_no_selection_has_an_edge_that_the_server_refuses(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    texts = [text for text, _ in zip(paragraphs(random.Random(SEED)), range(200), strict=False)]  # noqa: S311 - the same texts each time
    refused = []
    for text, reaches in zip(texts, ana.page.evaluate(SELECTED, texts), strict=True):
        edges = set(grapheme_boundaries(text))
        refused += [
            (ascii(text), start, end)
            for start, end in reaches
            if not {start, end} <= edges or start >= end or touches_white_space(text, start, end)
        ]
    assert refused == []
