"""Articles for lists, for the label page and for clients."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from .. import records
from ..models import AnnotationSet, Article, Assignment, Project
from ..vocabulary import Role, State
from .access import Actor

UNTOUCHED = "untouched"
URN = "urn:uuid:"
METADATA = ("external_id", "language", "publisher", "byline", "url", "published_at", "extra")


def payload(article: Article | records.Article, *, text: bool = True) -> dict[str, Any]:
    """Return an article as clients see it; lists leave the text out."""
    uuid = article.uuid if isinstance(article, Article) else article.id
    whole = {
        "id": str(uuid),
        "external_id": article.external_id,
        "title": article.title,
        "text": article.text if text else "",
        "text_sha256": article.text_sha256,
        "length": article.length,
        "language": article.language,
        "publisher": article.publisher,
        "byline": article.byline,
        "url": article.url,
        "published_at": article.published_at,
        "extra": article.extra,
        "version": article.version,
    }
    if not text:
        del whole["text"]
    return whole


def whole(article: Article) -> dict[str, Any]:
    """Return one article as clients see it, with the id of the text that it follows."""
    older = None
    if article.supersedes_id is not None:
        older = str(Article.objects.values_list("uuid", flat=True).get(pk=article.supersedes_id))
    return payload(article) | {"supersedes": older}


def by_id(uuids: Collection[UUID]) -> dict[UUID, Article]:
    """Return articles with their texts by id."""
    return {each.uuid: each for each in Article.objects.filter(uuid__in=uuids)}


def text_under(project: Project, source: str) -> str | None:
    """Return the text of the one live article that has this address, own id, id or digest."""
    named = Q(url=source) | Q(external_id=source) | Q(text_sha256=source)
    if source.startswith(URN):
        with suppress(ValueError):
            named |= Q(uuid=UUID(source.removeprefix(URN)))
    found = Article.objects.live().filter(named, project=project).order_by("pk")
    texts = list(found.values_list("text", flat=True)[:2])
    return texts[0] if len(texts) == 1 else None


def visible(project: Project, by: Actor, role: Role) -> QuerySet[Article]:
    """Return the live articles that the actor may read, without their texts, in order of arrival.

    Managers read all; others what is assigned to them.
    """
    found = Article.objects.live().filter(project=project).defer("text").order_by("pk")
    if role == Role.MANAGER:
        return found
    held = Assignment.objects.filter(article=OuterRef("pk"), person=by.person, withdrawn_at=None)
    return found.filter(Exists(held))


def search(found: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Keep the articles whose title, publisher or external id holds every word."""
    for word in words.split()[:10]:
        found = found.filter(
            Q(title__icontains=word) | Q(publisher__icontains=word) | Q(external_id__icontains=word)
        )
    return found


def in_state(found: QuerySet[Article], state: str, seen: Q) -> QuerySet[Article]:
    """Keep the articles with an annotation set in a state; `untouched` keeps those with none.

    `seen` is which sets count: whoever may not read a set does not learn of it by a filter either.
    """
    sets = AnnotationSet.objects.filter(seen, article=OuterRef("pk"))
    if state == UNTOUCHED:
        return found.exclude(Exists(sets))
    if state in State.values:
        return found.filter(Exists(sets.filter(state=state)))
    return found


def assigned_to(found: QuerySet[Article], username: str) -> QuerySet[Article]:
    """Keep the articles that a person holds."""
    held = Assignment.objects.filter(
        article=OuterRef("pk"), person__username=username, withdrawn_at=None
    )
    return found.filter(Exists(held))


def with_work(found: QuerySet[Article], seen: Q) -> QuerySet[Article]:
    """Fetch the sets that are seen and the assignments of each article along, in two queries."""
    sets = AnnotationSet.objects.filter(seen).select_related("annotator").order_by("pk")
    held = Assignment.objects.filter(withdrawn_at=None).select_related("person").order_by("pk")
    return found.prefetch_related(Prefetch("annotation_sets", sets), Prefetch("assignments", held))


def sets_of(article: Article, seen: Q) -> QuerySet[AnnotationSet]:
    """Return those of an article's sets that are seen, with whose they are and their scheme's version."""
    return (
        AnnotationSet.objects.filter(seen, article=article)
        .select_related("annotator", "article", "scheme")
        .defer("article__text", "scheme__definition")
        .order_by("pk")
    )
