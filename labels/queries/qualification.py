"""The qualification round: its articles, their gold, who takes part, and what they have handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from .. import records
from ..models import AnnotationSet, Article, Membership, Project, Trial, User
from ..vocabulary import Kind, State
from .access import SUBMITTED
from .units import units_of

GOLD = Q(kind=Kind.GOLD) | Q(kind=Kind.IMPORTED, file_kind=Kind.GOLD)
"""A gold set that was settled here, or one that a file brought."""


def trials(project: Project) -> QuerySet[Trial]:
    """Return the articles of the round, oldest first."""
    found = Trial.objects.filter(
        article__project=project, article__deleted_at=None, withdrawn_at=None
    )
    return found.select_related("article").defer("article__text").order_by("pk")


def with_gold(project: Project) -> QuerySet[Article]:
    """Return the articles that the round may have: those whose gold set is finished."""
    gold = AnnotationSet.objects.filter(GOLD, article=OuterRef("pk"), state__in=SUBMITTED)
    return Article.objects.live().filter(Exists(gold), project=project).defer("text").order_by("pk")


def trial_of(article: Article) -> Trial | None:
    """Return an article's place in the round, if it is in it."""
    return Trial.objects.filter(article=article, withdrawn_at=None).first()


def on_trial(person: User, project: int) -> bool:
    """Whether somebody has yet to pass the round of a project."""
    return Membership.objects.filter(
        project=project,
        person=person,
        left_at=None,
        trial_at__isnull=False,
        qualified_at=None,
    ).exists()


def taking_part(project: Project) -> QuerySet[Membership]:
    """Return who has the round before them, or behind them, in order of joining."""
    found = Membership.objects.filter(project=project, left_at=None, trial_at__isnull=False)
    return found.select_related("person", "qualified_by").order_by("pk")


@dataclass(slots=True)
class Pair:
    """Somebody's set of an article of the round, and its gold."""

    article: Article
    own: records.AnnotationSet
    gold: records.AnnotationSet


@dataclass(slots=True)
class Papers:
    """What was handed in, by a person's key."""

    pairs: dict[int, list[Pair]] = field(default_factory=dict)

    def of(self, person: User) -> list[Pair]:
        """Return what somebody has handed in."""
        return self.pairs.get(person.pk, [])


def papers(project: Project, people: Collection[int], rows: Iterable[Trial]) -> Papers:
    """Return what people have handed in of the round's articles, with gold, in four queries for any number."""
    listed = list(rows)
    gold = _golds([each.article_id for each in listed])
    own = AnnotationSet.objects.filter(
        trial__in=listed, annotator__in=people, state__in=SUBMITTED, article__project=project
    ).select_related("article", "annotator", "scheme")
    sets = [each for each in own.order_by("article", "pk") if each.article_id in gold]
    spans, relations = units_of([*(each.pk for each in sets), *(each.pk for each in gold.values())])
    found = Papers()
    for each in sets:
        both = [
            _record(row, spans[row.pk], relations[row.pk]) for row in (each, gold[each.article_id])
        ]
        found.pairs.setdefault(each.annotator_id or 0, []).append(Pair(each.article, *both))
    return found


def _golds(articles: Collection[int]) -> dict[int, AnnotationSet]:
    """Return the finished gold set of each article: that of a file only where there is no other."""
    rows = AnnotationSet.objects.filter(GOLD, article__in=articles, state__in=SUBMITTED)
    ordered = sorted(rows.select_related("scheme"), key=lambda each: each.kind == Kind.GOLD)
    return {each.article_id: each for each in ordered}


def _record(
    row: AnnotationSet, spans: Sequence[records.Span], relations: list[records.Relation]
) -> records.AnnotationSet:
    return records.AnnotationSet(
        id=row.uuid,
        annotator="",
        kind=Kind(row.kind),
        round=row.round,
        state=State(row.state),
        version=row.version,
        scheme_version=row.scheme.version,
        spans=spans,
        relations=relations,
    )


def known(project: Project, uuids: Collection[UUID]) -> dict[UUID, Article]:
    """Return those of these articles that the round may have, by id."""
    return {each.uuid: each for each in with_gold(project).filter(uuid__in=uuids)}
