"""Imports and their reports."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s


class ImportedItem(s.Serializer[Any]):
    """One article of a file."""

    id = s.UUIDField()
    title = s.CharField()
    length = s.IntegerField()
    duplicate = s.BooleanField()
    version = s.IntegerField()
    newer = s.BooleanField(
        required=False, help_text="It is a newer text of an article that the project has."
    )
    notes = s.ListField(child=s.CharField(), help_text="What the importer found, in sentences.")


class ImportFault(s.Serializer[Any]):
    """One thing that cannot be imported."""

    place = s.CharField()
    code = s.CharField()
    message = s.CharField()


class BrokenRule(s.Serializer[Any]):
    """A rule that an imported mark breaks; the mark is taken as it is."""

    place = s.CharField()
    code = s.CharField()
    message = s.CharField()


class Report(s.Serializer[Any]):
    """What was found; counts are whole, lists keep the first 200."""

    format = s.CharField(required=False)
    articles = s.IntegerField(required=False)
    duplicates = s.IntegerField(required=False)
    refused = s.IntegerField(required=False)
    items = ImportedItem(many=True, required=False)
    errors = ImportFault(many=True, required=False)  # type: ignore[assignment]  # a field of ours, not the class's own
    reasons = s.ListField(
        child=s.CharField(),
        required=False,
        help_text="By what each file's format was recognised.",
    )
    sets = s.IntegerField(required=False, help_text="Annotation sets that come in.")
    known_sets = s.IntegerField(
        required=False,
        help_text="Sets that their articles have already; they are left as they are.",
    )
    spans = s.IntegerField(required=False)
    relations = s.IntegerField(required=False)
    reviews = s.IntegerField(required=False)
    broken = s.IntegerField(required=False, help_text="Rules that imported marks break.")
    warnings = BrokenRule(many=True, required=False)
    scheme = s.ListField(
        child=s.CharField(),
        required=False,
        help_text="What the next version of the scheme gets, because the sets use it.",
    )
    columns = s.CharField(
        required=False, help_text="What was said about the columns of tables, empty if nothing."
    )
    takes_newer = s.BooleanField(required=False, help_text="As `newer` was sent.")
    newer = s.IntegerField(
        required=False, help_text="Newer texts of articles that the project has, of `articles`."
    )
    unlike = s.IntegerField(
        required=False,
        help_text="Of `newer`, those that have nothing in common with the older text: look at their ids.",
    )


class ImportProgress(s.Serializer[Any]):
    """How far an import is."""

    articles = s.IntegerField(help_text="Articles read.")
    read = s.IntegerField(help_text="Bytes read of the files.")
    size = s.IntegerField(help_text="Bytes of the files.")


class ImportProblem(s.Serializer[Any]):
    """What stopped an import."""

    code = s.CharField()
    detail = s.CharField()


class Import(s.Serializer[Any]):
    """An import, or the look before it (`dry_run`)."""

    id = s.UUIDField()
    format = s.CharField()
    dry_run = s.BooleanField()
    state = s.ChoiceField(["waiting", "running", "looked", "done", "failed", "cancelled"])
    created_at = s.DateTimeField()
    report = Report()
    progress = ImportProgress(
        allow_null=True, help_text="Of one that is done beside the requests; else null."
    )
    problem = ImportProblem(allow_null=True, help_text="Why one of those failed.")


class NewImport(s.Serializer[Any]):
    """Files to import."""

    file = s.ListField(child=s.FileField(), help_text="One or more files.")
    format = s.CharField(required=False, help_text="The name of a format; recognised if left out.")
    columns = s.CharField(
        required=False,
        help_text="What columns of tables are, where their names do not tell: `Body=text, Head=title`.",
    )
    newer = s.BooleanField(
        required=False,
        default=True,
        help_text="Whether another text of an external id that the project has comes in as its newer text.",
    )
    dry_run = s.BooleanField(required=False, help_text="Report what would be done, and do nothing.")
