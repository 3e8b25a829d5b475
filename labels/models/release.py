"""Releases: numbered versions of a data set that never change, and the files they are made of."""

from __future__ import annotations

from django.db import models

from .identifier import uuid7
from .project import Project
from .user import User


class Release(models.Model):
    """One release. `files` lists name, media type, size and SHA-256; the bytes are in `FilePart`.

    `digest` is the SHA-256 of the file SHA256SUMS, which has those of all others.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="releases", db_index=False)
    number = models.PositiveIntegerField()
    """1, 2, … within the project."""
    version = models.CharField(max_length=30)
    terms = models.JSONField()
    counts = models.JSONField()
    changes = models.JSONField()
    files = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="release_counted"),
            models.UniqueConstraint(fields=["project", "version"], name="release_once"),
        ]

    def __str__(self) -> str:
        return self.version


class FilePart(models.Model):
    """A piece of a file of a release, compressed (zlib).

    It belongs to whatever has the hash: equal files of several releases are kept once, and what a release that was
    broken off left behind is of use to the next.
    """

    sha256 = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "number"], name="file_part_once")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.number}"
