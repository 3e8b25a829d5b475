"""Access tokens for the API. Only the SHA-256 is kept; the token itself is shown once."""

from __future__ import annotations

from django.db import models

from .identifier import uuid7
from .project import Project
from .user import User


class Token(models.Model):
    """A token of one person, with scopes that never exceed the role, optionally for one project."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100, blank=True)
    start = models.CharField(max_length=16)
    """The first characters, by which its owner knows it again."""
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    """A day, not a moment: reading through the API then writes once a day at most."""
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.start}…"
