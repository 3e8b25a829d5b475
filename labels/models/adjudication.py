"""Decisions about a gold set. One never changes: another replaces it, or an `undo` takes its whole act back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..vocabulary import Choice
from .annotation import AnnotationSet
from .identifier import uuid7
from .user import User


class Decision(models.Model):
    """What was decided about one unit: a row of `records.Decision`, its parts as JSON, offsets in code points."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    annotation_set = models.ForeignKey(AnnotationSet, models.PROTECT, related_name="decisions")
    act = models.UUIDField()
    """What was decided in one act is taken back in one."""
    choice = models.CharField(max_length=20, choices=Choice.choices)
    about = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    taken = models.UUIDField(null=True, blank=True)
    spans = models.JSONField(default=list)
    links = models.JSONField(default=list)
    replaces = models.JSONField(default=list)
    corrections = models.JSONField(default=dict)
    undoes = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="decision_choice_known"
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.UNDO, undoes__isnull=False)
                | (~Q(choice=Choice.UNDO) & Q(undoes=None)),
                name="decision_undoes_where_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice} by {self.decided_by_id}"
