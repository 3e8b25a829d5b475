"""Annotation schemes. One row is one version, and a version never changes (a trigger sees to it)."""

from __future__ import annotations

from django.db import models

from .project import Project
from .user import User


class Scheme(models.Model):
    """One version of a project's scheme: labels, attributes, relations and guideline as JSON."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="schemes", db_index=False)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=150)
    definition = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="scheme_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"
