"""The same words in one's other articles: proposed there, and marked only when one says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]

OTHER = "Kono spoke. Seoul heard Kono, and Konoe heard him.\nLater Kono left."
HIGHLIGHTED = "[...(CSS.highlights.get('galley-suggested') ?? [])].map(String)"
SET = """async () => {
    const { urls } = JSON.parse(document.getElementById('galley-boot').textContent);
    return (await (await fetch(urls.set)).json()).spans;
}"""


def notice(labeller: Labeller) -> Any:
    return labeller.page.locator(".suggestions")


def test_words_are_proposed_in_another_article_and_marked_one_by_one(
    galley: Instance, new_context: NewContext
) -> None:
    (other,) = crowd.more_articles(galley, "ana", [OTHER])
    context = new_context()
    ana = Labeller(context, galley.link("ana"))
    page = ana.page
    page.get_by_role("link", name="Label").filter(has_not_text="Kono spoke").first.click()
    ana.wait_until_ready()
    expect(page.locator("[data-part=text]")).to_contain_text("Kyodo")
    expect(page.locator(".told")).to_be_visible()
    ana.mark_with_keys(crowd.TEXT, "Kono", "e")
    ana.press("1", "@")
    expect(page.locator(".toast")).to_contain_text("“Kono” will be proposed as entity")
    # Not where it comes from.
    expect(notice(ana)).to_be_hidden()
    ana.wait_until_saved()
    page.goto(f"/articles/{other}/label/")
    ana.wait_until_ready()
    expect(notice(ana)).to_contain_text("3 suggestions from your other articles.")
    assert page.evaluate(HIGHLIGHTED) == ["Kono", "Kono", "Kono"]
    expect(page.locator(".run")).to_have_count(0)
    # The first is marked, the second refused for good.
    ana.press('"')
    bar = page.locator(".seeking")
    expect(bar).to_contain_text("3 suggestions")
    ana.press("Enter")
    expect(bar).to_contain_text("2 suggestions")
    ana.press("Space", "Escape")
    expect(page.locator(".toast")).to_contain_text("Marked 1 from your other articles.")
    ana.wait_until_saved()
    (span,) = page.evaluate(SET)
    assert (span["origin"], span["label"]) == ("suggestion", "ENTITY")
    assert span["fragments"][0]["start"] == 0
    assert span["attributes"]["entity_type"] == "PERSON"
    page.reload()
    ana.wait_until_ready()
    expect(notice(ana)).to_contain_text("1 suggestion from your other articles.")
    assert page.evaluate(HIGHLIGHTED) == ["Kono"]
    # It is nobody else's; and once it is no longer wanted, it is gone.
    notice(ana).get_by_role("button").click()
    ana.press("x")
    expect(bar).to_be_hidden()
    expect(notice(ana)).to_be_hidden()
    assert len(page.evaluate(SET)) == 1
