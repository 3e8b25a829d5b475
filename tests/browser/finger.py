"""A finger on a telephone's screen: real touch events, of which the browser makes taps and scrolls."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from .labeller import Labeller

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG = 700
"""Milliseconds that every system takes for a long press."""


class Finger(Labeller):
    """Somebody with nothing but a finger."""

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        if not hasattr(self, "_cdp"):
            self._cdp = self.page.context.new_cdp_session(self.page)
        places = [{"x": x, "y": y} for x, y in points]
        self._cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def down(self, x: float, y: float) -> None:
        """Put the finger down."""
        self._touch("touchStart", (x, y))

    def draw(self, start: tuple[float, float], end: tuple[float, float], steps: int = 8) -> None:
        """Move the finger that is down."""
        for step in range(1, steps + 1):
            part = step / steps
            self._touch(
                "touchMove",
                (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part),
            )
            self.page.wait_for_timeout(16)
        # A finger that is lifted at speed flings, and the browser takes the tap that follows for its end.
        self.page.wait_for_timeout(150)
        self._touch("touchMove", end)

    def up(self) -> None:
        """Lift it."""
        self._touch("touchEnd")

    def cancel(self) -> None:
        """Let the system take the finger away."""
        self._touch("touchCancel")

    def pinch(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        """Put two fingers down and let them rest."""
        self.down(*one)
        self._touch("touchStart", one, other)
        self.page.wait_for_timeout(LONG)
        self.up()

    def seen(self, where: Callable[[str], tuple[float, float]], quote: str) -> tuple[float, float]:
        """Return a place, scrolled to where the card does not lie over it."""
        where(quote)
        self.page.evaluate("scrollBy({ top: 250, behavior: 'instant' })")
        self.page.evaluate("() => new Promise(requestAnimationFrame)")
        x, y = where(quote)
        self.page.evaluate("scrollBy({ top: 250, behavior: 'instant' })")
        return x, y - 250

    def middle_of(self, quote: str, nth: int = 0) -> tuple[float, float]:
        """Return where the first letters of a quote are."""
        place = self.place(quote, nth)["start"]
        return place["x"] + 5, place["y"]

    def end_of(self, quote: str, nth: int = 0) -> tuple[float, float]:
        """Return where the last letters of a quote are."""
        place = self.place(quote, nth)["end"]
        return place["x"] - 4, place["y"]

    def hold(self, quote: str, nth: int = 0) -> None:
        """Press a word for long."""
        self.down(*self.middle_of(quote, nth))
        self.page.wait_for_timeout(LONG)
        self.up()

    def tap(self, quote: str, nth: int = 0) -> None:
        """Tap a word."""
        self.page.touchscreen.tap(*self.middle_of(quote, nth))

    def pull(self, edge: str, to: tuple[float, float]) -> None:
        """Pull a knob until its edge is at a place."""
        box = self.knob(edge).bounding_box()
        assert box
        # The tip of the drop is the edge; the finger holds it lower, at its middle.
        tip = self.knob(edge).evaluate(
            "(knob) => knob.getBoundingClientRect().x + parseFloat(knob.style.getPropertyValue('--tip'))"
        )
        grip = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.down(*grip)
        line = box["y"] - 8
        self.draw(grip, (to[0] + grip[0] - tip, to[1] + grip[1] - line))
        self.up()

    def knob(self, edge: str) -> Locator:
        """Return the knob at an edge."""
        return self.page.locator(f".knob[data-edge={edge}]")

    @property
    def selected(self) -> str:
        """What is selected with the finger."""
        words: str = self.page.evaluate(
            "[...(CSS.highlights.get('galley-selection') ?? [])].map(String).join(' … ')"
        )
        return words


SMALL = """
(least) => {
    const targets = 'button, a, summary, input, textarea, select, [role=option]';
    return [...document.querySelectorAll(targets)]
        .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.visually-hidden'))
        .map((each) => each.closest('label') ?? each)
        .map((each) => [each, each.getBoundingClientRect()])
        .filter(([, { width, height, bottom }]) => width && height && bottom > 0)
        .filter(([, { width, height }]) => Math.min(width, height) < least - 0.01)
        .map(([each, { width, height }]) =>
            `${each.className || each.tagName} “${each.ariaLabel ?? each.textContent}” ${width} × ${height}`);
}
"""


def small(page: Page, least: int) -> list[str]:
    """Return the targets that are smaller than so many pixels."""
    found: list[str] = page.evaluate(SMALL, least)
    return found
