"""A figure that is being counted: the page shows it once it is there, and gives it up for good."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from ..server import Instance

PROJECT = "/projects/japan-south-korea/"
LABEL = """
from labels.models import Project
from tests.management import beside
beside.SPANS = 150  # so many that there is time to give it up
beside.label(Project.objects.get())
"""


def test_gamma_is_given_up_and_shown_once_it_is_counted(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    galley.manage("shell", "--no-imports", "-c", LABEL)
    page = new_context().new_page()
    page.goto(galley.link("max"))
    page.goto(f"{PROJECT}agreement/?measure=gamma")
    notice = page.locator(".notice")
    expect(notice).to_contain_text("This is being counted")
    # The page looks every second whether it is there; what it looks at must not begin it anew.
    with page.expect_response(lambda answer: "look=1" in answer.url):
        pass
    page.get_by_role("button", name="Cancel").click()
    expect(notice).to_have_text("It is not being counted any more.")
    assert list((galley.folder / "agreement" / "waiting").iterdir()) == []
    page.goto(f"{PROJECT}agreement/?measure=gamma")
    expect(page.get_by_text("All together: 1.00")).to_be_visible(timeout=60_000)
    expect(page.locator(".notice")).to_have_count(0)
