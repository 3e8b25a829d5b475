"""Projects, their schemes and members, and how far they are."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import Role, Sampling


class ProjectChanges(s.Serializer[Any]):
    """A project's settings."""

    name = s.CharField(required=False)
    description = s.CharField(required=False)
    peer_review = s.BooleanField(required=False, help_text="Annotators may be assigned to review.")
    open_after_submit = s.BooleanField(
        required=False,
        help_text="Annotators read each other's sets once both are submitted.",
    )
    blind = s.BooleanField(
        required=False,
        help_text="Who settles disagreements sees codes instead of names: not what they have had to review.",
    )
    review_which = s.ChoiceField(
        Sampling.choices,
        required=False,
        help_text="Which of the sets that are handed in wait for a review.",
    )
    review_share = s.IntegerField(
        required=False, min_value=1, max_value=100, help_text="For `share`: how many of a hundred."
    )
    review_below = s.IntegerField(
        required=False,
        min_value=1,
        max_value=100,
        help_text="For `low_agreement`: sets whose F1 with the others of their article is under it, in percent.",
    )
    gold_share = s.IntegerField(
        required=False,
        min_value=0,
        max_value=50,
        help_text="Of a hundred articles that are handed out as the next ones, how many have hidden gold.",
    )


class NewProject(s.Serializer[Any]):
    """A project to make."""

    name = s.CharField()
    slug = s.SlugField(required=False)
    description = s.CharField(required=False)
    scheme = s.JSONField(
        required=False,
        help_text="A scheme, or the slug of a project to copy it from; else the default.",
    )


class Project(s.Serializer[Any]):
    """A project and one's own role in it."""

    id = s.UUIDField()
    slug = s.SlugField()
    name = s.CharField()
    description = s.CharField()
    peer_review = s.BooleanField()
    open_after_submit = s.BooleanField()
    blind = s.BooleanField()
    review_which = s.ChoiceField(Sampling.choices)
    review_share = s.IntegerField()
    review_below = s.IntegerField()
    gold_share = s.IntegerField(required=False, help_text="For managers.")
    role = s.ChoiceField(Role.choices)
    created_at = s.DateTimeField()


class Scheme(s.Serializer[Any]):
    """A scheme: labels and relations with their attributes. A version never changes."""

    name = s.CharField()
    version = s.IntegerField(required=False)
    description = s.CharField(required=False)
    guideline = s.JSONField(required=False)
    labels = s.ListField(child=s.DictField())
    relations = s.ListField(child=s.DictField(), required=False)


class NewMember(s.Serializer[Any]):
    """Somebody to take in, or whose role to change."""

    username = s.CharField()
    display_name = s.CharField(required=False)
    role = s.ChoiceField(Role.choices)
    can_export = s.BooleanField(required=False)


class Member(s.Serializer[Any]):
    """Somebody in a project."""

    username = s.CharField()
    display_name = s.CharField()
    role = s.ChoiceField(Role.choices)
    can_export = s.BooleanField()
    created_at = s.DateTimeField()


class AddedMember(Member):
    """Somebody who was taken in."""

    sign_in_link = s.CharField(
        required=False,
        help_text="Present for a new account: hand it over, it is shown this once.",
    )


class States(s.Serializer[Any]):
    """Annotation sets by state."""

    open = s.IntegerField()
    submitted = s.IntegerField()
    returned = s.IntegerField()
    approved = s.IntegerField()


class OwnProgress(States):
    """One's own sets by state, and how many articles one is to label in `total`."""

    total = s.IntegerField()


class ProjectProgress(States):
    """The project's sets by state, and its articles."""

    articles = s.IntegerField()


class Progress(s.Serializer[Any]):
    """How far things are, as far as one may know."""

    own = OwnProgress()
    review = States(required=False, help_text="For reviewers: others' sets of what they review.")
    project = ProjectProgress(required=False, help_text="For managers.")
