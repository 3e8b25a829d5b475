"""Reads annotations of the web."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from labels.records import Article, Span

from . import made

URN = len("urn:uuid:")


def read(data: bytes, _found: Sequence[Article]) -> list[Article]:
    """Read a page of annotations: first those of a text, then those that link them."""
    items = json.loads(data)["items"]
    texts: dict[str, tuple[str, str]] = {}
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    links = defaultdict(list)
    for each in items:
        if each["motivation"] == "classifying":
            owner = each["target"][0]["source"]["sha256"], each["creator"]["name"]
            texts[each["id"]] = owner
            spans[owner].append(_span(each))
    for each in items:
        if each["motivation"] == "linking":
            unit, *ends = (name[URN:] for name in (each["id"], *each["target"]))
            kind, attributes = each["body"]["value"], each.get("attributes", {})
            links[texts[each["target"][0]]].append(made.link(unit, kind, ends, attributes))
    return [
        made.article(sha256, [made.one_set(owner, found, links[sha256, owner])])
        for (sha256, owner), found in spans.items()
    ]


def _span(raw: Any) -> Span:
    selectors = [each["selector"][1] for each in raw["target"]]
    places = [(each["start"], each["end"]) for each in selectors]
    more = {"confidence": raw.get("confidence"), "flag": raw.get("flag", False)}
    return made.span(
        raw["id"][URN:], raw["body"]["value"], places, raw.get("attributes", {}), **more
    )
