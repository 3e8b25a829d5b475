"""Who asks, and tokens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers as s

from ...vocabulary import Role, Scope


class OwnProject(s.Serializer[Any]):
    """A project one is in, and as what."""

    slug = s.SlugField()
    role = s.ChoiceField(Role.choices)


class Me(s.Serializer[Any]):
    """Who asks."""

    id = s.UUIDField()
    username = s.CharField()
    display_name = s.CharField()
    language = s.CharField(help_text="Of one's screens; empty: the one that the browser asks for.")
    keys = s.DictField(
        child=s.CharField(), help_text="Keys of one's own on the label page, by command."
    )
    scopes = s.ListField(child=s.ChoiceField(Scope.choices))
    projects = OwnProject(many=True)


class MyChanges(s.Serializer[Any]):
    """What one may change of oneself."""

    display_name = s.CharField(required=False)
    language = s.ChoiceField(
        ["", *dict(settings.LANGUAGES)],
        required=False,
        help_text="Of one's screens; empty: the one that the browser asks for.",
    )
    keys = s.DictField(
        child=s.CharField(),
        required=False,
        help_text="All of them: what is not named has the key that the page comes with.",
    )


class NewToken(s.Serializer[Any]):
    """A token to make."""

    name = s.CharField(required=False)
    scopes = s.ListField(child=s.ChoiceField(Scope.choices), min_length=1)
    project = s.CharField(
        required=False,
        help_text="A slug: the token is then good for that project alone.",
    )
    expires_at = s.DateTimeField(required=False)


class Token(s.Serializer[Any]):
    """A token, without its secret."""

    id = s.UUIDField()
    name = s.CharField()
    start = s.CharField(help_text="The first characters, by which you know it again.")
    scopes = s.ListField(child=s.ChoiceField(Scope.choices))
    project = s.CharField(allow_null=True)
    created_at = s.DateTimeField()
    expires_at = s.DateTimeField(allow_null=True)
    last_used_on = s.DateField(allow_null=True)


class MadeToken(Token):
    """A token with its secret, which is shown this once."""

    token = s.CharField()
