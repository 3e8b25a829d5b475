"""The qualification round: articles with gold that a new member labels before all others."""

from __future__ import annotations

from django.db import models

from .article import Article
from .user import User


class Trial(models.Model):
    """An article of the round. Taking it out sets `withdrawn_at`; sets made in it stay out of agreement."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="trial")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"trial {self.article_id}"
