"""What a screen reader is told: the browser's accessibility tree as lines that people can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

SILENT = {"generic", "none", "InlineTextBox", "LineBreak", "ListMarker", "LabelText"}
STATES = (
    "focused",
    "selected",
    "pressed",
    "expanded",
    "level",
    "readonly",
    "posinset",
    "setsize",
    "keyshortcuts",
)
LONGEST = 60


def heard(page: Page, part: str) -> str:
    """Return what a part of the page tells, by its selector: a line for each thing, its insides further in."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = session.send("DOM.querySelector", {"nodeId": root, "selector": part})["nodeId"]
    backend = session.send("DOM.describeNode", {"nodeId": found})["node"]["backendNodeId"]
    session.detach()
    tree = {each["nodeId"]: each for each in nodes}
    (top,) = [each for each in nodes if each.get("backendDOMNodeId") == backend]
    return "\n".join(_lines(tree, top, 0)) + "\n"


def _lines(tree: dict[str, Any], node: dict[str, Any], depth: int) -> Iterator[str]:
    role = _value(node, "role")
    said = not node["ignored"] and role not in SILENT
    if said:
        yield "  " * depth + _line(node, role)
    if role == "StaticText":
        return
    children = [tree[each] for each in node.get("childIds", []) if each in tree]
    names = [_value(each, "name") for each in children]
    # What only repeats the name is not said twice.
    if said and names == [_value(node, "name")] and _value(children[0], "role") == "StaticText":
        return
    for each in children:
        yield from _lines(tree, each, depth + said)


def _line(node: dict[str, Any], role: str) -> str:
    name, description = _value(node, "name"), _value(node, "description")
    states = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    told = [
        state if states[state] in {True, "true"} else f"{state} {states[state]}"
        for state in STATES
        if states.get(state) not in {None, "", "false"}
        and (states[state] is not False or state == "expanded")
    ]
    short = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    words = ["text" if role == "StaticText" else role, f"“{short}”" if short else ""]
    if description:
        words.append(f"— {description}")
    if told:
        words.append(f"[{', '.join(told)}]")
    return " ".join(word for word in words if word)


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
