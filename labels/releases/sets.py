"""Sets: one annotation set a line, with those in which somebody looked and found nothing to mark."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Article, Terms
from . import Row

FILE = "sets.jsonl"
COMPARED = True
NAMED_BY = "kind"


def rows(article: Article, split: str, terms: Terms) -> Iterator[Row]:  # noqa: ARG001 - as every table
    """Yield the sets of every kind."""
    for made in article.annotation_sets:
        yield {
            "id": made.id,
            "article": article.id,
            "annotator": made.annotator,
            "kind": made.kind,
            "round": made.round,
            "state": made.state,
            "scheme_version": made.scheme_version,
            "spans": len(made.spans),
            "relations": len(made.relations),
            "active_seconds": made.active_seconds,
            "split": split,
        }


def core(row: Row) -> tuple[str, Row]:
    """Return how the set stands; what it holds is in other tables."""
    return str(row["id"]), {name: row[name] for name in ("state", "scheme_version")}
