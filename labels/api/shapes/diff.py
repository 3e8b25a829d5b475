"""What two releases do not have alike."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

CHANGES = ["added", "changed", "removed"]


class DiffCounts(s.Serializer[Any]):
    """How many rows were added, changed and removed."""

    added = s.IntegerField()
    changed = s.IntegerField()
    removed = s.IntegerField()


class NamedCounts(DiffCounts):
    """The same of one label, one type of link, or one kind of set."""

    name = s.CharField(allow_blank=True)


class DiffTable(DiffCounts):
    """How one kind of rows differs."""

    of = s.ChoiceField(["articles", "sets", "spans", "gold", "relations"])
    compared = s.BooleanField(
        help_text="False where one of the releases was made before there was a table of them."
    )
    names = NamedCounts(
        many=True,
        help_text="By label, type or kind. What changed from one to another counts in both.",
    )


class SchemeChange(s.Serializer[Any]):
    """A part of the scheme that differs."""

    kind = s.ChoiceField(["label", "relation", "attribute", "value", "guideline"])
    name = s.CharField(help_text="Behind the names of what it belongs to: `CLAIM.form.direct`.")
    change = s.ChoiceField(CHANGES)
    what = s.ListField(child=s.CharField(), help_text="The members that differ.")


class SchemeDiff(s.Serializer[Any]):
    """The newest version of the scheme in each release, and how they differ."""

    before = s.IntegerField(allow_null=True)
    after = s.IntegerField(allow_null=True)
    changes = SchemeChange(many=True)


class TermDiff(s.Serializer[Any]):
    """A term of release that differs; its values are as in a release's `terms`."""

    name = s.CharField()
    before = s.JSONField()
    after = s.JSONField()


class Diff(s.Serializer[Any]):
    """What a release has added, changed and removed against another."""

    before = s.CharField(help_text="The version of the other release.")
    after = s.CharField(help_text="The version of this one.")
    tables = DiffTable(many=True)
    scheme = SchemeDiff()
    terms = TermDiff(many=True)


class DiffRow(s.Serializer[Any]):
    """A row that was added, changed or removed, as the tables of the releases have it."""

    of = s.CharField()
    change = s.ChoiceField(CHANGES)
    what = s.ListField(child=s.CharField(), help_text="The members in which a changed row differs.")
    article = s.UUIDField()
    before = s.DictField(allow_null=True)
    after = s.DictField(allow_null=True)
