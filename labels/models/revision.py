"""The append-only log: who did what to which object, before and after.

Triggers refuse UPDATE and DELETE. The revisions of one annotation set form a chain: each hashes the one
before it and its payload's digest, not the payload, so that a legal erasure can blank a payload and the
chain still verifies.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..vocabulary import Subject
from .annotation import AnnotationSet
from .project import Project
from .user import User


class Revision(models.Model):
    """One line of the log. In a set's chain, `version` is the set's version after it."""

    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="revisions", db_index=False
    )
    """None for what concerns the whole instance, such as a new person."""
    subject = models.CharField(max_length=20, choices=Subject.choices)
    subject_id = models.CharField(max_length=100)
    action = models.CharField(max_length=50)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    annotation_set = models.ForeignKey(
        AnnotationSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        db_index=False,
    )
    version = models.PositiveIntegerField(null=True, blank=True)
    payload = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    """SHA-256 of the payload as canonical JSON."""
    previous = models.CharField(max_length=64, blank=True)
    chain = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            # Serves the history of a set and keeps its chain from forking.
            models.UniqueConstraint(
                fields=["annotation_set", "version"],
                condition=Q(annotation_set__isnull=False),
                name="revision_of_set",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="revision_feed")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject} {self.subject_id}"


class IdempotencyKey(models.Model):
    """The stored answer to one request of a person on a set, so that a repeat gets the same answer."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    annotation_set = models.ForeignKey(
        AnnotationSet, models.PROTECT, related_name="+", db_index=False
    )
    key = models.UUIDField()
    request_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["annotation_set", "person", "key"], name="idempotency_key_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
