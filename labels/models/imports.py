"""Imports: a batch of articles that nobody sees until it is published."""

from __future__ import annotations

from django.db import models

from .identifier import uuid7
from .project import Project
from .user import User


class Import(models.Model):
    """One run of an importer, or the look before it (`dry_run`).

    Articles are staged in short transactions; setting `published_at` shows all of them at once. A dry run
    from a page keeps the uploaded bytes in `upload` until it is confirmed or replaced.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="imports")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    format = models.CharField(max_length=50)
    dry_run = models.BooleanField(default=False)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    """When the last chunk came in: an import that stopped half-way is found by it and discarded."""
    published_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"import {self.uuid}"


class Upload(models.Model):
    """One file of a dry run, kept until the import is confirmed."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
