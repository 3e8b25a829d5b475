"""What we keep: one module per noun, invariants as database constraints and triggers."""

from __future__ import annotations

from .adjudication import Decision
from .annotation import AnnotationSet, Fragment, Relation, Span
from .article import Article
from .assignment import Assignment
from .comment import Comment, Mention, Reading
from .feedback import Answer
from .imports import Import, Upload
from .making import Making
from .membership import Membership
from .migration import Migration
from .project import Project
from .qualification import Trial
from .release import FilePart, Release
from .review import Review
from .revision import IdempotencyKey, Revision
from .scheme import Scheme
from .token import Token
from .user import User

__all__ = [
    "AnnotationSet",
    "Answer",
    "Article",
    "Assignment",
    "Comment",
    "Decision",
    "FilePart",
    "Fragment",
    "IdempotencyKey",
    "Import",
    "Making",
    "Membership",
    "Mention",
    "Migration",
    "Project",
    "Reading",
    "Relation",
    "Release",
    "Review",
    "Revision",
    "Scheme",
    "Span",
    "Token",
    "Trial",
    "Upload",
    "User",
]
