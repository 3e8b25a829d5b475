"""Annotation sets with their spans, fragments and relations.

A fragment stores offsets alone: its quote is `text[start:end]` of an immutable text and is read from there
(see docs/decisions/0001-span-storage.md). Deleted units stay, with the version at which they went.
"""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from ..vocabulary import Kind, Origin, State
from .article import Article
from .identifier import uuid7
from .imports import Import
from .qualification import Trial
from .scheme import Scheme
from .user import User

UNIT_LENGTH = 100
"""Longest name of a label or relation type."""


class Published(models.Manager["AnnotationSet"]):
    """The sets that are there for everybody: none that an import is still bringing in."""

    def get_queryset(self) -> models.QuerySet[AnnotationSet]:
        """Leave out what is staged."""
        return super().get_queryset().filter(staged_by=None)


class AnnotationSet(models.Model):
    """One person's spans and relations on one article; it alone carries the version number.

    `chain` is the hash of its last revision. An imported set is nobody's account's: it has the name that its
    file gave, `annotator_name`, and keeps what the file called it (`file_kind`, `file_scheme_version`, of a
    gold set `file_provenance`) for the export alone (docs/decisions/0005-imported-sets.md).
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="annotation_sets")
    annotator = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotation_sets",
        db_index=False,
    )
    annotator_name = models.CharField(max_length=150, blank=True)
    file_kind = models.CharField(max_length=20, blank=True)
    file_scheme_version = models.PositiveIntegerField(null=True, blank=True)
    file_provenance = models.JSONField(null=True, blank=True)
    staged_by = models.ForeignKey(
        Import, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """The import that is bringing the set in; nobody sees it yet."""
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OWN)
    round = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    concealed_at = models.DateTimeField(null=True, blank=True)
    """When a second look was asked for: its annotator is not shown the first until they hand that in."""
    version = models.PositiveIntegerField(default=0)
    chain = models.CharField(max_length=64, blank=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    trial = models.ForeignKey(
        Trial, models.PROTECT, null=True, blank=True, related_name="sets", db_index=False
    )
    """The article's place in the qualification round, where its annotator had not passed it yet."""
    active_seconds = models.PositiveIntegerField(null=True, blank=True)
    """Time that somebody was at work on it; None where it was not measured. See `actions.activity`."""
    active_at = models.DateTimeField(null=True, blank=True)
    """When that was last told of."""
    nearness = models.PositiveSmallIntegerField(null=True, blank=True)
    """Agreement, in percent, of a set that is handed in with the others of its article; None where none is."""

    gold_units = models.PositiveIntegerField(null=True, blank=True)
    """Spans of a set that is handed in and of the hidden gold of its article, together; None where none is."""
    gold_matched = models.PositiveIntegerField(null=True, blank=True)
    """How many pairs of them have one label and share words."""

    objects = Published()
    everything: models.Manager[AnnotationSet] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "annotator", "kind", "round"],
                condition=Q(annotator__isnull=False),
                name="annotation_set_once",
            ),
            models.UniqueConstraint(
                fields=["article", "annotator_name", "kind", "file_kind", "round"],
                condition=Q(annotator=None),
                name="annotation_set_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(annotator__isnull=False)
                | Q(kind=Kind.GOLD)
                | (Q(kind=Kind.IMPORTED) & (~Q(annotator_name="") | Q(file_kind=Kind.GOLD))),
                name="annotation_set_has_annotator",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="annotation_set_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="annotation_set_kind_known"
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="annotation_set_round_counts"),
        ]
        indexes = [
            models.Index(fields=["annotator", "state"], name="annotation_set_queue"),
            models.Index(
                fields=["staged_by"],
                condition=Q(staged_by__isnull=False),
                name="annotation_set_staged",
            ),
            models.Index(
                fields=["annotator"],
                condition=Q(gold_units__isnull=False),
                name="annotation_set_hidden_gold",
            ),
        ]

    def __str__(self) -> str:
        return f"annotation set {self.uuid}"


Unit = TypeVar("Unit", bound=models.Model)


class UnitQuerySet(models.QuerySet[Unit]):
    """Filters that spans and relations share."""

    def live(self) -> Self:
        """Units that were not deleted."""
        return self.filter(deleted_rev=None)


class Span(models.Model):
    """A labelled span. `uuid` is made by the client and unique within the set; the key is internal."""

    annotation_set = models.ForeignKey(
        AnnotationSet, models.PROTECT, related_name="spans", db_index=False
    )
    uuid = models.UUIDField()
    label = models.CharField(max_length=UNIT_LENGTH)
    attributes = models.JSONField(default=dict)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.HAND)
    derived_from = models.UUIDField(null=True, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    flag = models.BooleanField(default=False)
    rev = models.PositiveIntegerField()
    """The set's version at which the span last changed."""
    deleted_rev = models.PositiveIntegerField(null=True, blank=True)

    objects = UnitQuerySet["Span"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "uuid"], name="span_once"),
            models.CheckConstraint(condition=~Q(label=""), name="span_has_label"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=1),
                name="span_confidence_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.uuid}"


class Fragment(models.Model):
    """One stretch `[start, end)` of a span, in code points.

    Triggers refuse a fragment past its article's end and one that overlaps another of its span.
    """

    span = models.ForeignKey(Span, models.PROTECT, related_name="fragments", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["span", "start"], name="fragment_once"),
            models.CheckConstraint(
                condition=Q(start__gte=0, end__gt=F("start")), name="fragment_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end})"


class Relation(models.Model):
    """A typed link from one span to another of the same set (a trigger sees to it)."""

    annotation_set = models.ForeignKey(
        AnnotationSet, models.PROTECT, related_name="relations", db_index=False
    )
    uuid = models.UUIDField()
    type = models.CharField(max_length=UNIT_LENGTH)
    source = models.ForeignKey(Span, models.PROTECT, related_name="outgoing")
    target = models.ForeignKey(Span, models.PROTECT, related_name="incoming")
    attributes = models.JSONField(default=dict)
    rev = models.PositiveIntegerField()
    deleted_rev = models.PositiveIntegerField(null=True, blank=True)
    deleted_with = models.ForeignKey(
        Span, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """The span whose deletion took this relation along: restoring that span returns it."""

    objects = UnitQuerySet["Relation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "uuid"], name="relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_joins_two"),
        ]
        indexes = [
            models.Index(
                fields=["deleted_with"],
                condition=Q(deleted_with__isnull=False),
                name="relation_deleted_with",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.uuid}"
