"""Assignments: which article a person is to label or to review."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..vocabulary import Task
from .article import Article
from .user import User


class Assignment(models.Model):
    """An article handed to a person. Taking it back sets `withdrawn_at`; the work done stays."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="assignments", db_index=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="assignments", db_index=False)
    role = models.CharField(max_length=20, choices=Task.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person", "role"],
                condition=Q(withdrawn_at=None),
                name="assignment_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Task.values), name="assignment_role_known"),
        ]
        indexes = [
            models.Index(
                fields=["person", "role", "article"],
                condition=Q(withdrawn_at=None),
                name="assignment_queue",
            ),
            models.Index(fields=["article"], name="assignment_article"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.article_id} for {self.person_id}"
