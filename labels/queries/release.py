"""Releases, and the bytes of their files."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from django.db.models import QuerySet

from ..errors import Invalid, NotFound
from ..models import Article, FilePart, Project, Release
from ..vocabulary import Split
from ..words import say


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a release, as it is listed. `size` is in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


def releases(project: Project, *, named: bool = True) -> QuerySet[Release]:
    """Return a project's releases, newest first; unless `named`, only those under pseudonyms."""
    found = Release.objects.filter(project=project)
    found = found if named else found.filter(terms__pseudonyms=True)
    return found.select_related("created_by").order_by("-number")


def release(project: Project, version: str, *, named: bool = True) -> Release:
    """Return one release by its number. Raises `NotFound`."""
    # PostgreSQL cannot even be asked for a NUL.
    rows = releases(project, named=named)
    found = None if "\0" in version else rows.filter(version=version).first()
    if found is None:
        raise NotFound(say("There is no such release of this project."))
    return found


def latest(project: Project) -> Release | None:
    """Return the newest release."""
    return releases(project).first()


def files(of: Release) -> list[Listed]:
    """Return a release's files by name."""
    return [Listed(**each) for each in of.files]


def file(of: Release, name: str) -> Listed | None:
    """Return one file of a release, if it has it."""
    return next((each for each in files(of) if each.name == name), None)


def one_file(of: Release, name: str) -> Listed:
    """Return one file of a release. Raises `NotFound`."""
    found = file(of, name)
    if found is None:
        raise NotFound(say("This release has no such file."))
    return found


def content(digest: str) -> Iterator[bytes]:
    """Yield the bytes of the file with a hash, a piece at a time."""
    number = 0
    parts = FilePart.objects.filter(sha256=digest)
    while found := parts.filter(number=number).values_list("content", flat=True).first():
        yield zlib.decompress(bytes(found))
        number += 1


def package(of: Release) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the files of a release, each with its bytes a piece at a time, in a folder of its version."""
    for each in files(of):
        yield f"{of.version}/{each.name}", content(each.sha256)


def rows(digest: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table with a hash, a piece of it at a time."""
    held = b""
    for piece in content(digest):
        *whole, held = (held + piece).split(b"\n")
        yield from map(orjson.loads, whole)
    if held:
        yield orjson.loads(held)


def divided(project: Project, *, named: bool = True) -> QuerySet[Release]:
    """Return the releases that divide the articles, newest first."""
    return releases(project, named=named).exclude(terms__split="none")


def split(
    project: Project, name: Split, version: str = "", *, named: bool = True
) -> frozenset[UUID]:
    """Return the articles of a split as one release has it or, without a version, the newest that has any.

    Raises `NotFound`, and `Invalid` where there is no split.
    """
    if version:
        of: Release | None = release(project, version, named=named)
    else:
        of = divided(project, named=named).first()
    listed = of and file(of, "splits.json")
    if not listed:
        raise _undivided(version)
    return frozenset(map(UUID, orjson.loads(b"".join(content(listed.sha256)))[name]))


def _undivided(version: str) -> Invalid:
    if version:
        said = say("Release {version} divides no articles: name one that does.", version=version)
    else:
        said = say("No release divides the articles yet: make one with train, dev and test.")
    field = "release" if version else "split"
    return Invalid(said, errors=[{"field": field, "code": "invalid", "message": said}])


def living(project: Project, articles: Iterable[str]) -> set[str]:
    """Return which of these articles of releases are still there."""
    found = Article.objects.live().filter(project=project, uuid__in=set(articles))
    return {str(each) for each in found.values_list("uuid", flat=True)}


def damaged() -> Iterator[str]:
    """Yield a line for each file of a release whose bytes do not give its hash."""
    for each in Release.objects.select_related("project").order_by("pk"):
        for listed in files(each):
            whole = sha256()
            for piece in content(listed.sha256):
                whole.update(piece)
            if whole.hexdigest() != listed.sha256:
                yield f"Release {each.version} of {each.project.slug}: {listed.name} is damaged."


def payload(of: Release) -> dict[str, Any]:
    """Return a release as clients see it."""
    return {
        "id": str(of.uuid),
        "version": of.version,
        "created_at": of.created_at.isoformat(),
        "created_by": of.created_by.username,
        "terms": of.terms,
        "counts": of.counts,
        "changes": of.changes,
        "files": [asdict(each) for each in files(of)],
        "digest": of.digest,
    }
