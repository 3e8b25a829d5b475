"""Articles: with their text, as lines of a list, and as they come in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s


class ArticleHead(s.Serializer[Any]):
    """An article without its text, as lists show it."""

    id = s.UUIDField()
    external_id = s.CharField()
    title = s.CharField()
    text_sha256 = s.CharField(help_text="SHA-256 of the text as UTF-8.")
    length = s.IntegerField(help_text="Code points in the text.")
    language = s.CharField()
    publisher = s.CharField()
    byline = s.CharField()
    url = s.CharField()
    published_at = s.CharField(help_text="A date or date-time in ISO 8601, as the source gave it.")
    extra = s.DictField()
    version = s.IntegerField(help_text="Counts the texts of one `external_id`.")


class Article(ArticleHead):
    """An article. Its text never changes: all offsets count on it."""

    text = s.CharField()


class OneArticle(Article):
    """An article, with the one whose text it follows."""

    supersedes = s.UUIDField(
        allow_null=True, help_text="The article whose text this is a newer one of."
    )


class StoredArticle(Article):
    """An article as the project has it."""

    duplicate = s.BooleanField(
        required=False,
        help_text="Present and true if the project had this text already.",
    )


class ArticleChanges(s.Serializer[Any]):
    """What can be changed of an article."""

    title = s.CharField(required=False)
    publisher = s.CharField(required=False)
    byline = s.CharField(required=False)
    language = s.CharField(required=False)
    url = s.CharField(required=False)
    published_at = s.CharField(required=False)
    extra = s.DictField(required=False)


class NewArticle(ArticleChanges):
    """An article to store. Without a title it takes its headline or first sentence."""

    text = s.CharField()
    supersedes = s.UUIDField(
        required=False, help_text="The article whose text this is a newer one of."
    )
    external_id = s.CharField(required=False)
