"""Takes the README's picture from the running product: `make pictures`.

The real server on a folder that is thrown away; ana's set is filled through the API, and a browser looks at it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from playwright.sync_api import sync_playwright

from . import chromium, server

PICTURES = server.ROOT / "docs" / "pictures"
TEXT = next((server.ROOT / "seeds").glob("*.txt")).read_text()
LINK = {"attitude": "statement", "stance": "affirm"}
ASKED = "South Korea to reconsider its decision to terminate the accord"
SIGNAL = "it will otherwise lead to a “misleading signal” to other countries in the region"

MARKS: list[tuple[str, str, str, dict[str, Any]]] = [
    # name, label, quote, attributes
    (
        "talks",
        "CLAIM",
        "Japan is making final arrangements with South Korea for their defense ministers to hold talks",
        {"form": "indirect", "check_worthiness": "UFS", "claim_type": ["event_property"]},
    ),
    ("japan", "ENTITY", "Japan", {"entity_type": "GPE"}),
    ("source", "SOURCE", "a government source", {"source_type": "unnamed_individual"}),
    ("said", "CUE", "said", {}),
    ("minister", "ENTITY", "Taro Kono", {"entity_type": "PERSON"}),
    ("kono", "SOURCE", "Kono has", {"source_type": "named_individual"}),
    ("asked", "CUE", "has repeatedly asked", {}),
    ("ask", "CLAIM", ASKED, {"form": "indirect", "check_worthiness": "NFS"}),
    ("saying", "CUE", "saying", {}),
    ("signal", "CLAIM", SIGNAL, {"form": "mixed"}),
    ("thailand", "ENTITY", "Thailand", {"entity_type": "GPE"}),
]
LINKS = [
    ("talks", "source", LINK | {"cue": "said"}),
    ("ask", "kono", {"attitude": "directive", "stance": "uncommitted", "cue": "asked"}),
    ("signal", "kono", LINK | {"cue": "saying"}),
]


def key(name: str) -> str:
    """Return the id of a mark: the same in every picture."""
    return str(uuid5(NAMESPACE_URL, name))


def operations() -> list[dict[str, Any]]:
    """Return what ana has done."""
    made: list[dict[str, Any]] = []
    for name, label, quote, attributes in MARKS:
        start = TEXT.index(quote)
        words = quote.removesuffix(" has")  # "Kono" itself stands elsewhere before.
        place = {"start": start, "end": start + len(words), "quote": words}
        span = {"op": "add_span", "id": key(name), "label": label, "fragments": [place]}
        made.append(span | {"attributes": attributes})
    for source, target, attributes in LINKS:
        made.append(
            {
                "op": "add_relation",
                "id": key(f"{source} {target}"),
                "type": "ATTRIBUTED_TO",
                "from": key(source),
                "to": key(target),
                "attributes": attributes | {"cue": key(attributes["cue"])},
            }
        )
    return made


def fill(galley: server.Instance) -> None:
    """Do it, through the API."""
    token = galley.manage("create_token", "ana", "--scopes", "read,annotate").strip()
    (article,) = galley.call(token, "GET", "projects/japan-south-korea/articles/")["results"]
    made = galley.call(token, "POST", f"articles/{article['id']}/annotation-sets/", {})
    galley.call(
        token,
        "POST",
        f"annotation-sets/{made['id']}/operations/",
        {"operations": operations()},
        If_Match=f'"{made["version"]}"',
        Idempotency_Key=key("picture"),
    )


def take(galley: server.Instance) -> Path:
    """Look at the label page with one claim chosen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path(), args=list(chromium.QUIET)
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page.goto(galley.link("ana"))
        page.get_by_role("link", name="Continue").first.click()
        outline = page.locator("[data-part=outline]")
        outline.get_by_role("option", name=ASKED[:30]).click()
        file = PICTURES / "label.png"
        page.screenshot(path=file)
        browser.close()
    return file


def main() -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        made = server.make(Path(folder) / "data", "sqlite")
        with server.serve(made) as galley:
            fill(galley)
            print(take(galley).relative_to(server.ROOT))


if __name__ == "__main__":
    main()
