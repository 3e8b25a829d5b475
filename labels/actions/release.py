"""Making a release: the data set as it is at one moment, written down once and never changed.

The files are composed outside any transaction that others would wait for, from one snapshot of the database; their
pieces go in under their hashes, where nobody sees them; one short transaction then says that there is a release.
"""

from __future__ import annotations

import zlib
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..errors import AlreadyExists
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
from .package import Made, Package

MEMBERS = ("version", *sorted(rules.TERMS))
"""What may be said of a release that is to be made."""
PIECE = 1024 * 1024
"""Bytes of a file that are kept, and sent, at once."""


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
    project = access.project(Act.MAKE_RELEASE, by=by, slug=slug)
    agreed = rules.terms({} if terms is None else terms)
    wanted = text("version", version, longest=30)
    if wanted:
        rules.number(wanted, _last(project), added=0, changed=0, removed=0)
    at = now or timezone.now()
    with TemporaryDirectory(prefix="galley-release-") as folder:
        package = Package(by, project, agreed, Path(folder), releases.latest(project))
        made = package.write(version=wanted, at=at)
        for each in made.files:
            _keep(Path(folder) / each.name, each.sha256)
    return _publish(by, project, agreed, made, at)


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


def _publish(by: Actor, project: Project, terms: Terms, made: Made, at: datetime) -> Release:
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
