"""The server as it is run: hashed scripts by an import map, under the content security policy."""

from __future__ import annotations

import re
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, Route, expect

from .. import server
from .conftest import Complaints

PAGE_BYTES = 80_000
CODE_BYTES = 60_000
"""All script and style, with what comes when there is time and with the first key."""
PICTURE = """new Promise((resolve) => new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntriesByName("first-contentful-paint")) resolve(startTime);
}).observe({ type: "paint", buffered: true }))"""
"""When the page was first seen."""


@pytest.mark.parametrize("person", ["ana", "rita", "max"])
def test_the_printed_link_lets_in(galley: server.Instance, page: Page, person: str) -> None:
    page.goto(galley.link(person))
    expect(page).to_have_url(f"{galley.url}/")
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text(person)


def test_scripts_come_under_hashed_names(galley: server.Instance, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/sign-in/")
    page.wait_for_load_state("networkidle")
    modules = [url for url in asked if url.endswith(".js")]
    assert len(modules) > 1, "the page has a module that imports others"
    assert [url for url in modules if not re.search(r"\.[0-9a-f]{12}\.js$", url)] == []
    assert [url for url in asked if not url.startswith((galley.url, "data:"))] == []


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_hashed_files_are_kept_for_ever_and_compressed(
    galley: server.Instance, encoding: str
) -> None:
    with urlopen(f"{galley.url}/sign-in/") as page:
        addresses = set(
            re.findall(r"/static/labels/[\w/]+\.[0-9a-f]{12}\.\w+", page.read().decode())
        )
    assert {address.rpartition(".")[2] for address in addresses} == {"css", "js", "svg"}
    assert [address for address in addresses if "/joined." in address]
    for address in addresses:
        request = Request(galley.url + address, headers={"Accept-Encoding": encoding})
        with urlopen(request) as answer:
            assert "immutable" in answer.headers["Cache-Control"], address
            assert answer.headers["Content-Encoding"] == encoding, address


def test_a_second_preparation_changes_nothing(galley: server.Instance) -> None:
    manifest = galley.folder / "static" / "staticfiles.json"
    before = manifest.stat().st_mtime_ns
    assert "/sign-in/" in galley.manage("prepare")
    assert manifest.stat().st_mtime_ns == before


def test_what_the_browser_finds_fault_with_is_heard(page: Page, complaints: Complaints) -> None:
    page.goto("/sign-in/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    page.wait_for_timeout(50)
    assert len(complaints.unexpected()) == 2
    complaints.expect("Content Security Policy")
    complaints.expect("on purpose")


def test_the_first_picture_has_the_marks(galley: server.Instance, page: Page) -> None:
    """However late the script comes: on a phone, text that is there before it jumps."""
    page.goto(galley.link("ana"))
    page.get_by_role("link", name=re.compile("Label|Continue")).first.click()
    expect(page.locator("annotation-canvas")).to_be_visible()
    address = page.url

    def late(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.context.add_init_script(
        "customElements.whenDefined('annotation-canvas').then(() => { window.defined = performance.now(); });"
    )
    # To route it is to fetch it anew.
    page.route("**/canvas/joined.*.js", late)
    page.goto(address)
    painted, defined = page.evaluate(PICTURE), page.evaluate("window.defined")
    assert defined > 400
    assert painted >= defined


def test_the_label_page_stays_light(galley: server.Instance, page: Page) -> None:
    """Bytes from the first request until nothing more comes, with headers, under the limits of the design."""
    page.goto(galley.link("ana"))
    page.get_by_role("link", name=re.compile("Label|Continue")).first.click()
    expect(page.locator("annotation-canvas")).to_be_visible()
    address = page.url
    wire = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    received: dict[str, int] = {}
    wire.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda event: received.update({event["requestId"]: event["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address)
    expect(page.locator(".outline [role=listbox]")).to_be_attached()
    page.keyboard.press("ArrowRight")
    page.wait_for_load_state("networkidle")
    sizes = {addresses[each]: size for each, size in received.items()}
    assert address in sizes
    assert sum(sizes.values()) < PAGE_BYTES, sizes
    code = {url: size for url, size in sizes.items() if url.endswith((".js", ".css"))}
    assert {url.rpartition(".")[2] for url in code} == {"css", "js"}
    assert sum(code.values()) < CODE_BYTES, code
