"""The words of the trade as enumerations: one spelling each for database, API and screens."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member is in a project."""

    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    MANAGER = "manager"


class Task(TextChoices):
    """What an assignment asks of a person."""

    ANNOTATE = "annotate"
    REVIEW = "review"


class Kind(TextChoices):
    """Where an annotation set comes from."""

    OWN = "own"
    GOLD = "gold"
    IMPORTED = "imported"


class State(TextChoices):
    """How far an annotation set has come."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Verdict(TextChoices):
    """What a reviewer says of a unit; `missing` is said of the article."""

    ACCEPT = "accept"
    FIX = "fix"
    REJECT = "reject"
    MISSING = "missing"


class Difference(TextChoices):
    """How annotation sets differ about a unit."""

    MISSING = "missing"
    BOUNDARY = "boundary"
    LABEL = "label"
    ATTRIBUTE = "attribute"
    LINK = "link"
    FRAGMENT = "fragment"
    SPLIT = "split"


class Choice(TextChoices):
    """What an adjudicator decides about a unit; `undo` takes an act back."""

    TAKE = "take"
    MERGE = "merge"
    EDIT = "edit"
    NONE = "none"
    KEEP = "keep"
    UNDO = "undo"


class Merge(TextChoices):
    """How boundaries are merged."""

    UNION = "union"
    INTERSECTION = "intersection"


class Origin(TextChoices):
    """How a span came to be."""

    HAND = "hand"
    IMPORTED = "imported"
    SUGGESTION = "suggestion"


class Scope(TextChoices):
    """What a token may be used for; a scope implies no other and never exceeds the role."""

    READ = "read"
    ANNOTATE = "annotate"
    REVIEW = "review"
    IMPORT = "import"
    EXPORT = "export"
    MANAGE = "manage"


class OffsetUnit(TextChoices):
    """What an offset counts. Stored offsets are always code points."""

    CODEPOINT = "codepoint"
    UTF16 = "utf16"
    UTF8 = "utf8"


class Subject(TextChoices):
    """What a revision is about."""

    PROJECT = "project"
    MEMBER = "member"
    PERSON = "person"
    SCHEME = "scheme"
    ARTICLE = "article"
    IMPORT = "import"
    ASSIGNMENT = "assignment"
    ANNOTATION_SET = "annotation_set"
    REVIEW = "review"
    COMMENT = "comment"
    TOKEN = "token"  # noqa: S105 - the name of a thing, not a secret
    EXPORT = "export"
    RELEASE = "release"
