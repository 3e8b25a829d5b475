"""Reads claims with their speakers, and attributions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from labels.records import Article, Relation, Span

from . import made


def averitec(data: bytes, _found: Sequence[Article]) -> list[Article]:
    """Read an array of claims."""
    return [
        _article(each, each["span"], [("ATTRIBUTED_TO", each["speakers"])])
        for each in json.loads(data)
    ]


def attributions(data: bytes, _found: Sequence[Article]) -> list[Article]:
    """Read lines of attributions."""
    return [
        _article(
            each, each["content"], [("ATTRIBUTED_TO", each["sources"]), ("CUED_BY", each["cues"])]
        )
        for each in map(json.loads, data.splitlines())
    ]


def _article(raw: Any, claim: Any, ends: list[tuple[str, list[Any]]]) -> Article:
    """Return an article with a set of the claim and what it is linked to."""
    linked = [(kind, each) for kind, all_ in ends for each in all_]
    spans = {each["id"]: _span(each) for each in (claim, *[each for _, each in linked])}
    links = list(_links(claim["id"], linked))
    return made.article(
        raw["text_sha256"], [made.one_set(raw["annotator"], list(spans.values()), links)]
    )


def _span(raw: Any) -> Span:
    return made.span(raw["id"], raw["label"], raw["fragments"], raw["attributes"])


def _links(claim: str, linked: list[tuple[str, Any]]) -> Iterator[Relation]:
    for kind, each in linked:
        yield made.link(each["link"]["id"], kind, [claim, each["id"]], each["link"]["attributes"])
