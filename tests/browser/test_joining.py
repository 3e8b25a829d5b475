"""A page whose modules come in one file does what it does when each comes by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route, expect

from annotator.joining import EXPORT

from ..server import Instance
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]

JOINED = re.compile(r"/joined\.[0-9a-f]{12}\.js$")
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.js$)")
MAPPED = re.compile(r'<script type="importmap".*?</script>|<link rel="modulepreload"[^>]*>')
MODULES_OF_A_PAGE = 60
STATIC = Path(__file__).parents[2] / "labels/static/labels"


class Visit:
    """Somebody at a page, and which modules it fetched."""

    def __init__(self, context: BrowserContext, link: str, *, apart: bool) -> None:
        self.labeller = Labeller(context, link)
        self.page: Page = self.labeller.page
        self.modules: list[str] = []
        self.page.on("response", lambda answer: self._note(answer.url))
        if apart:
            self.page.route(re.compile(r"/(label|review)/$"), _without_map)
            self.page.route(re.compile(r"/static/labels/.*\.js$"), _as_written)

    def _note(self, url: str) -> None:
        if url.endswith(".js"):
            self.modules.append(url)

    def open(self, address: str, *keys: str) -> None:
        """Go to a page and press keys when it is ready: a dialog is open then."""
        self.page.goto(address)
        self.labeller.wait_until_ready()
        self.labeller.press(*keys)
        expect(self.page.locator(".spans [role=option]")).to_have_count(1)

    def shown(self) -> list[str]:
        """Return what is on the page."""
        return [self.page.locator(each).inner_html() for each in ("main", "dialog[open]")]


def _as_written(route: Route) -> None:
    """Answer with the module of that name, hash or none, as it stands in the repository."""
    name = HASH.sub("", urlsplit(route.request.url).path.removeprefix("/static/labels/"))
    route.fulfill(path=STATIC / name, content_type="text/javascript")


def _without_map(route: Route) -> None:
    """Take the import map out: each module is then fetched under its own name."""
    answer = route.fetch()
    route.fulfill(response=answer, body=MAPPED.sub("", answer.text()))


def test_modules_in_one_file_do_what_they_do_apart(
    galley: Instance, new_context: NewContext
) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    ana.open_work("Label")
    address = ana.page.url
    ana.mark_with_mouse("Thailand", "Entity")
    ana.choose("country, city, state")
    ana.wait_until_saved()
    _is_the_same(galley, new_context, "ana", address, "n", "Escape", "n", "?")
    ana.press("Shift+Enter")
    expect(ana.page.locator(".banner")).to_contain_text("Submitted.")
    rita = Labeller(new_context(), galley.link("rita"))
    rita.open_work("Review")
    _is_the_same(galley, new_context, "rita", rita.page.url, "n", "Escape", "n", "?")


def _is_the_same(
    galley: Instance, new_context: NewContext, person: str, address: str, *keys: str
) -> None:
    together = Visit(new_context(), galley.link(person), apart=False)
    apart = Visit(new_context(), galley.link(person), apart=True)
    for visit in (together, apart):
        visit.open(address, *keys)
    # What comes when the browser is idle comes in its own time.
    for _ in range(50):
        if together.shown() == apart.shown():
            break
        apart.page.wait_for_timeout(100)
    assert together.shown() == apart.shown()
    assert [url for url in together.modules if JOINED.search(url)]
    assert not [url for url in apart.modules if JOINED.search(url)]
    assert len(apart.modules) > MODULES_OF_A_PAGE > 9 * len(together.modules)


def test_no_name_that_modules_export_is_a_browsers_own(page: Page) -> None:
    """Joined with one that exports `status`, a module that means the window's would get the other."""
    names = {name for file in STATIC.rglob("*.js") for name in EXPORT.findall(file.read_text())}
    assert "build" in names
    assert page.evaluate("names => names.filter((each) => each in window)", sorted(names)) == []
