"""The plain pages in a browser: what script adds, that nothing needs it, and that everybody can read them."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from .. import server
from .conftest import Complaints

PROJECT = "/projects/japan-south-korea/"
PAGES = (
    "/",
    "/me/",
    "/me/tokens/",
    "/projects/new/",
    PROJECT,
    f"{PROJECT}?q=xylophone",
    f"{PROJECT}import/",
    f"{PROJECT}people/?link=ana",
    f"{PROJECT}scheme/",
    f"{PROJECT}scheme/?edit=1",
    f"{PROJECT}agreement/",
    f"{PROJECT}export/",
    f"{PROJECT}export/?with_text=false&format=parquet",
)

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def manager(galley: server.Instance, page: Page) -> Page:
    page.goto(galley.link("max"))
    return page


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_every_page_can_be_read_by_everybody(
    galley: server.Instance, new_context: NewContext, scheme: str, width: int
) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 844}).new_page()
    page.goto(galley.link("max"))
    found: dict[str, object] = {}
    for address in PAGES:
        page.goto(address)
        faults = [each["id"] for each in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if faults or wide > width:
            found[address] = (faults, wide)
    assert found == {}


def test_everything_works_without_script(
    galley: server.Instance, new_context: NewContext, tmp_path: Path
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(galley.link("max"))
    file = tmp_path / "new.txt"
    file.write_text("A new report from Lima. Nothing was decided.")
    page.goto(f"{PROJECT}import/")
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Look before importing").click()
    page.get_by_role("button", name="Import 1 article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    page.goto(PROJECT)
    page.get_by_label("Words in title or publisher").fill("lima")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Choose A new report from Lima.").check()
    page.get_by_label("Assign what is ticked to").select_option("ana")
    page.get_by_role("button", name="Assign").click()
    expect(page.locator(".notice")).to_have_text("ana has 1 more article to label.")
    page.locator("header summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_what_is_to_be_copied_has_a_button(manager: Page) -> None:
    manager.context.grant_permissions(["clipboard-read", "clipboard-write"])
    manager.goto(f"{PROJECT}people/?link=ana")
    manager.get_by_role("button", name="Copy").click()
    expect(manager.get_by_role("button", name="Copied")).to_be_visible()
    link = manager.get_by_label("Sign-in link for ana").input_value()
    assert manager.evaluate("navigator.clipboard.readText()") == link


def test_a_filter_is_sent_when_it_is_chosen_and_empty_ones_stay_out(manager: Page) -> None:
    manager.goto(PROJECT)
    manager.get_by_label("State", exact=True).select_option("approved")
    expect(manager.get_by_role("heading", name="Nothing matches")).to_be_visible()
    assert manager.url.endswith(f"{PROJECT}?state=approved")


def test_menus_close_on_escape_and_on_a_click_elsewhere(manager: Page) -> None:
    out = manager.get_by_role("button", name="Sign out")
    summary = manager.locator("header summary")
    summary.click()
    expect(out).to_be_visible()
    manager.keyboard.press("Escape")
    expect(out).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    manager.get_by_role("heading", level=1).click()
    expect(out).to_be_hidden()


def test_files_may_be_dropped_and_are_listed(manager: Page) -> None:
    manager.goto(f"{PROJECT}import/")
    manager.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["A text."], "dropped.txt", { type: "text/plain" }));
            document.querySelector("[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(manager.locator(".files")).to_have_text("dropped.txt")
    manager.get_by_role("button", name="Look before importing").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Before you import")


def test_an_export_without_the_texts_is_downloaded_and_put_together_again(
    manager: Page, complaints: Complaints, tmp_path: Path
) -> None:
    complaints.expect("422 .*format=brat")
    manager.goto(f"{PROJECT}export/")
    manager.get_by_label("brat standoff").check()
    expect(manager.locator(".aside code").first).to_have_text("brat")
    manager.get_by_label("left out: offsets").check()
    expect(manager.locator(".formats li", has_text="not without the texts")).to_have_count(14)
    expect(manager.locator(".error")).to_contain_text("does not go without the texts")
    expect(manager.get_by_role("link", name="Download")).to_be_hidden()
    manager.get_by_label("W3C Web Annotation").check()
    expect(manager.locator(".aside")).to_contain_text("You get a zip with dataset.jsonld")
    bare = downloaded(manager, tmp_path)
    assert bare.name == "japan-south-korea-without-text.jsonld.zip"
    with zipfile.ZipFile(bare) as archive:
        archive.extractall(tmp_path / "package")
    manager.get_by_label("in the file").check()
    expect(manager.locator(".aside")).not_to_contain_text("You get a zip")
    whole = downloaded(manager, tmp_path)
    (tmp_path / "copies").mkdir()
    texts = [each["body"] for each in json.loads(whole.read_bytes())["items"]]
    assert len(texts) > 1
    for number, each in enumerate(texts):
        (tmp_path / "copies" / f"{number}.txt").write_text(each["value"])
    program = str(tmp_path / "package" / "rebuild.py")
    line = [sys.executable, "-I", "-S", program, str(tmp_path / "copies")]
    subprocess.run(line, check=True)
    rebuilt = tmp_path / "package" / "with-text" / "dataset.jsonld"
    assert rebuilt.read_bytes() == whole.read_bytes()


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as found:
        page.get_by_role("link", name="Download").click()
    file = folder / found.value.suggested_filename
    found.value.save_as(file)
    return file


def test_a_row_of_tabs_begins_at_the_tab_of_the_page(
    galley: server.Instance, new_context: NewContext
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(galley.link("max"))
    for address in (PROJECT, f"{PROJECT}agreement/", f"{PROJECT}settings/"):
        page.goto(address)
        expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
