"""Releases and their files."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s


class Terms(s.Serializer[Any]):
    """The terms of a release."""

    with_text = s.BooleanField(
        required=False,
        help_text="False: offsets, hashes and short quotes stand for the text, with a program that puts it back.",
    )
    pseudonyms = s.BooleanField(required=False, help_text="True if left out.")
    split = s.ChoiceField(
        ["none", "article", "time"],
        required=False,
        help_text="How articles are divided. Those that are nearly the same stay together.",
    )
    shares = s.ListField(
        child=s.IntegerField(min_value=0, max_value=100),
        required=False,
        help_text="Per cent for train, dev and test: [80, 10, 10] if left out.",
    )
    seed = s.IntegerField(required=False, help_text="Draws the split; 1 if left out.")
    licence_labels = s.CharField(
        required=False, help_text="An SPDX identifier or an address, such as CC-BY-4.0."
    )
    licence_text = s.CharField(required=False, help_text="The same for the texts.")
    notes = s.CharField(required=False, help_text="For the change log.")


class NewRelease(Terms):
    """A release to make."""

    version = s.CharField(required=False, help_text="Three numbers; counted on if left out.")


class ReleaseFile(s.Serializer[Any]):
    """A file of a release; `size` is in bytes."""

    name = s.CharField()
    media_type = s.CharField()
    size = s.IntegerField()
    sha256 = s.CharField()


class Release(s.Serializer[Any]):
    """A numbered version of a data set, which never changes."""

    id = s.UUIDField()
    version = s.CharField()
    created_at = s.DateTimeField()
    created_by = s.CharField()
    terms = Terms()
    counts = s.DictField(
        child=s.DictField(child=s.IntegerField()),
        help_text="How many there are: by label, relation, annotator, language, state, and rows by file.",
    )
    changes = s.DictField(
        child=s.DictField(child=s.IntegerField()),
        help_text="Rows added, changed and removed against the release before, by file.",
    )
    files = ReleaseFile(many=True)
    digest = s.CharField(help_text="SHA-256 of the file SHA256SUMS, which has those of all others.")


class MakingProgress(s.Serializer[Any]):
    """How far a release in the making is: what is being done, and of how many articles."""

    part = s.ChoiceField(["", "splits", "tables", "agreement", "files"])
    articles = s.IntegerField()
    of = s.IntegerField()
    percent = s.IntegerField(help_text="Of the whole, about.")


class MakingProblem(s.Serializer[Any]):
    """Why a release was not made."""

    code = s.CharField()
    detail = s.CharField()


class Making(s.Serializer[Any]):
    """A release in the making."""

    id = s.UUIDField()
    state = s.ChoiceField(["waiting", "running", "done", "failed", "cancelled"])
    created_at = s.DateTimeField()
    created_by = s.CharField()
    terms = Terms()
    progress = MakingProgress()
    problem = MakingProblem(allow_null=True)
    release = s.CharField(allow_null=True, help_text="The version, once it is made.")
