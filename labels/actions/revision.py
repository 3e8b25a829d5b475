"""Writing the log: one line for each act, and the chain of an annotation set."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import orjson

from ..models import AnnotationSet, Project, Revision, User
from ..vocabulary import Subject
from . import bulk

COLUMNS = (
    "project",
    "subject",
    "subject_id",
    "action",
    "by",
    "at",
    "annotation_set",
    "version",
    "payload",
    "digest",
    "previous",
    "chain",
)


def digest(payload: Any, default: Callable[[Any], Any] | None = None) -> str:
    """SHA-256 of a JSON value with sorted keys, UTF-8, no blanks; `default` makes such a value of other things."""
    written = orjson.dumps(payload, default=default, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()


def link(*, previous: str, version: int, action: str, by: User, at: datetime, digest: str) -> str:
    """Return the hash that ties a revision to the one before it."""
    parts = [previous, str(version), action, by.uuid.hex, at.isoformat(), digest]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def record(
    *,
    by: User,
    at: datetime,
    project: Project | None,
    subject: Subject,
    subject_id: object,
    action: str,
    payload: dict[str, Any] | None = None,
) -> None:
    """Add one line that belongs to no chain."""
    content = payload or {}
    Revision.objects.create(
        project=project,
        subject=subject,
        subject_id=str(subject_id),
        action=action,
        by=by,
        at=at,
        payload=content,
        digest=digest(content),
    )


def next_of_set(
    row: AnnotationSet, *, by: User, at: datetime, action: str, payload: dict[str, Any]
) -> Revision:
    """Step the set's version and chain, and return the (unsaved) revision that says so.

    The caller saves both in its transaction.
    """
    own = digest(payload)
    previous, row.version = row.chain, row.version + 1
    row.chain = link(
        previous=previous, version=row.version, action=action, by=by, at=at, digest=own
    )
    row.updated_at = at
    return Revision(
        project_id=row.article.project_id,
        subject=Subject.ANNOTATION_SET,
        subject_id=str(row.uuid),
        annotation_set=row,
        version=row.version,
        action=action,
        by=by,
        at=at,
        payload=payload,
        digest=own,
        previous=previous,
        chain=row.chain,
    )


def keep(lines: Iterable[Revision]) -> None:
    """Write many lines of sets at once."""
    bulk.insert(Revision, COLUMNS, bulk.values(COLUMNS, lines))
