"""Conversations: the threads of comments that concern somebody, and what of them is unread.

A thread is the comments of one unit of a set, of the set itself, or of an article. Those of a set concern whose it
is, who wrote there and who is named there, as long as they may read the set. Those on an article concern who
labels it, who wrote there and who is named there, as long as they may read them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr

from ..models import (
    AnnotationSet,
    Article,
    Assignment,
    Comment,
    Fragment,
    Membership,
    Mention,
    Reading,
    User,
)
from ..vocabulary import Role, Task
from . import comment
from .access import Actor, concealed_from, for_review

SHOWN = 500
"""Comments, the newest, from which the list of threads is made."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread as its reader finds it: what was said last, and how much is unread."""

    set: UUID | None
    """None where it is about the article."""
    article: UUID
    title: str
    project: str
    own: bool
    whose: str
    """Whose set it is about; empty where it is one's own, nobody's or where it is about the article."""
    span: UUID | None
    quote: str
    author: str
    text: str
    at: datetime
    resolved: bool
    named: bool
    """The reader is named in what is unread."""
    unread: int


def readers(row: AnnotationSet, names: Sequence[str]) -> list[User]:
    """Return those of these people who may read a set: whose it is, its reviewers, and the managers."""
    if not names:
        return []
    there = Membership.objects.filter(
        person=OuterRef("pk"), project=row.article.project_id, left_at=None
    )
    held = for_review().filter(article=row.article_id, person=OuterRef("pk"))
    may = Q(pk=row.annotator_id) | Exists(there.filter(role=Role.MANAGER)) | Exists(held)
    found = User.objects.filter(may, Exists(there), username__in=names, is_active=True)
    return list(found.order_by("pk"))


def unread(by: Actor) -> int:
    """Return how many comments somebody has not read."""
    return sum(
        found.exclude(author=by.person).filter(pk__gt=F("upto")).count()
        for found in (_concerning(by), _on_articles(by))
    )


def threads(by: Actor) -> list[Thread]:
    """Return the threads that concern somebody: unread ones first, then the newest."""
    of_sets = _concerning(by).select_related(
        "annotation_set__article__project", "annotation_set__annotator", "span", "author"
    )
    on_articles = _on_articles(by).select_related("article__project", "author")
    named = Mention.objects.filter(comment=OuterRef("pk"), person=by.person)
    newest = [
        each
        for rows in (of_sets, on_articles)
        for each in rows.annotate(names_me=Exists(named)).order_by("-pk")[:SHOWN]
    ]
    grouped: dict[tuple[int | None, ...], list[Comment]] = {}
    for each in newest:
        key = (each.article_id, each.annotation_set_id, each.span_id, each.relation_id)
        grouped.setdefault(key, []).append(each)
    quotes = _quotes([each[0].span_id for each in grouped.values()])
    found = [_thread(comments, by, quotes) for comments in grouped.values()]
    return sorted(found, key=lambda each: (not each.unread, -each.at.timestamp()))


def _thread(comments: list[Comment], by: Actor, quotes: Mapping[int | None, str]) -> Thread:
    last = comments[0]
    row, article = last.annotation_set, _article(last)
    fresh = [
        each for each in comments if each.author_id != by.person.pk and each.pk > vars(each)["upto"]
    ]
    whose = row.annotator if row and row.annotator_id != by.person.pk else None
    return Thread(
        set=row.uuid if row else None,
        article=article.uuid,
        title=article.title,
        project=article.project.name,
        own=row is not None and row.annotator_id == by.person.pk,
        whose=whose.name if whose else "",
        span=last.span.uuid if last.span else None,
        quote=quotes.get(last.span_id, ""),
        author=last.author.name,
        text=last.text,
        at=last.created_at,
        resolved=last.resolves,
        named=any(vars(each)["names_me"] for each in fresh),
        unread=len(fresh),
    )


def _article(said: Comment) -> Article:
    found = said.annotation_set.article if said.annotation_set else said.article
    if found is None:  # pragma: no cover - a constraint forbids it
        raise AssertionError(said.pk)
    return found


def _quotes(spans: Sequence[int | None]) -> dict[int | None, str]:
    """Return the words of spans by their keys, cut out by the database: texts are long."""
    length = F("end") - F("start")
    words = Substr("span__annotation_set__article__text", F("start") + 1, length)
    rows = Fragment.objects.filter(span__in=[each for each in spans if each]).annotate(words=words)
    found: dict[int | None, list[str]] = defaultdict(list)
    for span, quote in rows.order_by("span", "start").values_list("span", "words"):
        found[span].append(quote)
    return {span: " … ".join(parts) for span, parts in found.items()}


def _concerning(by: Actor) -> QuerySet[Comment]:
    """Return the comments that concern somebody, with how far they have read (`upto`)."""
    me = by.person
    held = for_review().filter(article=OuterRef("article"), person=me)
    managing = Q(article__project__memberships__role=Role.MANAGER)
    # In one call: in two, the role could be another member's.
    readable = AnnotationSet.objects.filter(
        Q(annotator=me) | managing | Exists(held),
        ~concealed_from(by),
        article__project__memberships__person=me,
        article__project__memberships__left_at=None,
        article__project__archived_at=None,
        article__deleted_at=None,
    )
    if by.project_id:
        readable = readable.filter(article__project=by.project_id)
    mine = Comment.objects.filter(author=me, annotation_set=OuterRef("annotation_set"))
    named = Mention.objects.filter(person=me, comment__annotation_set=OuterRef("annotation_set"))
    concerns = Q(annotation_set__annotator=me) | Exists(mine) | Exists(named)
    reading = Reading.objects.filter(person=me, annotation_set=OuterRef("annotation_set"))
    return Comment.objects.filter(concerns, annotation_set__in=readable).annotate(
        upto=Coalesce(Subquery(reading.values("upto")[:1]), 0)
    )


def _on_articles(by: Actor) -> QuerySet[Comment]:
    """Return the comments on articles that concern somebody, with how far they have read (`upto`)."""
    me = by.person
    held = Assignment.objects.filter(article=OuterRef("article"), person=me, withdrawn_at=None)
    there = Membership.objects.filter(person=me, project=OuterRef("article__project"), left_at=None)
    mine = Comment.objects.filter(author=me, article=OuterRef("article"))
    named = Mention.objects.filter(person=me, comment__article=OuterRef("article"))
    reading = Reading.objects.filter(person=me, article=OuterRef("article"))
    found = Comment.objects.filter(
        article__isnull=False, article__deleted_at=None, article__project__archived_at=None
    )
    if by.project_id:
        found = found.filter(article__project=by.project_id)
    return (
        found.annotate(me=Value(me.pk))
        .filter(
            Exists(held.filter(role=Task.ANNOTATE)) | Exists(mine) | Exists(named),
            Exists(there.filter(role=Role.MANAGER)) | (Exists(there) & Exists(held)),
            comment.shown(),
        )
        .annotate(upto=Coalesce(Subquery(reading.values("upto")[:1]), 0))
    )
