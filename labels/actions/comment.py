"""Comments: said once, never changed; and how far somebody has read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..errors import Invalid, UnknownUnit
from ..models import AnnotationSet, Comment, Mention, Reading, Relation, Span
from ..queries import conversation
from ..queries.access import Actor
from ..rules.comment import names
from ..rules.permissions import Act
from ..rules.wording import boolean, text
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
    resolves: Any = False,
    key: UUID | None = None,
    now: datetime | None = None,
) -> Comment:
    """Say something on a set, or on a span or relation of it; once per key, where one is given.

    `resolves` closes the thread, and needs no words. Who is named as `@name` and may read it finds it on
    their page.
    """
    if span and relation:
        raise Invalid(say("A comment is on a span or on a relation, not on both."))
    closes = boolean("resolves", resolves)
    checked = text("text", said, longest=LONGEST, needed=not closes)
    digest = revision.digest({"comment": [checked, span, relation, *([True] if closes else [])]})
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
            resolves=closes,
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
    resolves: bool = False,
) -> Comment:
    """Write a checked comment inside the caller's transaction."""
    made = Comment.objects.create(
        annotation_set=row,
        span=span,
        relation=relation,
        author=by.person,
        text=said,
        resolves=resolves,
        created_at=at,
    )
    named = conversation.readers(row, names(said))
    # Whoever speaks has the thread before them.
    _note_reading(by, row, made.pk)
    Mention.objects.bulk_create([Mention(comment=made, person=each) for each in named])
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
            **({"resolves": True} if resolves else {}),
        },
    )
    return made


def read(*, by: Actor, uuid: UUID) -> None:
    """Note that somebody has read the comments of a set, up to the last."""
    row = access.annotation_set(Act.READ_SET, by=by, uuid=uuid)
    keys = Comment.objects.filter(annotation_set=row).order_by("-pk").values_list("pk", flat=True)
    last = keys.first()
    if last is not None:
        _note_reading(by, row, last)


def _note_reading(by: Actor, row: AnnotationSet, upto: int) -> None:
    Reading.objects.update_or_create(person=by.person, annotation_set=row, defaults={"upto": upto})


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
