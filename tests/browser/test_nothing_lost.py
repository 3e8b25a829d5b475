"""The other ways to lose work: several windows, a session that ends, a browser that keeps nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ..server import Instance
from .labeller import Labeller
from .weather import Weather

NewContext = Callable[..., BrowserContext]
PASSWORD = "correct horse battery"
REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"
FULL = """
for (const name of ["add", "put"])
    IDBObjectStore.prototype[name] = () => { throw new DOMException("", "QuotaExceededError"); };
"""
SET = "async () => (await fetch(JSON.parse(document.getElementById('galley-boot').textContent).urls.set)).json()"
PRESSED = """(key) => {
    // What the page says in the same breath, before anything else can run.
    const ctrlKey = key === "z";
    document.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true }));
    return document.querySelector("[data-part=saved]").textContent;
}"""

SLOW = """
// The disk answers when it is told to, and what it answered before that comes then.
const open = IDBFactory.prototype.open;
const woken = new Promise((wake) => { globalThis.wakeTheDisk = wake; });
IDBFactory.prototype.open = function (...asked) {
    const request = open.apply(this, asked);
    const answer = { get result() { return request.result; }, get error() { return request.error; } };
    request.onupgradeneeded = (event) => answer.onupgradeneeded?.(event);
    request.onsuccess = (event) => woken.then(() => answer.onsuccess(event));
    return answer;
};
"""
PAINTED = """(key) => new Promise((painted) => {
    const runs = () => document.querySelectorAll("[data-part=text] .run").length;
    const before = runs();
    document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    // All that was asked for has its turn; what a disk or a server answers would come behind.
    const turns = async (left) => { for (; left; left--) await null; painted(runs() - before); };
    turns(100);
})"""


@pytest.fixture(autouse=True)
def refusals(complaints: Any) -> None:
    """Let requests fail."""
    complaints.expect("Failed to load resource")


def at_work(context: BrowserContext, link: str) -> Labeller:
    """Return somebody who has opened their work."""
    labeller = Labeller(context, link)
    labeller.open_work("Label|Continue")
    return labeller


def window(context: BrowserContext, like: Labeller) -> Labeller:
    """Return another tab on the same address."""
    other = Labeller(context, like.page.url)
    other.wait_until_ready()
    return other


def mark(labeller: Labeller, word: str) -> None:
    """Mark a word as a cue: it needs nothing else."""
    labeller.press("Escape", "Escape")
    labeller.click_span(word)
    labeller.press("u")


def saved(labeller: Labeller) -> Any:
    """Return the words in the header on how safe the work is."""
    return labeller.page.locator("[data-part=saved]")


def line(labeller: Labeller, word: str) -> Any:
    """Return the line of a span in the list."""
    return labeller.page.get_by_role("option", name=f"Cue: {word}", exact=True)


def stored(page: Page) -> Counter[str]:
    """Return what the server has marked, as the one who is signed in sees it."""
    found = page.evaluate(SET)
    return Counter(span["fragments"][0]["quote"] for span in found["spans"])


def test_two_tabs_show_and_save_each_others_changes(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    one = at_work(context, galley.link("ana"))
    other = window(context, one)
    weather = Weather(context)
    weather.turns("held")
    mark(one, "sidelines")
    expect(line(other, "sidelines")).to_be_visible()
    mark(other, "trilateral")
    expect(line(one, "trilateral")).to_be_visible()
    weather.turns("fine")
    for tab in (one, other):
        expect(saved(tab)).to_have_text("All changes saved")
    mark(one, "semiconductors")
    expect(line(other, "semiconductors")).to_be_visible()
    one.wait_until_saved()
    other.wait_until_saved()
    assert stored(one.page) == Counter(["sidelines", "trilateral", "semiconductors"])


def test_what_a_submitted_set_does_not_take_is_listed_and_goes_when_it_is_taken_back(
    galley: Instance, new_context: NewContext
) -> None:
    here = new_context()
    ben = at_work(here, galley.link("ben"))
    weather = Weather(here)
    weather.turns("500")
    mark(ben, "sidelines")
    mark(ben, "trilateral")
    expect(saved(ben)).to_have_text("2 changes kept on this device")
    elsewhere = at_work(new_context(), galley.link("ben"))
    elsewhere.page.get_by_role("button", name="Submit").click()
    expect(elsewhere.page.locator(".banner")).to_contain_text("Submitted.")
    weather.turns("fine")
    notice = ben.page.get_by_role("alert").filter(has_text="Take it back first.")
    expect(notice).to_contain_text("2 changes are kept on this device.", timeout=20_000)
    lines = notice.get_by_role("listitem")
    expect(lines).to_contain_text(["Mark cue “sidelines”", "Mark cue “trilateral”"])
    # One of the two is not wanted any more.
    lines.filter(has_text="sidelines").get_by_role("button", name="Discard").click()
    expect(lines).to_have_count(1)
    ben.page.get_by_role("button", name="Take back").click()
    ben.wait_until_saved()
    expect(notice).to_be_hidden()
    assert stored(ben.page) == Counter(["trilateral"])


def sign_out(page: Page) -> None:
    page.goto("/")
    page.locator("header summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_who_is_signed_out_signs_in_where_they_are_and_goes_on(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    other = context.new_page()
    other.goto("/me/")
    other.get_by_label("New password", exact=True).fill(PASSWORD)
    other.get_by_label("The new password again").fill(PASSWORD)
    other.get_by_role("button", name="password").click()
    sign_out(other)
    mark(ana, "expiration")
    notice = ana.page.get_by_role("alert").filter(has_text="You are no longer signed in as ana.")
    expect(notice).to_contain_text("1 change is kept on this device.")
    notice.get_by_label("Password of ana").fill("something else")
    notice.get_by_role("button", name="Sign in").click()
    expect(notice).to_contain_text("This is not the password.")
    notice.get_by_label("Password of ana").fill(PASSWORD)
    # More may happen meanwhile, and takes nothing out of their hands.
    expect(notice.get_by_label("Password of ana")).to_have_value(PASSWORD)
    notice.get_by_role("button", name="Sign in").click()
    ana.wait_until_saved()
    expect(notice).to_be_hidden()
    mark(ana, "GSOMIA")
    ana.wait_until_saved()
    assert stored(ana.page)["expiration"] == 1


def test_what_one_person_did_waits_for_them_while_another_is_signed_in(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    other = context.new_page()
    sign_out(other)
    other.goto(galley.link("ben"))
    mark(ana, "weakened")
    notice = ana.page.get_by_role("alert").filter(has_text="You are no longer signed in as ana.")
    expect(notice).to_contain_text("1 change is kept on this device.")
    ben = window(context, ana)
    expect(saved(ben)).to_have_text("All changes saved")
    expect(line(ben, "weakened")).to_have_count(0)
    mark(ben, "ballistic")
    ben.wait_until_saved()
    assert stored(ben.page)["weakened"] == 0
    # Ana's own page shows what is hers.
    expect(line(ana, "weakened")).to_be_visible()
    expect(line(ana, "ballistic")).to_have_count(0)
    other.goto(galley.link("ana"))
    notice.get_by_role("button", name="Try again").click()
    ana.wait_until_saved()
    assert (stored(ana.page)["weakened"], stored(ana.page)["ballistic"]) == (1, 0)


def test_changes_outlast_going_away_and_back(galley: Instance, new_context: NewContext) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    weather = Weather(context)
    weather.turns("502")
    mark(ana, "retract")
    expect(saved(ana)).to_have_text("1 change kept on this device")
    ana.page.get_by_role("link", name="Japan–South Korea").first.click()
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Japan–South Korea")
    ana.page.go_back()
    expect(saved(ana)).to_have_text("1 change kept on this device")
    expect(line(ana, "retract")).to_be_visible()
    ana.page.go_back()
    ana.page.go_forward()
    expect(saved(ana)).to_have_text("1 change kept on this device")
    weather.turns("fine")
    expect(saved(ana)).to_have_text("All changes saved", timeout=20_000)
    assert stored(ana.page)["retract"] == 1


def test_a_page_that_is_loaded_anew_while_it_saves_saves_once(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    weather = Weather(context)
    weather.turns("lost")
    mark(ana, "informal")
    mark(ana, "Singapore")
    expect(saved(ana)).to_have_text("2 changes kept on this device")
    weather.turns("held")
    ana.page.reload()
    expect(saved(ana)).to_have_text("Saving…")
    ana.page.reload()
    weather.turns("fine")
    expect(saved(ana)).to_have_text("All changes saved", timeout=20_000)
    marked = stored(ana.page)
    assert (marked["informal"], marked["Singapore"]) == (1, 1)


def test_all_is_never_said_to_be_saved_between_a_key_and_the_disk(
    galley: Instance, new_context: NewContext
) -> None:
    ana = at_work(new_context(), galley.link("ana"))
    ana.press("Escape", "Escape")
    ana.click_span("repeatedly")
    for key in ("u", "z"):
        ana.wait_until_saved()
        assert ana.page.evaluate(PRESSED, key) == "Saving…"
    ana.wait_until_saved()


def test_a_mark_is_painted_with_the_next_picture(galley: Instance, new_context: NewContext) -> None:
    ana = at_work(new_context(), galley.link("ana"))
    ana.press("Escape", "Escape")
    ana.click_span("forced")
    assert ana.page.evaluate(PAINTED, "u") > 0
    ana.wait_until_saved()


def test_what_is_done_before_the_disk_answers_is_kept(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    context.add_init_script(SLOW)
    late = Labeller(context, ana.page.url)
    mark(late, "compensation")
    expect(saved(late)).to_have_text("Saving…")
    late.page.evaluate("wakeTheDisk()")
    expect(line(late, "compensation")).to_be_visible()
    late.wait_until_saved()
    assert stored(late.page)["compensation"] == 1


def test_nothing_is_said_to_be_kept_before_the_disk_has_it(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    weather = Weather(context)
    weather.turns("500")
    ana.press("Escape", "Escape")
    ana.click_span("repeatedly")
    for key, number in (("u", "1 change"), ("z", "2 changes")):
        assert ana.page.evaluate(PRESSED, key) == "Saving…"
        expect(saved(ana)).to_have_text(f"{number} kept on this device")
    weather.turns("fine")
    expect(saved(ana)).to_have_text("All changes saved", timeout=20_000)


def test_what_is_kept_while_the_server_asks_for_patience_is_said_to_be_kept(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ana = at_work(context, galley.link("ana"))
    Weather(context).turns("busy")
    for word, number in (("repeatedly", "1 change"), ("deteriorated", "2 changes")):
        mark(ana, word)
        # The next attempt, which would say it, too, is a minute away.
        expect(saved(ana)).to_have_text(f"{number} kept on this device")


@pytest.mark.parametrize("trouble", [REFUSED, FULL], ids=["refused", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_saves(
    galley: Instance, new_context: NewContext, trouble: str
) -> None:
    context = new_context()
    context.add_init_script(trouble)
    weather = Weather(context)
    ana = at_work(context, galley.link("ana"))
    word = "steel" if trouble == FULL else "colonial"
    mark(ana, word)
    ana.wait_until_saved()
    said = ana.page.get_by_role("status").filter(has_text="Nothing can be kept on this device")
    expect(said).to_be_visible()
    weather.turns("500")
    mark(ana, "radar" if trouble == FULL else "fire")
    expect(saved(ana)).to_have_text("1 change not saved yet")
    weather.turns("fine")
    expect(saved(ana)).to_have_text("All changes saved", timeout=20_000)
    assert stored(ana.page)[word] == 1


def test_what_is_being_typed_outlasts_a_reload_and_signing_in(
    galley: Instance, new_context: NewContext
) -> None:
    context = new_context()
    ben = at_work(context, galley.link("ben"))
    ben.press("Escape", "Escape")
    ben.click_span("terminate")
    ben.press("c")
    ben.wait_until_saved()
    # The address names what is chosen once the choice rests.
    expect(ben.page).to_have_url(re.compile("#span-"))
    ben.card.get_by_role("textbox", name="Say something about this span").fill("Is this a claim?")
    sentence = ben.card.locator("[data-keep='null normalized_text']")
    sentence.focus()
    ben.type("South Korea terminates the accord.")
    # At once, before anything was kept elsewhere.
    ben.page.reload()
    ben.wait_until_ready()
    expect(ben.card.locator("blockquote")).to_have_text("terminate")
    comment = ben.card.get_by_role("textbox", name="Say something about this span")
    expect(comment).to_have_value("Is this a claim?")
    expect(sentence).to_have_value("South Korea terminates the accord.")
    ben.wait_until_saved()
    # Signed out meanwhile, and back by the sign-in link.
    comment.press("End")
    ben.type(" Or two?")
    address = ben.page.url
    context.clear_cookies()
    ben.page.goto(address.partition("#")[0])
    expect(ben.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    ben.page.goto(galley.link("ben"))
    ben.page.goto(address)
    ben.wait_until_ready()
    expect(comment).to_have_value("Is this a claim? Or two?")
    # Sent, it is kept nowhere else.
    comment.press("Enter")
    expect(ben.card.get_by_role("region", name="Comments")).to_contain_text("Is this a claim? Or")
    ben.page.reload()
    ben.wait_until_ready()
    expect(comment).to_have_value("")
    expect(sentence).to_have_value("South Korea terminates the accord.")
    assert (
        ben.page.evaluate("Object.keys(localStorage).filter((each) => /unsent/.test(each))") == []
    )
