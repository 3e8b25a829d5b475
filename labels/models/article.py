"""Articles: an immutable text with metadata, in a chain of versions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from .identifier import uuid7
from .imports import Import
from .project import Project
from .user import User


class ArticleQuerySet(models.QuerySet["Article"]):
    """The small named filters."""

    def live(self) -> Self:
        """Articles that are published and not deleted."""
        published = Q(batch=None) | Q(batch__published_at__isnull=False)
        return self.filter(published, deleted_at=None)


class Article(models.Model):
    """A text in canonical form (`labels.text.canonical`) with its metadata.

    `text`, its hash and its length never change (a trigger sees to it). `length` counts code points and is
    what the database checks offsets against. `text` stands last, so that SQLite reads a row's other columns
    without walking its overflow pages.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="articles", db_index=False)
    external_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=300, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=35, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    published_at = models.CharField(max_length=35, blank=True)
    """ISO 8601, a date or a date-time, as the source gave it: no time is made up."""
    extra = models.JSONField(default=dict, blank=True)
    text_sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    batch = models.ForeignKey(
        Import, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "text_sha256"],
                condition=Q(deleted_at=None),
                name="article_text_once",
            ),
            models.UniqueConstraint(
                fields=["project", "external_id", "version"],
                condition=Q(deleted_at=None) & ~Q(external_id=""),
                name="article_external_id_once",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(deleted_at=None, supersedes__isnull=False),
                name="article_superseded_once",
            ),
            models.CheckConstraint(condition=Q(length__gt=0), name="article_not_empty"),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="article_not_own_past"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "id"], name="article_list"),
            models.Index(
                fields=["supersedes"],
                condition=Q(supersedes__isnull=False),
                name="article_followed",
            ),
        ]

    def __str__(self) -> str:
        return self.title
