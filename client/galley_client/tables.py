"""An export as tables of pandas (`pip install 'galley-client[pandas]'`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from .shapes import ExportedSet, Line

SET_COLUMNS = ["article", "external_id", "title", "set", "annotator", "kind", "state"]
SPAN_COLUMNS = [
    *SET_COLUMNS,
    *("span", "label", "fragment", "fragments", "start", "end", "quote"),
    *("origin", "confidence", "flag"),
]
RELATION_COLUMNS = [*SET_COLUMNS, "relation", "type", "from", "to"]


def spans(lines: Iterable[Line]) -> pd.DataFrame:
    """Return a row for each fragment of each span; attributes are columns `attributes.NAME`.

    `fragment` counts from 0 to `fragments` - 1; `start` and `end` count code points.
    """
    return _frame(_spans(lines), SPAN_COLUMNS)


def relations(lines: Iterable[Line]) -> pd.DataFrame:
    """Return a row for each relation; `from` and `to` are ids of spans."""
    return _frame(_relations(lines), RELATION_COLUMNS)


def _frame(rows: Iterable[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows))
    named = sorted(each for each in made.columns if each not in columns)
    return made.reindex(columns=[*columns, *named])


def _spans(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    for head, made in _sets(lines):
        for span in made["spans"]:
            for number, part in enumerate(span["fragments"]):
                yield {
                    **head,
                    "span": span["id"],
                    "label": span["label"],
                    "fragment": number,
                    "fragments": len(span["fragments"]),
                    **part,
                    "origin": span["origin"],
                    "confidence": span["confidence"],
                    "flag": span["flag"],
                    **_attributes(span["attributes"]),
                }


def _relations(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    for head, made in _sets(lines):
        for link in made["relations"]:
            ends = {"from": link["from"], "to": link["to"]}
            about = {"relation": link["id"], "type": link["type"], **ends}
            yield {**head, **about, **_attributes(link["attributes"])}


def _sets(lines: Iterable[Line]) -> Iterator[tuple[dict[str, Any], ExportedSet]]:
    for line in lines:
        article = line["article"]
        told = {"article": article["id"], "external_id": article["external_id"]}
        for made in line["annotation_sets"]:
            about = {"set": made["id"], "annotator": made["annotator"]}
            where = {"kind": made["kind"], "state": made["state"]}
            yield {**told, "title": article["title"], **about, **where}, made


def _attributes(given: Mapping[str, Any]) -> dict[str, Any]:
    return {f"attributes.{name}": value for name, value in given.items()}
