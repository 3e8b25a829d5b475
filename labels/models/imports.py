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

    A large one is `queued_at` some moment, its files lie in a folder (`actions.queue`), and a process of its own
    does it: the process that holds it (`held_by`) says with each chunk that it is alive (`beat_at`).
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
    queued_at = models.DateTimeField(null=True, blank=True)
    """Since when it waits to be done beside the requests; None if it was done within one."""
    keeps = models.BooleanField(default=False)
    """The files of the look stay until it is confirmed."""
    held_by = models.CharField(max_length=300, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    """Articles read so far."""
    size = models.PositiveBigIntegerField(default=0)
    """Bytes of the files."""
    read = models.PositiveBigIntegerField(default=0)
    """Bytes of the files that are read."""
    looked_at = models.DateTimeField(null=True, blank=True)
    """When a look that was queued had its report."""
    problem = models.JSONField(default=dict)
    """Why a queued one failed: `code` and `detail`."""
    cancelled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"import {self.uuid}"


class Upload(models.Model):
    """One file of a dry run, kept until the import is confirmed."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
