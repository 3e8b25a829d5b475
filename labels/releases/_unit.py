"""Rows of units: what spans of people's sets and of gold sets share."""

from __future__ import annotations

from typing import Any

import orjson

from ..records import AnnotationSet, Article, Fragment, Span, Terms
from ..text.quotes import standing
from . import Row


def of_span(article: Article, made: AnnotationSet, span: Span, split: str, terms: Terms) -> Row:
    """Return the row of one span."""
    return {
        "id": span.id,
        "article": article.id,
        "set": made.id,
        "annotator": made.annotator,
        "kind": made.kind,
        "round": made.round,
        "state": made.state,
        "scheme_version": made.scheme_version,
        "label": span.label,
        "fragments": [fragment(each, article.text, terms) for each in span.fragments],
        "attributes": in_order(span.attributes),
        "confidence": span.confidence,
        "flag": span.flag,
        "origin": span.origin,
        "derived_from": span.derived_from,
        "split": split,
    }


def in_order(value: Any) -> Any:
    """Return a JSON value with its members in the order of their names: a database may give them in any."""
    return orjson.loads(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))


def fragment(of: Fragment, text: str, terms: Terms) -> Row:
    """Return offsets in code points with the quote, or with what lets a copy of the text be checked."""
    place: Row = {"start": of.start, "end": of.end}
    quote = text[of.start : of.end]
    return place | ({"quote": quote} if terms.with_text else standing(quote))


def core_of_span(row: Row) -> tuple[str, Row]:
    """Return what makes the span what it is."""
    data = {
        name: row[name]
        for name in ("label", "attributes", "confidence", "flag", "state", "scheme_version")
    }
    data["fragments"] = [[each["start"], each["end"]] for each in row["fragments"]]
    return f"{row['set']}/{row['id']}", data
