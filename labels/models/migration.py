"""Migrations of a scheme: how a project went from one version to the next together with what is labelled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .identifier import uuid7
from .project import Project
from .scheme import Scheme
from .user import User


class Migration(models.Model):
    """One migration. Sets are carried along in order of their keys, up to `cursor`, until it is finished."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="migrations", db_index=False)
    before = models.ForeignKey(Scheme, models.PROTECT, related_name="+", db_index=False)
    after = models.OneToOneField(Scheme, models.PROTECT, related_name="migration")
    what = models.JSONField()
    """What was asked for, as `rules.migration` reads it."""
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    total = models.PositiveIntegerField()
    """Sets there were to carry along."""
    done = models.PositiveIntegerField(default=0)
    spans = models.PositiveIntegerField(default=0)
    """Spans that were changed, deleted ones too."""
    relations = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=list)
    """The first sets that stay at their version, by id: not all that they say has a place in the new one."""
    left_count = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(finished_at=None), name="migration_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="migration_list")]

    def __str__(self) -> str:
        return f"migration {self.uuid}"
