"""Comments on an annotation set, or on a span or relation of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .annotation import AnnotationSet, Relation, Span
from .identifier import uuid7
from .user import User


class Comment(models.Model):
    """A remark; never edited, never deleted."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    annotation_set = models.ForeignKey(AnnotationSet, models.PROTECT, related_name="comments")
    span = models.ForeignKey(
        Span, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(span=None) | Q(relation=None), name="comment_on_one_unit"
            )
        ]

    def __str__(self) -> str:
        return self.text[:50]
