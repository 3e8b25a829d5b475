"""Comments: said once, never changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..errors import Invalid, UnknownUnit
from ..models import AnnotationSet, Comment, Relation, Span
from ..queries.access import Actor
from ..rules.permissions import Act
from ..rules.wording import text
from ..vocabulary import Subject
from ..words import say
from . import access, repeat, revision

LONGEST = 10_000


def add(
    *,
    by: Actor,
    uuid: UUID,
    said: str,
    span: UUID | None = None,
    relation: UUID | None = None,
    key: UUID | None = None,
    now: datetime | None = None,
) -> Comment:
    """Say something on a set, or on a span or relation of it; once per key, where one is given."""
    if span and relation:
        raise Invalid(say("A comment is on a span or on a relation, not on both."))
    checked = text("text", said, longest=LONGEST, needed=True)
    digest = revision.digest({"comment": [checked, span, relation]})
    at = now or timezone.now()
    with transaction.atomic():
        row = access.annotation_set(Act.COMMENT, by=by, uuid=uuid, lock=True)
        known = repeat.known(row, by, key, digest)
        if known is not None:
            return Comment.objects.get(uuid=known["comment"])
        made = write(
            by=by,
            row=row,
            said=checked,
            at=at,
            span=find_span(row, span),
            relation=find_relation(row, relation),
        )
        repeat.keep(row, by, key, digest=digest, answer={"comment": str(made.uuid)}, at=at)
    return made


def write(
    *,
    by: Actor,
    row: AnnotationSet,
    said: str,
    at: datetime,
    span: Span | None = None,
    relation: Relation | None = None,
) -> Comment:
    """Write a checked comment inside the caller's transaction."""
    made = Comment.objects.create(
        annotation_set=row,
        span=span,
        relation=relation,
        author=by.person,
        text=said,
        created_at=at,
    )
    revision.record(
        by=by.person,
        at=at,
        project=row.article.project,
        subject=Subject.COMMENT,
        subject_id=made.uuid,
        action="comment",
        payload={
            "annotation_set": str(row.uuid),
            "span": str(span.uuid) if span else None,
            "relation": str(relation.uuid) if relation else None,
            "text": said,
        },
    )
    return made


def find_span(row: AnnotationSet, uuid: UUID | None) -> Span | None:
    """Return a span of the set by its id, deleted ones included: they may still be talked about."""
    if uuid is None:
        return None
    found = Span.objects.filter(annotation_set=row, uuid=uuid).first()
    if found is None:
        raise UnknownUnit(say("There is no span {uuid} in this set.", uuid=uuid))
    return found


def find_relation(row: AnnotationSet, uuid: UUID | None) -> Relation | None:
    """Return a relation of the set by its id, deleted ones included."""
    if uuid is None:
        return None
    found = Relation.objects.filter(annotation_set=row, uuid=uuid).first()
    if found is None:
        raise UnknownUnit(say("There is no link {uuid} in this set.", uuid=uuid))
    return found
