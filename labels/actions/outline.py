"""What becomes of a set in a newer text of its article, span by span, and what has been done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .. import records
from ..models import AnnotationSet, Article
from ..queries import edition as queries
from ..queries.annotation import units
from ..rules.edition import Fated, fate
from ..text.diff import Diff
from ..vocabulary import Carried, Fate

PROVEN = (Fate.UNCHANGED, Fate.MOVED)


@dataclass(frozen=True, slots=True)
class Item:
    """A span of the older text, what becomes of it, and what has been done about it."""

    span: records.Span
    fated: Fated
    id: UUID | None
    """What it is called in the newer set; None before there is one."""
    outcome: Carried | None = None
    reason: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether it comes along without anybody's word."""
        return self.fated.fate in PROVEN


@dataclass(frozen=True, slots=True)
class Outline:
    """How a set is carried over to a newer text. `target` is its annotator's set there, if there is one."""

    source: AnnotationSet
    target: AnnotationSet | None
    article: Article
    diff: Diff
    items: list[Item]
    links: list[records.Relation]
    carried_links: frozenset[UUID]
    is_begun: bool

    @property
    def unsettled(self) -> list[Item]:
        """Return what is not carried over and not settled."""
        return [each for each in self.items if each.outcome is None]


def outline(source: AnnotationSet, target: AnnotationSet | None, article: Article) -> Outline:
    """Compare both texts and look up what has been done; `source` and `article` come with their texts."""
    spans, links = units(source)
    found = queries.compared(source.article, article)
    living = queries.living(target) if target else frozenset()
    told = queries.told(target) if target else {}
    items = []
    for each in spans:
        uuid = queries.carried_id(target, each.id) if target else None
        outcome, reason = told.get(each.id, (None, ""))
        if uuid in living:
            outcome, reason = Carried.CARRIED, ""
        items.append(Item(each, fate(found, each), uuid, outcome, reason))
    carried = {
        each.id for each in links if target and queries.carried_id(target, each.id) in living
    }
    begun = target is not None and queries.lines(target, (queries.CARRY,)).exists()
    return Outline(source, target, article, found, items, links, frozenset(carried), begun)


def payload(found: Outline) -> dict[str, Any]:
    """Return an outline as clients see it."""
    counts = {each.value: 0 for each in Fate}
    for item in found.items:
        counts[item.fated.fate] += 1
    return {
        "set": str(found.source.uuid),
        "article": str(found.article.uuid),
        "annotation_set": str(found.target.uuid) if found.target else None,
        "begun": found.is_begun,
        "counts": counts | {"unsettled": len(found.unsettled)},
        "spans": [_item_payload(found, each) for each in found.items],
        "relations": [
            {
                "id": str(each.id),
                "type": each.type,
                "from": str(each.source),
                "to": str(each.target),
                "carried": each.id in found.carried_links,
            }
            for each in found.links
        ],
        "offset_unit": "codepoint",
    }


def _item_payload(found: Outline, item: Item) -> dict[str, Any]:
    fated = item.fated
    places = [fated.fragments] if item.is_proven else fated.proposals
    return {
        "id": str(item.span.id),
        "label": item.span.label,
        "fragments": _fragments(found.diff.old, item.span.fragments),
        "state": fated.fate,
        "places": [_fragments(found.diff.new, each) for each in places],
        "near": fated.near,
        "outcome": item.outcome,
        "reason": item.reason,
        "carried_as": str(item.id) if item.outcome == Carried.CARRIED else None,
    }


def _fragments(text: str, fragments: tuple[records.Fragment, ...]) -> list[dict[str, Any]]:
    return [
        {"start": each.start, "end": each.end, "quote": text[each.start : each.end]}
        for each in fragments
    ]
