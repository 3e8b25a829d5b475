"""What stands at spans of Arabic and Hebrew text: on the side to which one reads, in order, and within reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller

TEXT = """عنوان المقال
قال وزير الدفاع تارو كونو يوم الاثنين إن الاتفاق ضروري لأمن المنطقة كلها، وأضاف رويز أن الطلب لم يصل بعد.
אמר שר הביטחון קונו ביום שני כי ההסכם חיוני לביטחון האזור כולו, ורואיז הוסיף כי Reuters דיווחה אחרת.
Kono said on Monday that the pact was vital."""
BEHIND = 25
"""So far from where a claim ends its first chip may end: in Arabic it is the word at its left."""

CHIPS = """() => [...document.querySelectorAll('.chips')].map((row) => {
    const end = [...row.previousElementSibling.getClientRects()].at(-1);
    const column = row.closest('p').getBoundingClientRect();
    return {
        end: { left: end.left, right: end.right, bottom: end.bottom },
        column: { left: column.left, right: column.right },
        chips: [...row.children].map((chip) => {
            const box = chip.getBoundingClientRect();
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            const isHit = document.elementFromPoint(x, y) === chip;
            return { text: chip.dataset.text, left: box.left, right: box.right, isHit };
        }),
    };
})"""
ARC = """() => {
    const path = document.querySelector('.arcs path[data-slot]');
    const layer = document.querySelector('[data-part=layer]').getBoundingClientRect().left;
    const box = path.getBBox();
    return { left: box.x + layer, right: box.x + box.width + layer };
}"""


def _span(label: str, quote: str, **attributes: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    fragment = {"start": start, "end": start + len(quote), "quote": quote}
    made = {"op": "add_span", "id": str(uuid4()), "label": label, "fragments": [fragment]}
    return made | {"attributes": attributes}


def _link(claim: dict[str, Any], source: dict[str, Any]) -> dict[str, Any]:
    ends = {"type": "ATTRIBUTED_TO", "from": claim["id"], "to": source["id"], "attributes": {}}
    return {"op": "add_relation", "id": str(uuid4())} | ends


@pytest.fixture
def ana(galley: Instance, new_context: Callable[..., BrowserContext]) -> Labeller:
    (article,) = crowd.more_articles(galley, "ana", [TEXT])
    sources = [
        _span("SOURCE", each, source_type="named_individual")
        for each in ("تارو كونو", "رويز", "קונו", "Kono")
    ]
    arabic, hebrew, english = (
        _span("CLAIM", each, form="indirect")
        for each in (
            "الاتفاق ضروري لأمن المنطقة كلها",
            "ההסכם חיוני לביטחון האזור כולו",
            "the pact was vital",
        )
    )
    links = [
        *(_link(arabic, each) for each in sources[:2]),
        _link(hebrew, sources[2]),
        _link(english, sources[3]),
    ]
    crowd.put(galley, "ana", article, [*sources, arabic, hebrew, english, *links])
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.page.goto(f"/articles/{article}/label/")
    labeller.wait_until_ready()
    return labeller


def test_chips_and_arcs_stand_where_one_reads_to(ana: Labeller) -> None:
    # So does the headline begin where one reads from.
    expect(ana.page.locator(".headline h1")).to_have_css("direction", "rtl")
    expect(ana.page.locator(".said")).to_have_count(4)
    ana.page.wait_for_function("document.querySelector('.chips').style.translate")
    arabic, hebrew, english = ana.page.evaluate(CHIPS)
    assert [[each["text"] for each in row["chips"]] for row in (arabic, hebrew, english)] == [
        ["تارو كونو", "رويز"],
        ["קונו"],
        ["Kono"],
    ]
    first, second = arabic["chips"]
    assert second["right"] < first["left"], "read from the right"
    for row in (arabic, hebrew):
        assert abs(row["chips"][-1]["left"] - row["end"]["left"]) < BEHIND, "the claim ends left"
    assert abs(english["chips"][-1]["right"] - english["end"]["right"]) < BEHIND
    for row in (arabic, hebrew, english):
        for chip in row["chips"]:
            assert row["column"]["left"] <= chip["left"] < chip["right"] <= row["column"]["right"]
            assert chip["isHit"]
    ana.page.locator(".said").first.click()
    expect(ana.card.locator("blockquote")).to_have_text("تارو كونو")
    expect(ana.page.locator(".arcs path[data-slot]")).to_have_count(1)
    # From where the source begins to where the claim does, both at their right.
    arc, claim = ana.page.evaluate(ARC), arabic["end"]
    assert claim["right"] - 50 < arc["left"] < claim["right"] < arc["right"]
