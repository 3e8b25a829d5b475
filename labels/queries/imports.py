"""A project's imports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..errors import NotFound
from ..models import Import, Project
from ..words import say


def of_project(project: Project) -> QuerySet[Import]:
    """Return a project's imports and looks, newest first."""
    return Import.objects.filter(project=project).select_related("by").order_by("-pk")


def one(project: Project, uuid: UUID) -> Import:
    """Return one import. Raises `NotFound`."""
    found = of_project(project).filter(uuid=uuid).first()
    if found is None:
        raise NotFound(say("There is no such import in this project."))
    return found


def payload(batch: Import) -> dict[str, Any]:
    """Return an import and its report as clients see it."""
    return {
        "id": str(batch.uuid),
        "format": batch.format,
        "dry_run": batch.dry_run,
        "state": state(batch),
        "created_at": batch.created_at.isoformat(),
        "report": batch.report,
        "progress": {"articles": batch.taken, "read": batch.read, "size": batch.size}
        if batch.queued_at
        else None,
        "problem": batch.problem or None,
    }


def state(batch: Import) -> str:
    """Say how far an import or a look is."""
    if batch.cancelled_at:
        return "cancelled"
    if batch.failed_at:
        return "failed"
    if batch.published_at:
        return "done"
    if batch.dry_run and (batch.looked_at or not batch.queued_at):
        return "looked"
    return "waiting" if batch.queued_at and not batch.held_by else "running"


def under_way(project: Project) -> list[Import]:
    """Return the queued imports and looks that are not done, the oldest first."""
    found = of_project(project).filter(
        queued_at__isnull=False,
        published_at=None,
        looked_at=None,
        failed_at=None,
        cancelled_at=None,
    )
    return list(found.order_by("pk"))
