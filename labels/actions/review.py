"""Verdicts on the units of a submitted set. They never change the set: the annotator takes a correction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import records
from ..errors import BadReview, UnitDeleted
from ..models import AnnotationSet, Relation, Review, Span
from ..queries import annotation
from ..queries.access import Actor
from ..queries.units import span_of
from ..rules import annotation as units
from ..rules import review as rules
from ..rules.permissions import Act
from ..rules.scheme import Scheme
from ..rules.wording import choice, known, text
from ..vocabulary import State, Subject, Verdict
from ..words import say
from . import access, comment, repeat, revision
from .annotation import check_compared
from .scheme import parsed

PROPOSED = {"label", "fragments", "attributes"}
LONGEST_REASON = 200
REASONS = rules.REASONS
"""What a rejection may say, by code; a screen offers them, and words of one's own are as good."""


def judge(
    *,
    by: Actor,
    uuid: UUID,
    verdict: str,
    span: UUID | None = None,
    relation: UUID | None = None,
    reason: str = "",
    remark: str = "",
    proposal: Any = None,
    key: UUID | None = None,
    now: datetime | None = None,
) -> Review:
    """Give a verdict on a span or relation at its present revision, or propose a missing span.

    Once per key, where one is given.
    """
    said = choice("verdict", verdict, Verdict)
    if span and relation:
        raise BadReview(say("A verdict is on a span or on a relation, not on both."))
    why = text("reason", reason, longest=LONGEST_REASON)
    digest = revision.digest({"review": [said, span, relation, why, remark, proposal]})
    at = now or timezone.now()
    with transaction.atomic():
        row = access.annotation_set(Act.REVIEW_SET, by=by, uuid=uuid, lock=True)
        before = repeat.known(row, by, key, digest)
        if before is not None:
            return Review.objects.get(uuid=before["review"])
        check_compared(row)
        rules.check_reviewable(State(row.state))
        unit = _living(comment.find_span(row, span) or comment.find_relation(row, relation))
        rules.check_verdict(said, has_unit=unit is not None, reason=why, proposal=proposal)
        made = Review.objects.create(
            annotation_set=row,
            span=unit if isinstance(unit, Span) else None,
            relation=unit if isinstance(unit, Relation) else None,
            reviewer=by.person,
            verdict=said,
            reason=why,
            comment=text("comment", remark, longest=comment.LONGEST),
            proposal=None if proposal is None else _proposal(row, unit, proposal),
            rev=unit.rev if unit else row.version,
            created_at=at,
        )
        _log(by, row, made)
        repeat.keep(row, by, key, digest=digest, answer={"review": str(made.uuid)}, at=at)
    return made


def accept_rest(*, by: Actor, uuid: UUID, now: datetime | None = None) -> list[Review]:
    """Accept every living span and relation that has no verdict at its present revision."""
    at = now or timezone.now()
    with transaction.atomic():
        row = access.annotation_set(Act.REVIEW_SET, by=by, uuid=uuid, lock=True)
        check_compared(row)
        rules.check_reviewable(State(row.state))
        judged = Review.objects.filter(annotation_set=row).values_list(
            "span_id", "relation_id", "rev"
        )
        seen_spans = {(span, rev) for span, _relation, rev in judged}
        seen_relations = {(relation, rev) for _span, relation, rev in judged}
        common = {
            "annotation_set": row,
            "reviewer": by.person,
            "verdict": Verdict.ACCEPT,
            "created_at": at,
        }
        made = [
            Review(span=each, rev=each.rev, **common)
            for each in Span.objects.filter(annotation_set=row).live()
            if (each.pk, each.rev) not in seen_spans
        ] + [
            Review(relation=each, rev=each.rev, **common)
            for each in Relation.objects.filter(annotation_set=row).live()
            if (each.pk, each.rev) not in seen_relations
        ]
        Review.objects.bulk_create(made)
        revision.record(
            by=by.person,
            at=at,
            project=row.article.project,
            subject=Subject.REVIEW,
            subject_id=row.uuid,
            action="accept_rest",
            payload={"annotation_set": str(row.uuid), "reviews": [str(r.uuid) for r in made]},
        )
    return made


def _living(unit: Span | Relation | None) -> Span | Relation | None:
    if unit is not None and unit.deleted_rev is not None:
        raise UnitDeleted(say("This was deleted; there is nothing to judge."))
    return unit


def _proposal(row: AnnotationSet, unit: Span | Relation | None, raw: Any) -> dict[str, Any]:
    """Check a proposed unit as if it were marked, and return it complete: label, fragments, attributes."""
    scheme = parsed(row.scheme)
    if isinstance(unit, Relation):
        return _proposed_relation(row, scheme, unit, raw)
    given = known(raw, PROPOSED)
    now = None
    if unit is not None:
        now = span_of(unit)
    name = str(given.get("label", now.label if now else None))
    label = scheme.label(name) if now and now.label == name else scheme.offered(name)
    text_of = row.article.text
    fragments = (
        units.fragments(text_of, given["fragments"]) if "fragments" in given else _fragments(now)
    )
    same = now is not None and now.label == label.name
    change = given.get("attributes", dict(now.attributes) if now and same else {})
    values = units.attributes(label.attributes, {}, change, _labels(row, label.attributes, change))
    proposed = records.Span(unit.uuid if unit else row.uuid, label.name, fragments, values)
    shown = annotation.span_payload(proposed, text_of)
    return {name: shown[name] for name in ("label", "fragments", "attributes")}


def _fragments(now: records.Span | None) -> tuple[records.Fragment, ...]:
    if now is None:
        raise BadReview(say("Send the fragments of the span that is missing."))
    return now.fragments


def _proposed_relation(
    row: AnnotationSet, scheme: Scheme, unit: Relation, raw: Any
) -> dict[str, Any]:
    given = known(raw, {"type", "from", "to", "attributes"})
    kind = scheme.relation(str(given.get("type", unit.type)))
    ends = {
        "from": str(given.get("from", unit.source.uuid)),
        "to": str(given.get("to", unit.target.uuid)),
    }
    spans, _relations = annotation.units(row)
    by_id = {str(each.id): each for each in spans}
    if not all(each in by_id for each in ends.values()):
        raise BadReview(say("The proposed link joins a span that is not in this set."))
    units.check_relation(kind, by_id[ends["from"]], by_id[ends["to"]], ())
    change = given.get("attributes", unit.attributes)
    labels = {key: each.label for key, each in by_id.items()}
    return {
        "type": kind.name,
        **ends,
        "attributes": units.attributes(kind.attributes, {}, change, labels),
    }


def _labels(row: AnnotationSet, attributes: Any, given: Any) -> dict[str, str]:
    referred = units.references(attributes, given)
    found = Span.objects.filter(annotation_set=row, uuid__in=referred).live()
    return {str(uuid): label for uuid, label in found.values_list("uuid", "label")}


def _log(by: Actor, row: AnnotationSet, made: Review) -> None:
    revision.record(
        by=by.person,
        at=made.created_at,
        project=row.article.project,
        subject=Subject.REVIEW,
        subject_id=made.uuid,
        action=made.verdict,
        payload={
            "annotation_set": str(row.uuid),
            "span": str(made.span.uuid) if made.span else None,
            "relation": str(made.relation.uuid) if made.relation else None,
            "rev": made.rev,
            "reason": made.reason,
            "comment": made.comment,
            "proposal": made.proposal,
        },
    )
