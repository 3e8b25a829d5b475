"""What was said of somebody's work in a project: verdicts, finished gold sets, and the answers to both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from ..models import AnnotationSet, Answer, Comment, Project, Review, Revision, User
from ..vocabulary import Kind, State, Verdict
from .access import SUBMITTED

CORRECTING = (Verdict.FIX, Verdict.REJECT, Verdict.MISSING)


def reviews(person: User, project: Project) -> list[Review]:
    """Return the verdicts that correct, newest first; of several on one unit at one revision the last counts."""
    rows = Review.objects.filter(
        annotation_set__annotator=person,
        annotation_set__kind=Kind.OWN,
        annotation_set__concealed_at=None,
        annotation_set__article__project=project,
        annotation_set__article__deleted_at=None,
    ).select_related("annotation_set__article", "span", "relation__source", "relation__target")
    last: dict[object, Review] = {}
    for row in rows.prefetch_related("span__fragments", "relation__source__fragments").order_by(
        "pk"
    ):
        unit = (row.span_id, row.relation_id, row.rev) if row.verdict != Verdict.MISSING else row.pk
        last[unit] = row
    return [each for each in reversed(last.values()) if each.verdict in CORRECTING]


def judged(rows: Sequence[Review]) -> dict[int, dict[str, Any]]:
    """Return by review the spans that have changed since, as they were judged: what the next change found."""
    stale = [row for row in rows if row.span and row.span.rev > row.rev]
    lines = Revision.objects.filter(
        annotation_set__in={row.annotation_set_id for row in stale},
        payload__before__id__in=[str(row.span.uuid) for row in stale if row.span],
    ).order_by("version")
    changes = list(lines.values_list("annotation_set_id", "version", "payload")) if stale else []
    found: dict[int, dict[str, Any]] = {}
    for row in stale:
        mine = (row.annotation_set_id, str(row.span.uuid) if row.span else "")
        for own, version, payload in changes:
            if (own, payload["before"]["id"]) == mine and (version or 0) > row.rev:
                found.setdefault(row.pk, payload["before"])
    return found


def finished(person: User, project: Project) -> list[tuple[AnnotationSet, AnnotationSet]]:
    """Return one's own first set, once it was handed in, and the finished gold set of each article that has both.

    Without hidden gold: nobody is told that an article had its gold set before they began.
    """
    gold = AnnotationSet.objects.filter(
        kind=Kind.GOLD,
        state=State.APPROVED,
        article__project=project,
        article__deleted_at=None,
        article__annotation_sets__annotator=person,
    )
    by_article = {
        each.article_id: each for each in gold.select_related("article", "scheme").distinct()
    }
    own = AnnotationSet.objects.filter(
        article__in=by_article,
        annotator=person,
        kind=Kind.OWN,
        round=1,
        concealed_at=None,
        state__in=(*SUBMITTED, State.RETURNED),
    )
    first = {each.article_id: each for each in own}
    done = {key: each.submitted_at or each.updated_at for key, each in by_article.items()}
    told = [key for key in sorted(first) if first[key].created_at <= done[key]]
    return [(first[key], by_article[key]) for key in told]


@dataclass(frozen=True, slots=True)
class Hidden:
    """How near somebody came to hidden gold, over so many articles."""

    username: str
    articles: int
    units: int
    matched: int

    @property
    def percent(self) -> int:
        """F1 of spans of one label that share words; where there is nothing to mark and nothing is marked, all."""
        return 200 * self.matched // self.units if self.units else 100


def hidden(project: Project) -> list[Hidden]:
    """Return who has handed in what was begun after the article's gold set was finished; it was counted then."""
    rows = AnnotationSet.objects.filter(
        gold_units__isnull=False,
        state__in=(State.SUBMITTED, State.APPROVED),
        article__project=project,
        article__deleted_at=None,
    )
    counts = Count("pk"), Sum("gold_units"), Sum("gold_matched")
    each = rows.order_by("annotator").values_list("annotator__username", *counts)
    return [Hidden(*line) for line in each]


def answers(person: User, project: Project) -> list[Answer]:
    """Return what somebody has answered to corrections in a project."""
    rows = Answer.objects.filter(person=person).select_related("review", "decision")
    of_review = rows.filter(review__annotation_set__article__project=project)
    of_decision = rows.filter(decision__annotation_set__article__project=project)
    return [*of_review, *of_decision]


def replies(person: User, project: Project, rows: Sequence[Review]) -> dict[UUID, str]:
    """Return by verdict what somebody said first, after it, of the very span or link: on the label page."""
    comments = Comment.objects.filter(author=person, annotation_set__article__project=project)
    said = comments.exclude(text="").exclude(span=None, relation=None).order_by("pk")
    by_unit: dict[object, list[tuple[datetime, str]]] = defaultdict(list)
    for span, relation, at, text in said.values_list("span", "relation", "created_at", "text"):
        by_unit[span, relation].append((at, text))
    found: dict[UUID, str] = {}
    for row in rows:
        later = (text for at, text in by_unit[row.span_id, row.relation_id] if at >= row.created_at)
        if text := next(later, ""):
            found[row.uuid] = text
    return found
