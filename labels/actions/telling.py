"""The bench in words, as API and pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from .. import records
from ..queries import annotation
from ..rules.adjudication import Item, standing
from ..rules.comparison import Version
from ..text.offsets import OffsetMap
from ..vocabulary import OffsetUnit
from .bench import Bench

JSON = dict[str, Any]


def payload(bench: Bench, unit: OffsetUnit = OffsetUnit.CODEPOINT) -> JSON:
    """Return an adjudication as clients see it."""
    gold = bench.gold
    offsets = None if unit == OffsetUnit.CODEPOINT else OffsetMap(bench.article.text, unit)
    return {
        "article": str(bench.article.uuid),
        "annotation_set": annotation.head(gold) if gold else None,
        "version": gold.version if gold else 0,
        "sets": sets(bench),
        "progress": progress(bench),
        "units": [item_payload(bench, each, offsets) for each in bench.items],
        "offset_unit": unit,
    }


def sets(bench: Bench) -> list[JSON]:
    """Return whose sets are compared."""
    named = bench.names
    rows = sorted(bench.side.sets, key=lambda each: str(each.id))
    return [
        {
            "id": str(each.id),
            "annotator": named[each.id] if bench.blind else each.annotator,
            "version": each.version,
        }
        for each in rows
    ]


def progress(bench: Bench) -> JSON:
    """Return how far it is."""
    return {
        "units": len(bench.items),
        "decided": bench.decided,
        "disagreements": len(bench.disagreements),
        "agreements": len(bench.items) - len(bench.disagreements),
    }


def item_payload(bench: Bench, item: Item, offsets: OffsetMap | None = None) -> JSON:
    """Return one unit: each version, how they differ, and what was decided."""
    versions = item.cluster.versions if item.cluster else ()
    return {
        "unit": item.key,
        "labels": item.cluster.labels if item.cluster else [],
        "differences": [
            {"type": kind, "explanation": said} for kind, said in bench.sentences(item).items()
        ],
        "versions": [_version(bench, each, offsets) for each in versions],
        "decision": decision(item.decision) if item.decision else None,
        "decided": item.decided,
        "why_again": bench.why(item),
    }


def _version(bench: Bench, version: Version, offsets: OffsetMap | None) -> JSON:
    text = bench.article.text
    return {
        "set": str(version.set),
        "spans": [annotation.span_payload(each, text, offsets) for each in version.spans],
        "relations": [annotation.relation_payload(each.relation) for each in version.links],
    }


def decision(made: records.Decision) -> JSON:
    """Return a decision as clients see it: the gold spans it made, each with the unit it comes from."""
    return {
        "id": str(made.id),
        "act": str(made.act),
        "choice": made.choice,
        "set": _text(made.taken),
        "about": [
            {"set": str(each.set), "spans": [str(span.id) for span in each.spans]}
            for each in made.about
        ],
        "spans": [
            {"id": str(each.id), "derived_from": _text(each.derived_from)} for each in made.spans
        ],
        "undoes": _text(made.undoes),
        "reason": made.reason,
        "note": made.note,
        "decided_by": made.by,
        "created_at": made.at,
    }


COLUMNS = (
    "decision",
    "act",
    "choice",
    "stands",
    "span",
    "label",
    "fragments",
    "quote",
    "derived_from",
    "set",
    "annotator",
    "reason",
    "note",
    "decided_by",
    "created_at",
    "undoes",
)


def table(bench: Bench, made: Iterable[records.Decision]) -> Iterator[JSON]:
    """Yield a row for each span that a decision brought into gold, and one for a decision that brought none."""
    held = {each.id for each in standing(bench.decisions)}
    named = {each["id"]: each["annotator"] for each in sets(bench)}
    for each in made:
        told = decision(each)
        row = dict.fromkeys(COLUMNS, "") | {
            name: told[name] or "" for name in COLUMNS if name in told
        }
        row |= {"decision": told["id"], "stands": "yes" if each.id in held else "no"}
        row["annotator"] = named.get(told["set"], "")
        for span in each.spans:
            yield row | _placed(bench, span)
        if not each.spans:
            yield row


def _placed(bench: Bench, span: records.Span) -> JSON:
    return {
        "span": str(span.id),
        "label": span.label,
        "fragments": " ".join(f"{each.start}-{each.end}" for each in span.fragments),
        "quote": bench.telling().quote(span),
        "derived_from": _text(span.derived_from) or "",
    }


def _text(uuid: UUID | None) -> str | None:
    return str(uuid) if uuid else None
