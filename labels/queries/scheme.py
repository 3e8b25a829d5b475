"""A project's scheme versions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ..models import Project, Scheme
from .prepared import Place, prepared


def current(project: Project) -> Scheme:
    """Return the newest version; every project has one from its first moment."""
    (found,) = Scheme.objects.filter(project=project).order_by("-version")[:1]
    return found


@prepared
def _definition() -> QuerySet[Scheme, Any]:
    return Scheme.objects.filter(pk=Place("scheme")).values_list("definition", flat=True)


def definition(scheme: Scheme) -> dict[str, Any]:
    """Return the definition of a version that was read without it."""
    found: dict[str, Any]
    (found,) = _definition(scheme=scheme.pk)
    return found


def versions(project: Project) -> list[Scheme]:
    """Return all versions, newest first, without their definitions."""
    found = Scheme.objects.filter(project=project).defer("definition")
    return list(found.select_related("created_by", "migration").order_by("-version"))


def version(project: Project, number: int) -> Scheme | None:
    """Return one version."""
    return Scheme.objects.filter(project=project, version=number).first()
