"""Comments on an annotation set, on a span or relation of it, or on an article, and who has read them.

The comments of one unit, of the set itself, or of the article are a thread. It is resolved when the last of them
says so. Who may read a set reads its comments; those on an article are for all who work on it, but who labels it
does not read what others who label it say there (`queries.comment`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .annotation import AnnotationSet, Relation, Span
from .article import Article
from .identifier import uuid7
from .user import User


class Comment(models.Model):
    """A remark; never edited, never deleted."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    annotation_set = models.ForeignKey(
        AnnotationSet, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    """Only of a comment on the article itself."""
    span = models.ForeignKey(
        Span, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    resolves = models.BooleanField(default=False)
    """The thread is resolved; a later comment opens it again."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(span=None) | Q(relation=None), name="comment_on_one_unit"
            ),
            models.CheckConstraint(
                condition=Q(annotation_set__isnull=False, article=None)
                | Q(annotation_set=None, article__isnull=False, span=None, relation=None),
                name="comment_on_set_or_article",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(resolves=True), name="comment_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["author", "annotation_set"], name="comment_author"),
            models.Index(fields=["span"], condition=Q(span__isnull=False), name="comment_span"),
            models.Index(
                fields=["relation"], condition=Q(relation__isnull=False), name="comment_relation"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]


class Mention(models.Model):
    """Somebody who is named in a comment, and may read it."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "comment"], name="mention_once")]

    def __str__(self) -> str:
        return f"mention in {self.comment_id}"


class Reading(models.Model):
    """How far somebody has read the comments of a set, or on an article: up to the one with this key."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    annotation_set = models.ForeignKey(
        AnnotationSet, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    upto = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "annotation_set"], name="reading_once"),
            models.UniqueConstraint(fields=["person", "article"], name="reading_of_article_once"),
            models.CheckConstraint(
                condition=Q(annotation_set__isnull=False, article=None)
                | Q(annotation_set=None, article__isnull=False),
                name="reading_of_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["annotation_set"],
                condition=Q(annotation_set__isnull=False),
                name="reading_set",
            ),
            models.Index(
                fields=["article"], condition=Q(article__isnull=False), name="reading_article"
            ),
        ]

    def __str__(self) -> str:
        return f"read up to {self.upto}"
