"""Projects: the fence around articles, a scheme and the people who work on them."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from ..vocabulary import Sampling
from .identifier import uuid7
from .user import User


def new_pseudonym_key() -> str:
    """Return the secret from which a project's pseudonyms are made."""
    return secrets.token_hex(16)


class Project(models.Model):
    """A project and its settings.

    The `*_count` fields are kept by the actions that change what they count, so that no page counts the
    corpus; `manage.py doctor` compares them with the rows.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True)
    peer_review = models.BooleanField(default=False)
    """Annotators may be assigned to review, too."""
    open_after_submit = models.BooleanField(default=False)
    """Annotators may read each other's sets of an article once both have submitted."""
    blind = models.BooleanField(default=False)
    """Who settles disagreements sees codes instead of names."""
    review_which = models.CharField(max_length=20, choices=Sampling.choices, default=Sampling.ALL)
    """Which of the sets that are handed in wait for a review."""
    review_share = models.PositiveSmallIntegerField(default=20)
    """Of a hundred sets, how many are drawn, where a share is reviewed."""
    review_upto = models.CharField(max_length=4, default="3333", editable=False)
    """The lot (`rules.sampling`) up to which sets are drawn; it follows from the share."""
    review_below = models.PositiveSmallIntegerField(default=80)
    """Sets are reviewed whose agreement with the others' is under so many of a hundred, where low ones are."""
    gold_share = models.PositiveSmallIntegerField(default=0)
    """Of a hundred articles that are handed out as the next ones to label, how many have hidden gold."""
    qualify_from = models.PositiveSmallIntegerField(null=True, blank=True)
    """F1 with gold, in percent, from which a new annotator has passed the qualification round."""
    pseudonym_key = models.CharField(max_length=32, default=new_pseudonym_key, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    article_count = models.PositiveIntegerField(default=0)
    open_count = models.PositiveIntegerField(default=0)
    submitted_count = models.PositiveIntegerField(default=0)
    returned_count = models.PositiveIntegerField(default=0)
    approved_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review_which__in=Sampling.values), name="project_sampling_known"
            ),
            models.CheckConstraint(
                condition=Q(review_share__gte=1, review_share__lte=100)
                & Q(review_below__gte=1, review_below__lte=100),
                name="project_sampling_in_range",
            ),
            models.CheckConstraint(
                condition=Q(gold_share__lte=50), name="project_gold_share_in_range"
            ),
            models.CheckConstraint(
                condition=Q(qualify_from=None) | Q(qualify_from__gte=1, qualify_from__lte=100),
                name="project_qualify_from_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name
