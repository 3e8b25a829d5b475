"""A long article with many spans: what is painted and listed later is there when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from .labeller import Labeller

WORDS = " was said again and again by people who had been there before anybody else came" * 4
PARAGRAPHS = [f"Witness{number:03}{WORDS}." for number in range(160)]
TEXT = "\n".join(PARAGRAPHS)


def _marked(galley: Instance) -> str:
    """Import the article, mark the first word of each paragraph, and return the page's address."""
    token = galley.manage("create_token", "max", "--scopes", "read,annotate,import,manage").strip()
    article = galley.call(
        token, "POST", "projects/japan-south-korea/articles/", {"title": "Long", "text": TEXT}
    )
    own = galley.call(token, "POST", f"articles/{article['id']}/annotation-sets/", {})
    operations = []
    for paragraph in PARAGRAPHS:
        start = TEXT.index(paragraph)
        quote = paragraph[:10]
        fragment = {"start": start, "end": start + len(quote), "quote": quote}
        made = {"op": "add_span", "id": str(uuid4()), "label": "ENTITY", "attributes": {}}
        operations.append(made | {"fragments": [fragment]})
    headers = {"If_Match": f'"{own["version"]}"', "Idempotency_Key": str(uuid4())}
    galley.call(
        token,
        "POST",
        f"annotation-sets/{own['id']}/operations/",
        {"operations": operations},
        **headers,
    )
    return f"/articles/{article['id']}/label/"


def test_what_is_far_down_can_be_reached_at_once(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    address = _marked(galley)
    reader = Labeller(new_context(), galley.link("max"))
    reader.page.goto(address)
    reader.wait_until_ready()
    last = reader.page.locator(".run").filter(has_text="Witness159")
    reader.press("p")
    expect(last).to_have_class("run chosen")
    expect(last).to_be_in_viewport()
    expect(reader.page.locator(".run")).to_have_count(len(PARAGRAPHS))
    line = reader.page.locator(".spans [role=option]").last
    expect(line).to_have_text("Witness159")
    expect(line).to_have_attribute("aria-selected", "true")
    reader.press("Delete")
    expect(line).to_have_text("Witness158")
