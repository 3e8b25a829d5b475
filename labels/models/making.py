"""Releases in the making: asked for, and made beside the requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .identifier import uuid7
from .project import Project
from .release import Release
from .user import User


class Making(models.Model):
    """One release that is to be made. The process that makes it holds it, and keeps saying that it lives."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="makings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    version = models.CharField(max_length=30, blank=True)
    """What was asked for; empty where it is counted on."""
    terms = models.JSONField()
    queued_at = models.DateTimeField()
    held_by = models.CharField(max_length=300, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    part = models.CharField(max_length=20, blank=True)
    """What is being done: “splits”, “tables”, “agreement” or “files”."""
    done = models.PositiveIntegerField(default=0)
    """Articles of that part."""
    total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    problem = models.JSONField(default=dict)
    """Why it failed: `code` and `detail`."""
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(made_at=None, failed_at=None, cancelled_at=None),
                name="making_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"making {self.uuid}"
