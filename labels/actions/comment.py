"""Comments: said once, never changed; and how far somebody has read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..errors import Invalid, UnknownUnit
from ..models import (
    AnnotationSet,
    Article,
    Comment,
    Mention,
    Project,
    Reading,
    Relation,
    Span,
    User,
)
from ..queries import comment as comments
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


def add_on_article(
    *, by: Actor, uuid: UUID, said: str, resolves: Any = False, now: datetime | None = None
) -> Comment:
    """Say something on an article, to all who work on it; `resolves` closes the thread."""
    closes = boolean("resolves", resolves)
    checked = text("text", said, longest=LONGEST, needed=not closes)
    with transaction.atomic():
        article = access.article(Act.COMMENT_ARTICLE, by=by, uuid=uuid)
        # Held, so that its comments are seen in the order of their keys.
        Article.objects.select_for_update(no_key=True).only("pk").get(pk=article.pk)
        made = Comment(article=article, author=by.person, text=checked, resolves=closes)
        made.created_at = now or timezone.now()
        named = comments.readers(article, by.person, names(checked))
        _keep(by, article.project, made, named, {"article": str(article.uuid)})
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
    made = Comment(
        annotation_set=row,
        span=span,
        relation=relation,
        author=by.person,
        text=said,
        resolves=resolves,
        created_at=at,
    )
    about = {
        "annotation_set": str(row.uuid),
        "span": str(span.uuid) if span else None,
        "relation": str(relation.uuid) if relation else None,
    }
    _keep(by, row.article.project, made, conversation.readers(row, names(said)), about)
    return made


def _keep(
    by: Actor, project: Project, made: Comment, named: list[User], about: dict[str, str | None]
) -> None:
    made.save(force_insert=True)
    # Whoever speaks has the thread before them.
    _note_reading(by, made)
    Mention.objects.bulk_create([Mention(comment=made, person=each) for each in named])
    closing = {"resolves": True} if made.resolves else {}
    revision.record(
        by=by.person,
        at=made.created_at,
        project=project,
        subject=Subject.COMMENT,
        subject_id=made.uuid,
        action="comment",
        payload={**about, "text": made.text, **closing},
    )


def read(*, by: Actor, uuid: UUID) -> None:
    """Note that somebody has read the comments of a set, up to the last."""
    row = access.annotation_set(Act.READ_SET, by=by, uuid=uuid)
    _note_last(by, Comment.objects.filter(annotation_set=row))


def read_on_article(*, by: Actor, uuid: UUID) -> None:
    """Note that somebody has read the comments on an article, up to the last."""
    article = access.article(Act.READ_ARTICLE, by=by, uuid=uuid)
    _note_last(by, Comment.objects.filter(article=article))


def _note_last(by: Actor, said: QuerySet[Comment]) -> None:
    last = (
        said.select_related("annotation_set", "article")
        .defer("article__text")
        .order_by("-pk")
        .first()
    )
    if last is not None:
        _note_reading(by, last)


def _note_reading(by: Actor, last: Comment) -> None:
    Reading.objects.update_or_create(
        person=by.person,
        annotation_set=last.annotation_set,
        article=last.article,
        defaults={"upto": last.pk},
    )


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
