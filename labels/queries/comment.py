"""Comments on an article: who is told of them, and who reads which.

They are for all who work on it. Who labels an article does not read there what others who label it say: it could
colour their marks, and where names are hidden it would give them away.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ..models import AnnotationSet, Article, Assignment, Comment, Membership, User
from ..vocabulary import Kind, Role, Task
from .access import Actor, for_review
from .prepared import Place, prepared


def of_article(by: Actor, article: Article, *, all_of_them: bool) -> QuerySet[Comment]:
    """Return the comments on an article that somebody reads, oldest first."""
    found = Comment.objects.filter(article=article)
    if not all_of_them:
        found = found.filter(_open_to(by.person))
    together = found.select_related("span", "relation", "author")
    return together.prefetch_related("mentions__person").order_by("pk")


def _open_to(person: User | Place) -> Q:
    return Q(author=person) | ~_labels(OuterRef("author"))


def _counted(*those: Q) -> QuerySet[Comment, int]:
    found = Comment.objects.filter(*those, article=Place("article"))
    return found.values("article").annotate(n=Count("pk")).values_list("n", flat=True)


_all_of_them = prepared(_counted)
_those_open = prepared(lambda: _counted(_open_to(Place("person"))))


def count(by: Actor, article: Article, *, all_of_them: bool) -> int:
    """Return how many comments on an article somebody reads."""
    look_up = _all_of_them if all_of_them else _those_open
    return sum(look_up(article=article.pk, person=by.person.pk))


def shown() -> Q:
    """Return which comments on articles an actor reads, of all articles that they may read: `me` is their key."""
    there = Membership.objects.filter(
        person=OuterRef("me"), project=OuterRef("article__project"), left_at=None
    )
    held = for_review().filter(article=OuterRef("article"), person=OuterRef("me"))
    judges = Exists(there.filter(role=Role.REVIEWER)) | Q(article__project__peer_review=True)
    all_of_them = Exists(there.filter(role=Role.MANAGER)) | (Exists(held) & judges)
    return Q(author=F("me")) | ~_labels(OuterRef("author")) | all_of_them


def readers(article: Article, author: User, names: Sequence[str]) -> list[User]:
    """Return those of these people who may read what an author says on an article."""
    if not names:
        return []
    project = article.project
    there = Membership.objects.filter(person=OuterRef("pk"), project=project, left_at=None)
    held = Assignment.objects.filter(article=article, person=OuterRef("pk"), withdrawn_at=None)
    judges = there if project.peer_review else there.filter(role=Role.REVIEWER)
    may = Q(Exists(there.filter(role=Role.MANAGER)))
    may |= Q(Exists(for_review().filter(article=article, person=OuterRef("pk"))), Exists(judges))
    if not User.objects.filter(_labels(OuterRef("pk"), article), pk=author.pk).exists():
        may |= Q(Exists(held))
    found = User.objects.filter(may, Exists(there), username__in=names, is_active=True)
    return list(found.order_by("pk"))


def _labels(person: OuterRef, article: Article | OuterRef | None = None) -> Q:
    """Return whether somebody labels an article: has it to label, or has begun to."""
    what = article or OuterRef("article")
    own = AnnotationSet.objects.filter(article=what, annotator=person, kind=Kind.OWN)
    held = Assignment.objects.filter(
        article=what, person=person, role=Task.ANNOTATE, withdrawn_at=None
    )
    return Q(Exists(own)) | Q(Exists(held))
