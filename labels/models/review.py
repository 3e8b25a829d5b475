"""Reviews: a reviewer's verdict on a unit at one revision. A change of mind is a new row; the latest counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..vocabulary import Verdict
from .annotation import AnnotationSet, Relation, Span
from .identifier import uuid7
from .user import User


class Review(models.Model):
    """A verdict. `fix` and `missing` carry the proposed unit; the annotator takes it, nobody else writes."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    annotation_set = models.ForeignKey(AnnotationSet, models.PROTECT, related_name="reviews")
    span = models.ForeignKey(
        Span, models.PROTECT, null=True, blank=True, related_name="reviews", db_index=False
    )
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="reviews", db_index=False
    )
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="reviews", db_index=False
    )
    reviewer_name = models.CharField(max_length=150, blank=True)
    """The name that a file gave: an imported verdict is nobody's account's."""
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason = models.CharField(max_length=200, blank=True)
    comment = models.TextField(blank=True)
    proposal = models.JSONField(null=True, blank=True)
    rev = models.PositiveIntegerField()
    """The unit's `rev` that was judged; the set's version for `missing`."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.MISSING, span=None, relation=None)
                | (~Q(verdict=Verdict.MISSING) & (Q(span=None) ^ Q(relation=None))),
                name="review_of_one_unit",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="review_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=False) ^ ~Q(reviewer_name=""),
                name="review_has_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.ACCEPT, Verdict.REJECT], proposal=None)
                | Q(verdict__in=[Verdict.FIX, Verdict.MISSING], proposal__isnull=False),
                name="review_proposal_where_due",
            ),
        ]
        indexes = [
            models.Index(fields=["span"], condition=Q(span__isnull=False), name="review_span"),
            models.Index(
                fields=["relation"], condition=Q(relation__isnull=False), name="review_relation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.by}"

    @property
    def by(self) -> str:
        """Whose verdict it is, by account name or by the name an import brought."""
        return self.reviewer.username if self.reviewer else self.reviewer_name
