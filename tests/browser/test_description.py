"""The page of the API's description: Swagger UI from our own server, under the content security policy."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from ..server import Instance


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_and_tried_without_a_call_to_anybody_else(
    galley: Instance, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    asked: list[str] = []
    context = new_context(color_scheme=scheme)
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(galley.link("max"))
    page.goto("/api/v1/docs/")
    expect(page.get_by_text("Change one's own set by a batch of operations")).to_be_visible()
    dark = page.evaluate("document.documentElement.classList.contains('dark-mode')")
    assert dark is (scheme == "dark")
    me = page.locator("#operations-token-get_me")
    me.locator(".opblock-summary-control").click()
    me.get_by_role("button", name="Try it out").click()
    me.get_by_role("button", name="Execute").click()
    expect(me.locator(".live-responses-table")).to_contain_text('"username": "max"')
    assert {urlsplit(each).netloc for each in asked} <= {urlsplit(galley.url).netloc, ""}
