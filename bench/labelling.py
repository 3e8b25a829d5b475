"""The label page in a browser: bytes, time until it can be used, memory, and from a key to the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench import bare, corpus
from bench.stage import SLUG, Stage
from bench.table import Line
from tests import chromium, server

WATCH = Path(__file__).with_name("watch.js")
KEY = corpus.KEYS[corpus.LABELS.index("EVENT")]
MARKS = 9
SAMPLES = (corpus.SMALL, corpus.LARGE, corpus.CROWDED)


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds until the page can be used, with an empty cache and coming again; bytes of the first load."""

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


Visits = tuple[Visit, Visit]
"""One of the label page, and one of the page that is its floor."""


def measure(stage: Stage, samples: dict[str, dict[str, str]]) -> list[Line]:
    """Open the label page with few spans and with many, in turn with a page that has the text alone."""
    link, runs = stage.instance.link("ana"), range(stage.size.runs)
    texts = {each.name: each.text for each in SAMPLES}
    with (
        server.serve(stage.instance) as running,
        bare.served(texts) as floor,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.path(), args=list(chromium.QUIET)
        )

        def both(sample: corpus.Sample) -> tuple[Visit, Visit]:
            before = f"{running.url}/projects/{SLUG}/"
            address = f"{running.url}/articles/{samples[sample.name]['article']}/label/"
            bare_page = floor + sample.name
            return _visit(browser, link, before, address), _visit(browser, None, floor, bare_page)

        # The first visit of all wakes the server and the browser.
        both(corpus.SMALL)
        few, many, most = ([both(each) for _ in runs] for each in SAMPLES)
        browser.close()
    return [*_lines_of_few(few), *_lines_of_many(many), *_lines_of_most(most)]


def _line(
    work: str, visits: list[Visits], figures: Callable[[Visit], list[float]], most: float | None
) -> Line:
    """Return the medians of a figure in milliseconds, the page's and its floor's."""
    ours, floor = (
        median(figure for visit in side for figure in figures(visit))
        for side in zip(*visits, strict=True)
    )
    return Line(work, "ms", ours, floor, most)


def _cold(visit: Visit) -> list[float]:
    return [visit.cold]


def _warm(visit: Visit) -> list[float]:
    return [visit.warm]


def _keys(visit: Visit) -> list[float]:
    return visit.keys


def _lines_of_few(visits: list[Visits]) -> list[Line]:
    page = "label page, 3 kB and 20 spans"
    return [
        _line(f"{page}: usable, cold", visits, _cold, 250),
        _line(f"{page}: usable, warm", visits, _warm, 100),
        Line(f"{page}: over the wire", "kB", visits[0][0].bytes / 1000, None, 80),
        _line(f"{page}: key to painted", visits, _keys, 16),
    ]


def _lines_of_many(visits: list[Visits]) -> list[Line]:
    page = "label page, 300 kB and 2,000 spans"
    heap = median(ours.heap for ours, _floor in visits)
    return [
        _line(f"{page}: usable, cold", visits, _cold, 600),
        _line(f"{page}: usable, warm", visits, _warm, None),
        Line(f"{page}: over the wire", "kB", visits[0][0].bytes / 1000),
        Line(f"{page}: memory of the script", "MiB", heap, None, 15),
        _line(f"{page}: key to painted", visits, _keys, 30),
    ]


def _lines_of_most(visits: list[Visits]) -> list[Line]:
    page = "label page, 300 kB and 10,000 spans"
    released = [each for ours, _floor in visits for each in ours.released]
    task = median(ours.task for ours, _floor in visits)
    return [
        _line(f"{page}: usable, cold", visits, _cold, 1500),
        _line(f"{page}: key to painted", visits, _keys, 50),
        Line(f"{page}: selection read", "ms", median(released), None, 2),
        Line(f"{page}: longest task of scrolling", "ms", task, None, 50),
    ]


def _visit(browser: Browser, link: str | None, before: str, address: str) -> Visit:
    """Open the page with an empty cache, come to it again from the page `before`, and mark some words.

    People come to an article from another page of ours, in the browser process that they are in. From an
    empty tab the browser would start another for it, since ours say `Cross-Origin-Opener-Policy`.
    """
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
        page.goto(before)
        page.wait_for_load_state("networkidle")
        warm = _opened(page, address)
        heap = _heap(wire)
        task = float(page.evaluate("bench.scrolled()"))
        keys, released = zip(*(_key_to_paint(page) for _ in range(MARKS)), strict=True)
    return Visit(cold, warm, loaded, heap, list(keys), list(released), task)


@contextmanager
def _page(browser: Browser, link: str | None) -> Iterator[Page]:
    """Sign in past the browser's cache; an exception in the page ends the run."""
    faults: list[str] = []
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_init_script(path=WATCH)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        if link:
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
