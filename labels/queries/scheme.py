"""A project's scheme versions."""

from __future__ import annotations

from ..models import Project, Scheme


def current(project: Project) -> Scheme:
    """Return the newest version; every project has one from its first moment."""
    (found,) = Scheme.objects.filter(project=project).order_by("-version")[:1]
    return found


def versions(project: Project) -> list[Scheme]:
    """Return all versions, newest first, without their definitions."""
    found = Scheme.objects.filter(project=project).defer("definition")
    return list(found.select_related("created_by", "migration").order_by("-version"))


def version(project: Project, number: int) -> Scheme | None:
    """Return one version."""
    return Scheme.objects.filter(project=project, version=number).first()
