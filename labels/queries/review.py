"""Verdicts and comments of an annotation set."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from ..models import AnnotationSet, Comment, Review
from ..vocabulary import OffsetUnit
from .prepared import Place, prepared


def reviews(row: AnnotationSet | Place) -> QuerySet[Review]:
    """Return a set's verdicts, oldest first; the last of a unit counts."""
    return (
        Review.objects.filter(annotation_set=row)
        .select_related("annotation_set", "span", "relation", "reviewer")
        .order_by("pk")
    )


_reviews = prepared(lambda: reviews(Place("set")))


def all_reviews(row: AnnotationSet) -> list[Review]:
    """Return them for a page, which shows all."""
    return _reviews(set=row.pk)


def payload(review: Review) -> dict[str, Any]:
    """Return a verdict as clients see it."""
    return {
        "id": str(review.uuid),
        "span": str(review.span.uuid) if review.span else None,
        "relation": str(review.relation.uuid) if review.relation else None,
        "verdict": review.verdict,
        "reason": review.reason,
        "comment": review.comment,
        "proposal": review.proposal,
        "offset_unit": OffsetUnit.CODEPOINT,
        "reviewer": review.by,
        "rev": review.rev,
        "created_at": review.created_at.isoformat(),
    }


NAMED = "mentions__person"


def _unnamed(row: AnnotationSet | Place) -> QuerySet[Comment]:
    found = Comment.objects.filter(annotation_set=row)
    return found.select_related("span", "relation", "author").order_by("pk")


_comments = prepared(lambda: _unnamed(Place("set")))


def comments(row: AnnotationSet) -> QuerySet[Comment]:
    """Return a set's comments, oldest first."""
    return _unnamed(row).prefetch_related(NAMED)


def all_comments(row: AnnotationSet) -> list[Comment]:
    """Return them for a page, which shows all."""
    found = _comments(set=row.pk)
    prefetch_related_objects(found, NAMED)
    return found


def comment_payload(comment: Comment) -> dict[str, Any]:
    """Return a comment as clients see it."""
    return {
        "id": str(comment.uuid),
        "span": str(comment.span.uuid) if comment.span else None,
        "relation": str(comment.relation.uuid) if comment.relation else None,
        "author": comment.author.username,
        "text": comment.text,
        "resolves": comment.resolves,
        "mentions": [each.person.username for each in comment.mentions.all()],
        "created_at": comment.created_at.isoformat(),
    }
