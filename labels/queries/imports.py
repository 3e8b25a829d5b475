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
    state = "done" if batch.published_at else "failed" if batch.failed_at else "running"
    return {
        "id": str(batch.uuid),
        "format": batch.format,
        "dry_run": batch.dry_run,
        "state": "looked" if batch.dry_run else state,
        "created_at": batch.created_at.isoformat(),
        "report": batch.report,
    }
