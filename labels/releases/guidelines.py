"""Guidelines: what the annotators were told, label by label, in the newest version of the scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import Facts

FILE = "guidelines.md"
MEDIA_TYPE = "text/markdown"


def text(facts: Facts) -> str:
    """Return the guideline as Markdown."""
    if not facts.schemes:
        return ""
    number = max(facts.schemes)
    return "\n\n".join(_sections(facts.schemes[number], number)) + "\n"


def _sections(scheme: Mapping[str, Any], number: int) -> Iterator[str]:
    yield f"# Guidelines: {scheme.get('name', 'scheme')}, version {number}"
    guideline = scheme.get("guideline") or {}
    if isinstance(guideline, str):
        yield guideline
        guideline = {}
    for each in (*scheme.get("labels", ()), *scheme.get("relations", ())):
        yield f"## {each.get('title') or each['name']} (`{each['name']}`)"
        yield from filter(None, [each.get("help"), guideline.get(each["name"])])
        yield from _attributes(each.get("attributes") or ())


def _attributes(attributes: Any) -> Iterator[str]:
    lines = []
    for each in attributes:
        values = ", ".join(f"`{value}`" for value in each.get("values") or ())
        said = [f"- **{each.get('title') or each['name']}** (`{each['name']}`, {each['type']})"]
        said += filter(None, [each.get("help"), values])
        lines.append(": ".join([said[0], " ".join(said[1:])]) if said[1:] else said[0])
    if lines:
        yield "\n".join(lines)
