"""Schemes: a new version for each change, and the parsed form of a stored one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ..models import Project, Scheme
from ..queries.access import Actor
from ..rules import scheme as rules
from ..rules.permissions import Act
from ..vocabulary import Subject
from . import access, revision

_parsed: dict[tuple[int, datetime], rules.Scheme] = {}


def parsed(scheme: Scheme) -> rules.Scheme:
    """Return a stored version as records. It never changes, so a process parses it once.

    The moment it was made belongs to the key: a restored database may give the number to another scheme.
    """
    key = (scheme.pk, scheme.created_at)
    if key not in _parsed:
        _parsed[key] = rules.parse(scheme.definition)
    return _parsed[key]


def default() -> Any:
    """Return the definition that new projects start from: `seeds/scheme.json`."""
    return orjson.loads((Path(settings.BASE_DIR) / "seeds" / "scheme.json").read_bytes())


def check(definition: Any) -> rules.Scheme:
    """Return a definition as records, or raise `BadScheme` with every fault. Nothing is stored."""
    return rules.parse(definition)


def add_version(*, by: Actor, slug: str, definition: Any, now: datetime | None = None) -> Scheme:
    """Make a definition the project's current scheme. Existing sets keep the version they were made with.

    An equal definition makes no new version: the current one is returned.
    """
    check(definition)
    with transaction.atomic():
        project = held(by=by, slug=slug)
        return store(by=by, project=project, definition=definition, at=now or timezone.now())


def held(*, by: Actor, slug: str) -> Project:
    """Return a project whose scheme nobody else changes until the caller's transaction ends."""
    project = access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
    Project.objects.select_for_update().get(pk=project.pk)
    return project


def store(*, by: Actor, project: Project, definition: Any, at: datetime) -> Scheme:
    """Write a checked definition as the next version, inside the caller's transaction."""
    last = Scheme.objects.filter(project=project).aggregate(last=Max("version"))["last"] or 0
    current = Scheme.objects.filter(project=project, version=last).first()
    numbered = definition | {"version": last + 1}
    if current and current.definition | {"version": last + 1} == numbered:
        return current
    made = Scheme.objects.create(
        project=project,
        version=last + 1,
        name=definition["name"],
        definition=numbered,
        created_at=at,
        created_by=by.person,
    )
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.SCHEME,
        subject_id=project.uuid,
        action="add_scheme_version",
        payload={"version": made.version, "definition": numbered},
    )
    return made
