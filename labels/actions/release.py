"""Making a release: the data set as it is at one moment, written down once and never changed.

The files are composed outside any transaction that others would wait for, from one snapshot of the database; their
pieces go in under their hashes, where nobody sees them; one short transaction then says that there is a release.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..errors import AlreadyExists, Conflict
from ..models import FilePart, Project, Release
from ..queries import release as releases
from ..queries.access import Actor
from ..records import Terms
from ..rules import release as rules
from ..rules.permissions import Act
from ..rules.wording import text
from ..vocabulary import Subject
from ..words import say
from . import access, revision
from .package import Made, Package, Step, unheard
from .room import clear, left, room

ROOMS = "releases"
MEMBERS = ("version", *sorted(rules.TERMS))
"""What may be said of a release that is to be made."""
PIECE = 1024 * 1024
"""Bytes of a file that are kept, and sent, at once."""

Seal = Callable[[Release], None]
"""Takes the release inside the transaction that publishes it; may raise to stop all."""


def unsealed(_made: Release) -> None:
    """Have nothing to add."""


def make(
    *,
    by: Actor,
    slug: str,
    terms: Any = None,
    version: Any = None,
    now: datetime | None = None,
) -> Release:
    """Make the next release. Without a version it gets the one that follows from what changed.

    Raises `Invalid` where there is nothing to release, or the terms or the version cannot be.
    """
    project, terms, wanted = agreed(by=by, slug=slug, terms=terms, version=version)
    return carry_out(by, project, terms, wanted, now or timezone.now())


def agreed(*, by: Actor, slug: str, terms: Any, version: Any) -> tuple[Project, Terms, str]:
    """Return the project, the terms as they are read and the number that is wanted. Raises as `make` does."""
    project = access.project(Act.MAKE_RELEASE, by=by, slug=slug)
    read = rules.terms({} if terms is None else terms)
    wanted = text("version", version, longest=30)
    if wanted:
        rules.number(wanted, _last(project), added=0, changed=0, removed=0)
    return project, read, wanted


def carry_out(
    by: Actor,
    project: Project,
    terms: Terms,
    wanted: str,
    at: datetime,
    step: Step = unheard,
    seal: Seal = unsealed,
) -> Release:
    """Compose the files, keep them, and publish. What `step` and `seal` raise stops all."""
    for gone in left(ROOMS):
        clear(gone)
    with room(ROOMS) as folder:
        package = Package(by, project, terms, folder, releases.latest(project), step)
        made = package.write(version=wanted, at=at)
        for number, each in enumerate(made.files):
            step("files", number)
            _keep(folder / each.name, each.sha256)
    return _publish(by, project, terms, made, at, seal)


def being_made() -> Conflict:
    """Return the refusal of a second release while one is in the making."""
    return Conflict(say("A release of this project is being made. Wait until it is, or cancel it."))


def _last(project: Project) -> str:
    last = releases.latest(project)
    return last.version if last else ""


def _keep(file: Path, digest: str) -> None:
    """Keep a file's pieces, those that are not there."""
    have = FilePart.objects.filter(sha256=digest).count()
    with file.open("rb") as source:
        source.seek(have * PIECE)
        while piece := source.read(PIECE):
            part = FilePart(sha256=digest, number=have, content=zlib.compress(piece))
            FilePart.objects.bulk_create([part], ignore_conflicts=True)
            have += 1


def _publish(
    by: Actor, project: Project, terms: Terms, made: Made, at: datetime, seal: Seal
) -> Release:
    with transaction.atomic():
        held = Project.objects.select_for_update().get(pk=project.pk)
        if _last(held) != made.previous:
            raise AlreadyExists(
                say("Somebody else has just made a release. Look at it, then make yours.")
            )
        row = Release.objects.create(
            project=held,
            number=releases.releases(held).count() + 1,
            version=made.version,
            terms=asdict(terms),
            counts=made.counts,
            changes=made.changes,
            files=[asdict(each) for each in made.files],
            digest=made.digest,
            created_at=at,
            created_by=by.person,
        )
        seal(row)
        revision.record(
            by=by.person,
            at=at,
            project=held,
            subject=Subject.RELEASE,
            subject_id=row.uuid,
            action="release",
            payload={"version": row.version, "digest": row.digest, "terms": row.terms},
        )
    return row
