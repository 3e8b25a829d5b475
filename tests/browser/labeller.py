"""A person at the label or review page: the mouse and the keys, and what the page shows."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

WORD = re.compile(r"\w+")

PLACE = """
async ([quote, nth]) => {
    // Where a quote begins and ends on the screen; chips and hints are no text.
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const look = async () => {
        const blocks = [...document.querySelectorAll('[data-part=text] p')];
        let seen = 0;
        for (const block of blocks) {
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
                node.parentElement.closest('.chip') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
            const nodes = [];
            let text = '';
            while (walker.nextNode()) {
                nodes.push([walker.currentNode, text.length]);
                text += walker.currentNode.data;
            }
            let at = -1;
            while ((at = text.indexOf(quote, at + 1)) !== -1) {
                if (seen++ !== nth) continue;
                const point = (offset, isEnd) => {
                    const [node, base] = nodes.findLast(([, start]) => (isEnd ? start < offset : start <= offset));
                    const range = document.createRange();
                    range.setStart(node, isEnd ? offset - base - 1 : offset - base);
                    range.setEnd(node, isEnd ? offset - base : offset - base + 1);
                    const rects = range.getClientRects();
                    const box = isEnd ? rects[rects.length - 1] : rects[0];
                    return { x: isEnd ? box.right - 1 : box.left + 1, y: box.top + box.height / 2 };
                };
                // Paragraphs that come into view take their true height, and move the others.
                for (let before = -1; before !== point(at, false).y; ) {
                    before = point(at, false).y;
                    block.scrollIntoView({ block: 'center' });
                    await drawn();
                }
                return { start: point(at, false), end: point(at + quote.length, true) };
            }
        }
        return null;
    };
    // A paragraph that is painted anew meanwhile has other nodes: look again.
    for (let left = 5; left; left--) {
        try {
            return await look();
        } catch {
            await drawn();
        }
    }
    return look();
}
"""


class Labeller:
    """Somebody with a browser of their own."""

    def __init__(self, context: BrowserContext, link: str) -> None:
        self.page: Page = context.new_page()
        self.page.goto(link)

    # Where to go

    def open_work(self, verb: str) -> None:
        """Follow the first piece of work on one's desk, by its verb."""
        self.page.goto("/")
        self.page.get_by_role("link", name=re.compile(f"^{verb}")).first.click()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the page takes keys."""
        expect(self.page.locator("[data-part=saved]")).not_to_be_empty()

    # The mouse

    def place(self, quote: str, nth: int = 0) -> dict[str, Any]:
        """Return where a quote begins and ends on the screen."""
        found = self.page.evaluate(PLACE, [quote, nth])
        assert found, f"“{quote}” is not in the text"
        place: dict[str, Any] = found
        return place

    def drag_over(self, quote: str, nth: int = 0, *, exact: bool = False) -> None:
        """Select a quote with the mouse."""
        place, mouse = self.place(quote, nth), self.page.mouse
        if exact:
            self.page.keyboard.down("Alt")
        mouse.move(place["start"]["x"], place["start"]["y"])
        mouse.down()
        mouse.move(place["end"]["x"], place["end"]["y"], steps=4)
        mouse.up()
        if exact:
            self.page.keyboard.up("Alt")

    def mark_with_mouse(self, quote: str, label: str, nth: int = 0) -> None:
        """Select a quote and click a label in the palette."""
        self.drag_over(quote, nth)
        self.palette(label)

    def palette(self, name: str) -> None:
        """Click an entry of the palette at the selection."""
        self.page.locator(".palette").get_by_role("button", name=re.compile(f"^{name}")).click()

    def click_span(self, quote: str, nth: int = 0) -> None:
        """Click the middle of a marked word."""
        place = self.place(quote, nth)
        self.page.mouse.click(place["start"]["x"] + 3, place["start"]["y"])

    def choose(self, *values: str) -> None:
        """Click values on the card."""
        for value in values:
            self.card.get_by_role("button", name=value, exact=False).first.click()

    def drag_link_to(self, quote: str) -> None:
        """Drag from the card's link button to a span in the text."""
        place, mouse = self.place(quote), self.page.mouse
        self.card.locator(".handle").hover()
        mouse.down()
        mouse.move(place["start"]["x"] + 4, place["start"]["y"], steps=6)
        mouse.up()

    # The keys

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)

    def walk_over(self, text: str, quote: str, nth: int = 0) -> None:
        """Select a quote of a text by keys alone: by paragraphs, then by words, then over its words."""
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        paragraphs = [each for each in text[:start].split("\n") if each]
        inside = text[:start].rpartition("\n")[2]
        above = len(paragraphs) - (1 if inside else 0)
        self.press("Escape", "Escape", *["Control+ArrowUp"] * 30, *["Control+ArrowDown"] * above)
        self.press(*["ArrowRight"] * len(WORD.findall(inside)))
        self.press(*["Shift+ArrowRight"] * (len(WORD.findall(quote)) - 1))

    def mark_with_keys(self, text: str, quote: str, key: str, nth: int = 0) -> None:
        """Select a quote by keys and press a label's key."""
        self.walk_over(text, quote, nth)
        self.press(key)

    # What is there

    @property
    def card(self) -> Any:
        """The card of the chosen span."""
        return self.page.locator("[data-part=card]")

    def wait_until_saved(self) -> None:
        """Wait until the page says that all is saved."""
        expect(self.page.locator("[data-part=saved]")).to_contain_text("All changes saved")
