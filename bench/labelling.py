"""The label page in a browser: bytes, time until it can be used, memory, and from a key to the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench import corpus
from bench.stage import Stage
from bench.table import Line
from tests import chromium, server

WATCH = Path(__file__).with_name("watch.js")
KEY = corpus.KEYS[corpus.LABELS.index("EVENT")]
MARKS = 9
BLANK = "about:blank"


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds until the page can be used, with an empty cache and again; bytes of the first load."""

    cold: float
    warm: float
    bytes: int
    heap: float
    """MiB of the page's script after a collection."""
    keys: list[float]
    """Milliseconds from a key to the frame that shows its mark."""
    released: list[float]
    """Milliseconds that the page works when the mouse lets go of a selection."""
    task: float
    """Milliseconds of the longest task while it is scrolled through; none under 50 is told."""


def measure(stage: Stage, samples: dict[str, dict[str, str]]) -> list[Line]:
    """Open the label page with few spans and with many."""
    link = stage.instance.link("ana")
    with server.serve(stage.instance) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path(), args=list(chromium.QUIET)
        )
        address = f"{running.url}/articles/{{}}/label/"
        small = address.format(samples[corpus.SMALL.name]["article"])
        large = address.format(samples[corpus.LARGE.name]["article"])
        crowded = address.format(samples[corpus.CROWDED.name]["article"])
        # The first visit of all wakes the server and the browser.
        _visit(browser, link, small)
        few = [_visit(browser, link, small) for _ in range(stage.size.runs)]
        many = [_visit(browser, link, large) for _ in range(stage.size.runs)]
        most = [_visit(browser, link, crowded) for _ in range(stage.size.runs)]
        browser.close()
    return [*_lines_of_few(few), *_lines_of_many(many), *_lines_of_most(most)]


def _lines_of_few(visits: list[Visit]) -> list[Line]:
    page = "label page, 3 kB and 20 spans"
    keys = [each for visit in visits for each in visit.keys]
    return [
        Line(f"{page}: usable, cold", "ms", median(each.cold for each in visits), None, 250),
        Line(f"{page}: usable, warm", "ms", median(each.warm for each in visits), None, 100),
        Line(f"{page}: over the wire", "kB", visits[0].bytes / 1000, None, 80),
        Line(f"{page}: key to painted", "ms", median(keys), None, 16),
    ]


def _lines_of_many(visits: list[Visit]) -> list[Line]:
    page = "label page, 300 kB and 2,000 spans"
    keys = [each for visit in visits for each in visit.keys]
    return [
        Line(f"{page}: usable, cold", "ms", median(each.cold for each in visits), None, 600),
        Line(f"{page}: usable, warm", "ms", median(each.warm for each in visits)),
        Line(f"{page}: over the wire", "kB", visits[0].bytes / 1000),
        Line(
            f"{page}: memory of the script", "MiB", median(each.heap for each in visits), None, 15
        ),
        Line(f"{page}: key to painted", "ms", median(keys), None, 30),
    ]


def _lines_of_most(visits: list[Visit]) -> list[Line]:
    page = "label page, 300 kB and 10,000 spans"
    keys = [each for visit in visits for each in visit.keys]
    released = [each for visit in visits for each in visit.released]
    task = median(each.task for each in visits)
    return [
        Line(f"{page}: usable, cold", "ms", median(each.cold for each in visits), None, 1500),
        Line(f"{page}: key to painted", "ms", median(keys), None, 50),
        Line(f"{page}: selection read", "ms", median(released), None, 2),
        Line(f"{page}: longest task of scrolling", "ms", task, None, 50),
    ]


def _visit(browser: Browser, link: str, address: str) -> Visit:
    """Open the page with an empty cache, open it again, and mark some words."""
    with _page(browser, link) as page:
        wire = page.context.new_cdp_session(page)
        received: list[int] = []
        wire.on(
            "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
        )
        wire.send("Network.enable")
        cold = _opened(page, address)
        page.wait_for_load_state("networkidle")
        loaded = sum(received)
        page.goto(BLANK)
        warm = _opened(page, address)
        heap = _heap(wire)
        task = float(page.evaluate("bench.scrolled()"))
        keys, released = zip(*(_key_to_paint(page) for _ in range(MARKS)), strict=True)
    return Visit(cold, warm, loaded, heap, list(keys), list(released), task)


@contextmanager
def _page(browser: Browser, link: str) -> Iterator[Page]:
    """Sign in past the browser's cache; an exception in the page ends the run."""
    faults: list[str] = []
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_init_script(path=WATCH)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.request.get(link)
        yield context.new_page()
    if faults:
        raise RuntimeError(f"The label page had a fault: {faults}")


def _opened(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    return float(page.evaluate("bench.usable"))


def _heap(wire: Any) -> float:
    wire.send("HeapProfiler.collectGarbage")
    return float(wire.send("Runtime.getHeapUsage")["usedSize"]) / 1024 / 1024


def _key_to_paint(page: Page) -> tuple[float, float]:
    """Select a free word with the mouse and press the key of a label; return both figures."""
    page.mouse.click(*page.evaluate("bench.freeWord()"))
    released = page.evaluate_handle("({ after: bench.released() })")
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.evaluate("bench.painted()")
    shown = page.evaluate_handle("({ after: bench.keyToPaint() })")
    page.keyboard.press(KEY)
    after = "({ after }) => after"
    return float(shown.evaluate(after)), float(released.evaluate(after))
