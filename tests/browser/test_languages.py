"""Nothing on a screen is left in English, and every language has room at every width."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from labels.text.furniture import find

from .. import server, words, wrapped
from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller
from .test_everybody import PROJECT, ROWS, faults

NewContext = Callable[..., BrowserContext]

SPOKEN = """
() => {
    const data = 'script, style, noscript, textarea, pre, code, kbd, time, del, ins, q,'
        + ' [data-part=text] .run, [data-part=text] p, .reading, .prose, .guide, .surroundings';
    const lines = [];
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT, (node) =>
        node.parentElement.closest(data) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) lines.push(walker.currentNode.data);
    const attributes = ['alt', 'aria-label', 'aria-description', 'placeholder', 'title'];
    const read = [...document.querySelectorAll(attributes.map((each) => `[${each}]`).join())]
        .flatMap((element) => attributes.map((each) => element.getAttribute(each) ?? ''));
    return { lines, read };
}
"""
"""All text but that of the article and of the guideline, and all that is only read out."""
WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
BETWEEN = re.compile(r"[\n,;:·|“”«»()\[\]/–—→↔←↑↓…×+=?!⟦⟧]|\. |\s{2,}")
NO_WORDS = re.compile(r"\d+-a de \w+ \d{4}|\b[0-9a-f]{12,}\b|\b\w+\.txt\b")
"""Dates, hashes, names of files."""
ARTICLE = next(SEEDS.glob("*.txt")).read_text()
TEXT = " ".join(ARTICLE.split()).casefold()
SCHEME = json.loads((SEEDS / "scheme.json").read_text())
NAMES = {
    *(
        "Galley",
        "API",
        "GitHub",
        "SHA-256",
        "JSON",
        "Esperanto",
        "English",
        "Deutsch",
        "Español",
        "max",
        "ana",
        "ben",
        "rita",
    ),
    *(
        "Max",
        "Ana",
        "Ben",
        "Rita",
        "galley",
        "UTC",
        "Esc",
        "Alt",
        "Ctrl",
        "Shift",
        "Japan",
        "South Korea",
    ),
    "One article to try everything with.",
}


def strings(data: Any) -> Iterator[str]:
    """Yield every string in data, names with blanks for underscores, too."""
    if isinstance(data, dict):
        yield from strings([*data.keys(), *data.values()])
    elif isinstance(data, list):
        for each in data:
            yield from strings(each)
    elif isinstance(data, str):
        yield from (data, data.replace("_", " "))


class Hearing:
    """Says what on a page is neither wrapped nor data."""

    def __init__(self, *data: Any) -> None:
        said = {each for one in (SCHEME, *data) for each in strings(one)} | NAMES
        self.pieces = {piece for each in said for piece in pieces(each)}

    def unsaid(self, page: Page) -> list[str]:
        """Return what is left in English."""
        spoken = page.evaluate(SPOKEN)
        said = ["\n".join(spoken["lines"]), *spoken["read"]]
        return sorted({piece for each in said for piece in pieces(each) if not self.is_data(piece)})

    def is_data(self, piece: str) -> bool:
        if piece in self.pieces or (len(piece) > 3 and piece in TEXT):
            return True
        parts = piece.split()
        cuts = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
        return any(self.is_data(one) and self.is_data(other) for one, other in cuts)


def pieces(said: str) -> set[str]:
    """Return what stands between punctuation, with letters in it, and is not wrapped."""
    while (less := WRAPPED.sub("\n", said)) != said:
        said = less
    found = (
        each.strip(" .’'\"0123456789").casefold() for each in BETWEEN.split(NO_WORDS.sub("", said))
    )
    return {" ".join(each.split()) for each in found if re.search(r"[a-zA-Z]{2,}", each)}


class Wrapped(Instance):
    """An instance that knows the wrapped language."""

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables with the settings that have it."""
        return {
            **super().environment,
            "DJANGO_SETTINGS_MODULE": "tests.wrapped",
            "GALLEY_WRAPPED": str(self.folder / "wrapped"),
        }


