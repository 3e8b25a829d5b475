"""Decisions as records and as JSON, and the gold set they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from .. import records
from ..models import AnnotationSet, Decision, Relation, Span
from ..vocabulary import Choice, Difference, Kind

JSON = dict[str, Any]


def gold(article: int, *, lock: bool = False) -> AnnotationSet | None:
    """Return an article's gold set; `lock` holds it until the transaction ends."""
    found = _gold().filter(article=article)
    return (found.select_for_update(of=("self",)) if lock else found).first()


def gold_of(articles: Sequence[int]) -> dict[int, AnnotationSet]:
    """Return the gold set of each article that has one, by the article's key."""
    return {row.article_id: row for row in _gold().filter(article__in=articles)}


def _gold() -> QuerySet[AnnotationSet]:
    found = AnnotationSet.objects.filter(kind=Kind.GOLD, annotator=None, annotator_name="", round=1)
    return found.select_related("article__project", "scheme")


def rows(sets: Iterable[int]) -> QuerySet[Decision]:
    """Return the decisions of gold sets, oldest first."""
    found = Decision.objects.filter(annotation_set__in=list(sets))
    return found.select_related("decided_by").order_by("pk")


def decisions(sets: Iterable[int]) -> dict[int, list[records.Decision]]:
    """Return the decisions of gold sets as records, by the set's key."""
    found: dict[int, list[records.Decision]] = defaultdict(list)
    for row in rows(sets):
        found[row.annotation_set_id].append(record(row))
    return found


def record(row: Decision) -> records.Decision:
    """Return a decision as a record."""
    return records.Decision(
        id=row.uuid,
        act=row.act,
        choice=Choice(row.choice),
        about=tuple(map(_said, row.about)),
        kinds=tuple(map(Difference, row.kinds)),
        taken=row.taken,
        spans=tuple(map(_span, row.spans)),
        links=tuple(map(_link, row.links)),
        replaces=tuple(map(UUID, row.replaces)),
        corrections={
            UUID(owner): tuple(map(Difference, kinds)) for owner, kinds in row.corrections.items()
        },
        undoes=row.undoes,
        reason=row.reason,
        note=row.note,
        by=row.decided_by.username,
        at=row.created_at.isoformat(),
    )


def columns(decision: records.Decision) -> JSON:
    """Return what a row keeps of a decision, but for who took it and when."""
    return {
        "uuid": decision.id,
        "act": decision.act,
        "choice": decision.choice,
        "about": [
            {
                "set": str(each.set),
                "spans": list(map(span_json, each.spans)),
                "links": list(map(_link_json, each.links)),
            }
            for each in decision.about
        ],
        "kinds": list(decision.kinds),
        "taken": decision.taken,
        "spans": list(map(span_json, decision.spans)),
        "links": list(map(_link_json, decision.links)),
        "replaces": list(map(str, decision.replaces)),
        "corrections": {str(owner): list(kinds) for owner, kinds in decision.corrections.items()},
        "undoes": decision.undoes,
        "reason": decision.reason,
        "note": decision.note,
    }


def provenance(
    made: Sequence[records.Decision],
    spans: Iterable[records.Span],
    relations: Iterable[records.Relation],
    annotators: Mapping[UUID, str],
) -> dict[UUID, records.Provenance]:
    """Return where each unit of a gold set comes from, as the last decision that brought it tells."""
    undone = {each.undoes for each in made if each.undoes}
    held = [each for each in made if each.act not in undone]
    found: dict[UUID, records.Provenance] = {}
    by_span = {span.id: (each, span.derived_from) for each in held for span in each.spans}
    for span in spans:
        if span.id in by_span:
            found[span.id] = _provenance(*by_span[span.id], annotators)
    by_type: dict[str, list[tuple[records.Decision, records.Relation]]] = defaultdict(list)
    for each in reversed(held):
        for link in each.links:
            by_type[link.type].append((each, link))
    for relation in relations:
        ends = relation.source, relation.target
        # Its type may have been renamed since: then it is looked for among all.
        own = by_type[relation.type]
        others = (
            pair for kind, pairs in by_type.items() if kind != relation.type for pair in pairs
        )
        for each, link in chain(own, others):
            if link.led(*ends) == relation.id:
                found[relation.id] = _provenance(each, link.id, annotators)
                break
    return found


def _provenance(
    made: records.Decision, derived_from: UUID | None, annotators: Mapping[UUID, str]
) -> records.Provenance:
    return records.Provenance(
        derived_from=derived_from,
        set=made.taken,
        annotator=annotators.get(made.taken, "") if made.taken else "",
        choice=made.choice,
        reason=made.reason,
        note=made.note,
        adjudicator=made.by,
        decided_at=made.at,
    )


def units(row: AnnotationSet) -> tuple[set[UUID], dict[UUID, JSON]]:
    """Return the ids of a set's deleted spans, and the attributes of its deleted relations by id."""
    spans = Span.objects.filter(annotation_set=row, deleted_rev__isnull=False)
    relations = Relation.objects.filter(annotation_set=row, deleted_rev__isnull=False)
    return (
        set(spans.values_list("uuid", flat=True)),
        dict(relations.values_list("uuid", "attributes")),
    )


def span_json(span: records.Span) -> JSON:
    """Return a span as a decision keeps it."""
    return {
        "id": str(span.id),
        "label": span.label,
        "fragments": [[each.start, each.end] for each in span.fragments],
        "attributes": dict(span.attributes),
        "derived_from": str(span.derived_from) if span.derived_from else None,
    }


def _link_json(link: records.Relation) -> JSON:
    return {
        "id": str(link.id),
        "type": link.type,
        "from": str(link.source),
        "to": str(link.target),
        "attributes": dict(link.attributes),
    }


def _said(raw: Mapping[str, Any]) -> records.Said:
    return records.Said(
        UUID(raw["set"]), tuple(map(_span, raw["spans"])), tuple(map(_link, raw["links"]))
    )


def _span(raw: Mapping[str, Any]) -> records.Span:
    return records.Span(
        id=UUID(raw["id"]),
        label=raw["label"],
        fragments=tuple(records.Fragment(*each) for each in raw["fragments"]),
        attributes=raw["attributes"],
        derived_from=UUID(raw["derived_from"]) if raw["derived_from"] else None,
    )


def _link(raw: Mapping[str, Any]) -> records.Relation:
    return records.Relation(
        UUID(raw["id"]), raw["type"], UUID(raw["from"]), UUID(raw["to"]), raw["attributes"]
    )
