"""The texts of an article, oldest first, and what was done about somebody's marks on the way to a newer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Count, Q, QuerySet

from ..models import (
    AnnotationSet,
    Article,
    Assignment,
    Comment,
    Membership,
    Relation,
    Review,
    Revision,
    Span,
)
from ..text.diff import Diff, diff
from ..vocabulary import Carried, Kind, Role, Task
from . import article as articles
from .access import Actor

CARRY, SETTLE, TAKE_BACK = "carry_over", "settle", "take_carrying_back"
"""The actions of the revisions that carrying over leaves in a set's chain."""

_CHAIN = """
WITH RECURSIVE older(id, supersedes_id) AS (
  SELECT id, supersedes_id FROM labels_article WHERE id = %s
  UNION ALL SELECT a.id, a.supersedes_id FROM labels_article a JOIN older o ON a.id = o.supersedes_id
), newer(id) AS (
  SELECT CAST(%s AS BIGINT)
  UNION ALL SELECT a.id FROM labels_article a JOIN newer n ON a.supersedes_id = n.id WHERE a.deleted_at IS NULL
) SELECT id FROM older UNION SELECT id FROM newer
"""


def versions(article: Article) -> list[Article]:
    """Return the live texts of an article, itself among them, oldest first and without their words."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, [article.pk, article.pk])
        keys = [key for (key,) in cursor.fetchall()]
    found = Article.objects.live().filter(pk__in=keys).defer("text")
    return list(found.order_by("version", "pk"))


def older_annotators(article: Article) -> list[str]:
    """Return the members who labelled an older text of an article and do not have it to label."""
    before = [each.pk for each in versions(article) if each.version < article.version]
    held = Assignment.objects.filter(article=article, role=Task.ANNOTATE, withdrawn_at=None)
    members = Membership.objects.filter(project=article.project_id, left_at=None)
    own = AnnotationSet.objects.filter(article__in=before, kind=Kind.OWN)
    found = own.filter(annotator__in=members.values("person"))
    names = found.exclude(annotator__in=held.values("person"))
    return list(
        names.order_by("annotator__username")
        .values_list("annotator__username", flat=True)
        .distinct()
    )


def readable(article: Article, by: Actor, role: Role) -> list[Article]:
    """Return those of an article's texts that the actor may read, oldest first."""
    keys = [each.pk for each in versions(article)]
    return list(
        articles.visible(article.project, by, role).filter(pk__in=keys).order_by("version", "pk")
    )


def newer(article: Article) -> UUID | None:
    """Return the text that follows an article, if there is one."""
    found = Article.objects.live().filter(supersedes=article)
    return found.values_list("uuid", flat=True).first()


def older_sets(person: int, article: Article) -> list[AnnotationSet]:
    """Return somebody's own sets of an article's older texts, the newest text first, the last look of each."""
    before = [each.pk for each in versions(article) if each.version < article.version]
    rows = AnnotationSet.objects.filter(
        article__in=before, annotator=person, kind=Kind.OWN, concealed_at=None
    )
    latest: dict[int, AnnotationSet] = {}
    for row in rows.select_related("article").order_by("-article__version", "-round"):
        latest.setdefault(row.article_id, row)
    return list(latest.values())


def staying(older: Iterable[Article]) -> dict[str, int]:
    """Count what stays with older texts of an article: gold and imported sets, comments and reviews."""
    before = [each.pk for each in older]
    sets = AnnotationSet.objects.filter(article__in=before)
    counts = sets.aggregate(
        gold=Count("pk", Q(kind=Kind.GOLD)), imported=Count("pk", Q(kind=Kind.IMPORTED))
    )
    of_set = Q(annotation_set__article__in=before)
    said = Comment.objects.filter(of_set | Q(article__in=before))
    counts["comments"] = said.count()
    counts["reviews"] = Review.objects.filter(of_set).count()
    return {name: int(count) for name, count in counts.items()}


def compared(older: Article, article: Article) -> Diff:
    """Return what two texts of an article have in common."""
    return diff(older.text, article.text)


def carried_id(target: AnnotationSet, unit: UUID) -> UUID:
    """Return what a unit of an older set is called in the newer: always the same."""
    return uuid5(target.uuid, unit.hex)


def living(target: AnnotationSet) -> frozenset[UUID]:
    """Return the ids of a set's spans and links that are not deleted."""
    spans = Span.objects.filter(annotation_set=target).live().values_list("uuid", flat=True)
    links = Relation.objects.filter(annotation_set=target).live().values_list("uuid", flat=True)
    return frozenset([*spans, *links])


def lines(target: AnnotationSet, actions: tuple[str, ...]) -> QuerySet[Revision]:
    """Return the revisions of a set that are of some kinds, oldest first."""
    return Revision.objects.filter(annotation_set=target, action__in=actions).order_by("version")


def told(target: AnnotationSet) -> dict[UUID, tuple[Carried | None, str]]:
    """Return what was said of spans that do not come along, the last word of each; taking back unsays all."""
    found: dict[UUID, tuple[Carried | None, str]] = {}
    said_of = lines(target, (SETTLE, TAKE_BACK)).values_list("action", "payload")
    for action, payload in said_of:
        if action == TAKE_BACK:
            found.clear()
            continue
        said = payload["operation"]
        outcome = Carried(said["outcome"]) if said["outcome"] else None
        found[UUID(said["span"])] = (outcome, said["reason"])
    return found


def brought(target: AnnotationSet) -> Iterator[int]:
    """Yield the versions of a set that carrying over has made."""
    for version, payload in lines(target, (CARRY, SETTLE)).values_list("version", "payload"):
        if version is not None:
            yield from range(version - payload["operation"]["steps"], version)
