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


class Sampling(TextChoices):
    """Which of the sets that are handed in wait for a review."""

    ALL = "all"
    SHARE = "share"
    FLAGGED = "flagged"
    LOW_AGREEMENT = "low_agreement"


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


class Split(TextChoices):
    """A part of a data set: to train with, to choose by, to measure with."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


class OffsetUnit(TextChoices):
    """What an offset counts. Stored offsets are always code points."""

    CODEPOINT = "codepoint"
    UTF16 = "utf16"
    UTF8 = "utf8"


class Lost(TextChoices):
    """What an export format may be unable to hold, of an article, a set or a unit."""

    ARTICLE = "article"
    """An article that has nothing of what the format shows."""
    TEXT = "text"
    METADATA = "metadata"
    SET = "set"
    """A set without spans."""
    ANNOTATOR = "annotator"
    STANDING = "standing"
    """A set's kind, round, state and versions, and the ids and revisions of what is in it."""
    SPAN = "span"
    LABEL = "label"
    """A label, or the type of a link, that is written otherwise."""
    PARTS = "parts"
    """That a span has several parts, or all of them but one."""
    OVERLAP = "overlap"
    """A span that lies on another."""
    EDGES = "edges"
    """Where exactly a span begins and ends."""
    ATTRIBUTES = "attributes"
    CONFIDENCE = "confidence"
    FLAG = "flag"
    ORIGIN = "origin"
    """Whether a span was suggested or imported, and what it is derived from."""
    RELATION = "relation"
    RELATION_ATTRIBUTES = "relation_attributes"
    REVIEW = "review"
    PROVENANCE = "provenance"
    """Where a unit of a gold set comes from."""
    CELL = "cell"
    """A cell that is changed, so that no spreadsheet runs it."""


class Fate(TextChoices):
    """What becomes of a span when its article has a newer text."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    EDITED = "edited"
    DELETED = "deleted"


class Carried(TextChoices):
    """What was done about a span of an older text: it was marked in the newer, by hand or not, or left out."""

    CARRIED = "carried"
    AGAIN = "again"
    DROPPED = "dropped"


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
