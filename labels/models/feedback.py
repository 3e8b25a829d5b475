"""What annotators say to a correction of theirs: once, and it stays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .adjudication import Decision
from .identifier import uuid7
from .review import Review
from .user import User


class Answer(models.Model):
    """An answer to a review or to a decision."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="answers", db_index=False)
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="answers", db_index=False
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="answers", db_index=False
    )
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None) ^ Q(decision=None), name="answer_to_one_correction"
            ),
            models.UniqueConstraint(fields=["review", "person"], name="answer_to_review_once"),
            models.UniqueConstraint(fields=["decision", "person"], name="answer_to_decision_once"),
        ]

    def __str__(self) -> str:
        return self.text[:50]
