"""Migrations of a scheme."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

MEMBERS = (
    "kind",
    "label",
    "relation",
    "attribute",
    "value",
    "to",
    "title",
    "labels",
    "overlap",
    "into",
    "undoes",
)
KINDS = ("rename", "merge", "split", "retire", "restore")


class NewMigration(s.Serializer[Any]):
    """What is to be changed; `undoes` stands alone."""

    dry_run = s.BooleanField(
        required=False, help_text="Tell what would change, and change nothing."
    )
    kind = s.ChoiceField(KINDS, required=False)
    label = s.CharField(  # type: ignore[assignment]  # a field of ours, not the class's own
        required=False, help_text="Of an attribute or a value, whose it is."
    )
    relation = s.CharField(required=False, help_text="In the place of `label`.")
    attribute = s.CharField(
        required=False, help_text="To rename, whose value is renamed, or by whose values to split."
    )
    value = s.CharField(required=False, help_text="To rename.")
    to = s.CharField(required=False, help_text="The new name, or the label that others become.")
    title = s.CharField(required=False, help_text="The new title, for people.")
    labels = s.ListField(child=s.CharField(), required=False, help_text="What is merged into `to`.")
    overlap = s.ChoiceField(
        ("nest", "none", "free"),
        required=False,
        help_text="How merged spans may lie to each other.",
    )
    into = s.JSONField(
        required=False,
        help_text="For a split: labels by value, or, without an attribute, labels for people to choose from.",
    )
    undoes = s.UUIDField(
        required=False, help_text="The migration to take back: the last one first."
    )


class Sample(s.Serializer[Any]):
    """A span that would change."""

    set = s.UUIDField()
    article = s.UUIDField()
    annotator = s.CharField()
    span = s.UUIDField()
    label = s.CharField()  # type: ignore[assignment]  # a field of ours, not the class's own
    becomes = s.CharField()
    quote = s.CharField()


class Clash(s.Serializer[Any]):
    """Two spans of a set that could not both have the label of a merge."""

    set = s.UUIDField()
    one = s.UUIDField()
    two = s.UUIDField()


class Migration(s.Serializer[Any]):
    """A migration, made or looked at: a look has no `id`, and tells what it would concern."""

    id = s.UUIDField(allow_null=True)
    what = s.DictField(help_text="What was asked for; `unmerge` takes a merge back.")
    said = s.CharField()
    before = s.IntegerField(help_text="The version of the scheme that it began from.")
    after = s.IntegerField(help_text="The version that it makes.")
    undoes = s.UUIDField(allow_null=True)
    sets = s.IntegerField(help_text="Sets to carry along.")
    done = s.IntegerField(help_text="Of these, those that were looked at.")
    spans = s.IntegerField(help_text="Spans that change; once made, deleted ones are counted, too.")
    relations = s.IntegerField()
    left = s.ListField(
        child=s.UUIDField(), help_text="The first sets that stay at their version: they do not fit."
    )
    left_count = s.IntegerField()
    finished = s.BooleanField()
    created_at = s.DateTimeField(required=False)
    created_by = s.CharField(required=False)
    scheme = s.DictField(required=False, help_text="Of a look: the scheme that would be.")
    touched = s.IntegerField(
        required=False, help_text="Of a look: sets in which something changes."
    )
    states = s.DictField(child=s.IntegerField(), required=False, help_text="Their states.")
    people = s.ListField(child=s.CharField(), required=False, help_text="Whose they are.")
    older = s.IntegerField(
        required=False, help_text="Sets that may say what the scheme no longer has: these may stay."
    )
    samples = Sample(many=True, required=False)
    clashes = Clash(many=True, required=False)
