"""Releases in the making, and how far they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..errors import NotFound
from ..models import Making, Project
from ..words import say

GOING = ("waiting", "running")
SHARES = {"splits": 60, "tables": 25, "agreement": 10, "files": 5}
"""About what each part takes of the whole, as measured with ten thousand articles."""


def makings(project: Project) -> QuerySet[Making]:
    """Return what was asked for, newest first."""
    return Making.objects.filter(project=project).select_related("by", "release").order_by("-pk")


def unfinished() -> QuerySet[Making]:
    """Return what waits or is being made, in all projects."""
    return Making.objects.filter(made_at=None, failed_at=None, cancelled_at=None)


def under_way(project: Project) -> Making | None:
    """Return the one of a project that is not done, if there is one."""
    return unfinished().filter(project=project).first()


def one(project: Project, uuid: UUID) -> Making:
    """Return one. Raises `NotFound`."""
    found = makings(project).filter(uuid=uuid).first()
    if found is None:
        raise NotFound(say("There is no such release in the making."))
    return found


def state(row: Making) -> str:
    """Say how far it is."""
    if row.cancelled_at:
        return "cancelled"
    if row.failed_at:
        return "failed"
    if row.made_at:
        return "done"
    return "running" if row.held_by else "waiting"


def percent(row: Making) -> int:
    """Return how much of the whole is done, 99 at most while it is not."""
    if row.made_at:
        return 100
    parts = [each for each in SHARES if each != "splits" or row.terms.get("split") != "none"]
    if row.part not in parts:
        return 0
    before = sum(SHARES[each] for each in parts[: parts.index(row.part)])
    here = SHARES[row.part] * min(1.0, row.done / row.total) if row.total else 0
    return min(99, int(100 * (before + here) / sum(SHARES[each] for each in parts)))


def payload(row: Making) -> dict[str, Any]:
    """Return one as clients see it."""
    return {
        "id": str(row.uuid),
        "state": state(row),
        "created_at": row.queued_at.isoformat(),
        "created_by": row.by.username,
        "terms": row.terms,
        "progress": {
            "part": row.part,
            "articles": row.done,
            "of": row.total,
            "percent": percent(row),
        },
        "problem": row.problem or None,
        "release": row.release.version if row.release else None,
    }
