"""Relations: one typed link between two spans of one set a line, from sets of every kind."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Article, Terms
from . import Row
from ._unit import in_order

FILE = "relations.jsonl"
COMPARED = True
NAMED_BY = "type"


def rows(article: Article, split: str, terms: Terms) -> Iterator[Row]:  # noqa: ARG001 - as every table
    """Yield the relations of every set."""
    for made in article.annotation_sets:
        for relation in made.relations:
            yield {
                "id": relation.id,
                "article": article.id,
                "set": made.id,
                "annotator": made.annotator,
                "kind": made.kind,
                "type": relation.type,
                "from": relation.source,
                "to": relation.target,
                "attributes": in_order(relation.attributes),
                "split": split,
            }


def core(row: Row) -> tuple[str, Row]:
    """Return what the relation says."""
    ends = {"from": str(row["from"]), "to": str(row["to"])}
    data = ends | {"type": row["type"], "attributes": row["attributes"]}
    return f"{row['set']}/{row['id']}", data