@pytest.fixture(scope="module")
def galley(seeded: Instance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Serve a fresh copy of the seed with the wrapped language."""
    copy = seeded.copy(tmp_path_factory.mktemp("galley") / "data")
    wrapped.write(copy.folder / "wrapped")
    made = Wrapped(copy.folder, copy.database, copy.port)
    made.manage("prepare")
    with server.serve(made) as running:
        yield running
    server.drop(made)


@pytest.fixture(scope="module")
def hearing(galley: Instance) -> Hearing:
    return Hearing(find(ARTICLE).title, "japan-south-korea", "Reuters")


@pytest.fixture(scope="module")
def ids() -> dict[str, str]:
    """Return what stands for the article and the set in addresses, once somebody has looked."""
    return {}


@pytest.fixture
def ana(galley: Instance, new_context: NewContext, ids: dict[str, str]) -> Labeller:
    """Somebody at the label page with two spans and a link."""
    labeller = Labeller(new_context(locale=wrapped.LANGUAGE), galley.link("ana"))
    page = labeller.page
    page.goto("/")
    page.locator("main a[href$='/label/']").first.click()
    labeller.wait_until_ready()
    if not ids:
        labeller.mark_with_mouse("Yoshihide Suga", "Source")
        labeller.press("1")
        labeller.mark_with_mouse("it is “unacceptable,”", "Claim")
        labeller.press("r", "r")
        labeller.wait_until_saved()
        ids["article"] = re.findall(r"articles/([^/]+)", page.url)[0]
        boot = "JSON.parse(document.getElementById('galley-boot').textContent)"
        ids["set"] = page.evaluate(f"{boot}.set.id")
    return labeller


def test_a_page_of_english_is_heard(
    galley: Instance, new_context: NewContext, hearing: Hearing
) -> None:
    page = new_context().new_page()
    page.goto("/sign-in/")
    assert {"user name", "password", "skip to the content"} <= set(hearing.unsaid(page))


def test_nothing_is_left_in_english_on_any_page(
    galley: Instance,
    new_context: NewContext,
    complaints: Any,
    hearing: Hearing,
    ana: Labeller,
    ids: dict[str, str],
) -> None:
    complaints.expect("403|409")
    readers = {name: new_context(locale=wrapped.LANGUAGE).new_page() for name in ("max", "ana", "")}
    for name, page in readers.items():
        if name:
            page.goto(galley.link(name))
    found = {}
    for name, (reader, address) in ROWS.items():
        page = readers[reader]
        page.goto(address.format_map(ids))
        page.wait_for_load_state("networkidle")
        if unsaid := hearing.unsaid(page):
            found[name] = unsaid
    page = readers["max"]
    for address in ("/nowhere/", f"{PROJECT}?q=nothing+fits", f"{PROJECT}scheme/"):
        complaints.expect("404")
        page.goto(address)
        if unsaid := hearing.unsaid(page):
            found[address] = unsaid
    assert found == {}


def test_nothing_is_left_in_english_whatever_is_open_on_the_label_page(
    ana: Labeller, complaints: Any, hearing: Hearing
) -> None:
    complaints.expect(r"422 \(Unprocessable")
    page, found = ana.page, {}

    def look(state: str) -> None:
        page.wait_for_timeout(200)
        if unsaid := hearing.unsaid(page):
            found[state] = unsaid

    look("nothing is chosen")
    ana.click_span("it is “unacceptable,”")
    expect(ana.card).to_contain_text("Attitude")
    look("a span is chosen")
    for state, keys, back in (
        ("linking", ["r"], ["Escape", "Escape"]),
        ("the guideline", ["g"], ["g"]),
        ("the keys", ["?"], ["Escape"]),
        ("searching", ["/", "s", "a", "i", "d"], ["Escape", "Escape"]),
        ("every mention", ["n", "*"], ["Escape"]),
        ("what is missing", ["Shift+Enter"], ["Escape"]),
        ("undone", ["Control+z"], ["Control+Shift+z"]),
        ("flagged", ["n", "!"], ["!"]),
    ):
        ana.press(*keys)
        look(state)
        ana.press(*back)
    ana.drag_over("the annual ASEAN")
    expect(page.locator(".palette")).to_be_visible()
    look("the palette")
    assert found == {}


def test_nothing_is_left_in_english_in_a_review(
    galley: Instance, new_context: NewContext, hearing: Hearing, ana: Labeller
) -> None:
    found = {}

    def look(labeller: Labeller, state: str) -> None:
        labeller.page.wait_for_timeout(200)
        if unsaid := hearing.unsaid(labeller.page):
            found[state] = unsaid

    ana.click_span("it is “unacceptable,”")
    ana.press("3", "2", "1", "1", "1", "1", "1")
    ana.wait_until_saved()
    ana.press("Shift+Enter")
    expect(ana.page.locator(".banner")).to_contain_text("Submitted.")
    look(ana, "submitted")
    rita = Labeller(new_context(locale=wrapped.LANGUAGE), galley.link("rita"))
    rita.page.locator("main a[href*='/review/']").first.click()
    rita.wait_until_ready()
    look(rita, "to review")
    rita.press("n", "a", "n", "x")
    look(rita, "rejecting")
    rita.press("1")
    rita.press("p", "f")
    look(rita, "correcting")
    rita.press("Escape", "Escape")
    rita.wait_until_saved()
    rita.press("Shift+Enter")
    look(rita, "finishing")
    rita.page.get_by_role("button", name="Return to").click()
    expect(rita.page.locator(".banner")).to_contain_text("Returned to")
    look(rita, "returned")
    ana.page.reload()
    ana.wait_until_ready()
    look(ana, "returned to oneself")
    ana.press("j")
    look(ana, "what the reviewer said")
    assert found == {}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_language_has_room_and_can_be_read_by_everybody(
    galley: Instance,
    new_context: NewContext,
    complaints: Any,
    ana: Labeller,
    ids: dict[str, str],
    language: str,
) -> None:
    complaints.expect("403|409")
    size = {"width": 390, "height": 844}
    readers = {
        name: new_context(locale=language, viewport=size).new_page() for name in ("max", "ana", "")
    }
    for name, page in readers.items():
        if name:
            page.goto(galley.link(name))
    wide, wrong = [], {}
    for name, (reader, address) in ROWS.items():
        page = readers[reader]
        page.goto(address.format_map(ids))
        assert page.locator("html").get_attribute("lang") == language
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
        if name in {"project", "people", "label"} and (each := faults(page)):
            wrong[name] = each
    assert (wide, wrong) == ([], {})
