"""Imports: a look first, then all or nothing.

Articles are staged in short transactions under a batch that nobody sees, so that other people's saves never
wait for a large file; one short transaction publishes them. An import that dies half-way leaves a batch that
the next one discards.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from .. import catalogue, importers, records
from ..errors import BadFile, NotFound, TooLarge, UnknownFormat
from ..models import Article, Import, Project, Upload
from ..queries.access import Actor
from ..rules.permissions import Act
from ..vocabulary import Subject
from ..words import say
from . import access, article, revision

CHUNK = 500
LARGEST_FILE = 25 * 1024 * 1024
"""Bytes of one uploaded file; the command line takes larger ones."""
MOST_LINES = 200
"""Lines of a report that are kept, of each sort."""
ABANDONED = timedelta(minutes=15)
AUTO = "auto"
HEAD = 4096
"""Bytes by which a format is recognised."""

File = tuple[str, BinaryIO]


@dataclass(slots=True)
class Report:
    """What an import finds or does; `items` and `errors` keep the first lines, the counts are whole."""

    format: str = ""
    articles: int = 0
    duplicates: int = 0
    refused: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "format": self.format,
            "articles": self.articles,
            "duplicates": self.duplicates,
            "refused": self.refused,
            "items": self.items,
            "errors": self.errors,
            "reasons": self.reasons,
        }

    def take_bad(self, bad: records.BadItem) -> None:
        """Note what cannot be imported."""
        self.refused += 1
        if len(self.errors) < MOST_LINES:
            self.errors.append({"place": bad.place, "code": bad.code, "message": bad.detail})

    def take(self, stored: Iterable[article.Stored]) -> None:
        """Note what was stored or would be."""
        for each in stored:
            self.articles += not each.duplicate
            self.duplicates += each.duplicate
            if len(self.items) < MOST_LINES:
                self.items.append(
                    {
                        "id": str(each.id),
                        "title": each.article.title,
                        "length": each.article.length,
                        "duplicate": each.duplicate,
                        "version": each.version,
                        "notes": list(each.article.notes),
                    }
                )


def look(
    *,
    by: Actor,
    slug: str,
    files: Iterable[File],
    format_name: str = AUTO,
    keep: bool = False,
    now: datetime | None = None,
) -> Import:
    """Read files and report what importing them would do. `keep` stores the bytes until it is confirmed."""
    at = now or timezone.now()
    project = access.project(Act.IMPORT, by=by, slug=slug)
    held = [(name, _bytes(name, source)) for name, source in files]
    report = Report()
    for chunk in _chunks(report, [(n, io.BytesIO(content)) for n, content in held], format_name):
        with transaction.atomic():
            report.take(article.store(by=by, project=project, articles=chunk, at=at))
            transaction.set_rollback(True)
    with transaction.atomic():
        batch = Import.objects.create(
            project=project,
            by=by.person,
            format=report.format,
            dry_run=True,
            report=report.payload(),
        )
        if keep and not report.refused:
            Upload.objects.bulk_create(
                [Upload(batch=batch, name=name[:255], content=content) for name, content in held]
            )
    return batch


def confirm(*, by: Actor, slug: str, uuid: Any, now: datetime | None = None) -> Import:
    """Import what a look has shown; its uploads are dropped."""
    project = access.project(Act.IMPORT, by=by, slug=slug)
    seen = Import.objects.filter(uuid=uuid, project=project, by=by.person, dry_run=True).first()
    uploads = list(seen.uploads.order_by("pk")) if seen else []
    if seen is None or not uploads:
        raise NotFound(say("This look was used already, or is gone. Choose the files again."))
    files: list[File] = [(each.name, io.BytesIO(bytes(each.content))) for each in uploads]
    made = run(by=by, slug=slug, files=files, format_name=seen.format, now=now)
    Upload.objects.filter(batch=seen).delete()
    return made


def run(
    *,
    by: Actor,
    slug: str,
    files: Iterable[File],
    format_name: str = AUTO,
    now: datetime | None = None,
) -> Import:
    """Import files, all or nothing. Raises `BadFile` with every bad line; then nothing was imported."""
    at = now or timezone.now()
    project = access.project(Act.IMPORT, by=by, slug=slug)
    discard_abandoned(at)
    batch = Import.objects.create(project=project, by=by.person, format=format_name)
    report = Report()
    try:
        _stage(by, batch, _chunks(report, files, format_name), report, at)
    except BaseException:
        _discard(batch)
        raise
    return _publish(by, project, batch, report, at)


def _stage(
    by: Actor, batch: Import, chunks: Iterable[list[records.Article]], report: Report, at: datetime
) -> None:
    for chunk in chunks:
        with transaction.atomic():
            report.take(
                article.store(by=by, project=batch.project, articles=chunk, at=at, batch=batch)
            )
            batch.save(update_fields=["touched_at"])
    if report.refused:
        raise _refusal(report)


def _publish(by: Actor, project: Project, batch: Import, report: Report, at: datetime) -> Import:
    with transaction.atomic():
        batch.published_at = at
        batch.format = report.format
        batch.report = report.payload()
        batch.save(update_fields=["published_at", "format", "report", "touched_at"])
        article.publish(project, report.articles)
        counts = {"articles": report.articles, "duplicates": report.duplicates}
        revision.record(
            by=by.person,
            at=at,
            project=project,
            subject=Subject.IMPORT,
            subject_id=batch.uuid,
            action="import",
            payload={"format": report.format, **counts},
        )
    return batch


def discard_abandoned(now: datetime) -> None:
    """Drop what imports that stopped half-way have staged: nobody has ever seen it."""
    stale = Import.objects.filter(
        dry_run=False, published_at=None, failed_at=None, touched_at__lt=now - ABANDONED
    )
    for batch in stale:
        _discard(batch)
    old = Upload.objects.filter(batch__created_at__lt=now - timedelta(days=1))
    old.delete()


def _discard(batch: Import) -> None:
    with transaction.atomic():
        Article.objects.filter(batch=batch).delete()
        batch.failed_at = timezone.now()
        batch.save(update_fields=["failed_at", "touched_at"])


def _refusal(report: Report) -> BadFile:
    first = report.errors[0]
    said = [say("Nothing was imported."), f"{first['place']}: {first['message']}"]
    if report.refused > 1:
        said.append(say("And {number} more.", number=report.refused - 1))
    return BadFile(
        " ".join(said),
        errors=report.errors,
        report=report.payload(),
    )


def _chunks(
    report: Report, files: Iterable[File], format_name: str
) -> Iterator[list[records.Article]]:
    found = _articles(report, files, format_name)
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def _articles(report: Report, files: Iterable[File], format_name: str) -> Iterator[records.Article]:
    for name, source in files:
        reader, key = _reader(report, name, source, format_name)
        report.format = report.format or key
        for each in reader.read(source, name):
            if isinstance(each, records.BadItem):
                report.take_bad(each)
            elif each.annotation_sets:
                report.take_bad(_with_annotations(name, each))
            elif not report.refused:
                yield each


def _with_annotations(name: str, article: records.Article) -> records.BadItem:
    """Refuse what could only be taken in part: dropping somebody's annotations is no import."""
    count = len(article.annotation_sets)
    return records.BadItem(
        name,
        "annotations_not_taken",
        say(
            "“{title}” comes with {count} annotation sets, and only articles can be imported. "
            "Empty its annotation_sets to import the article alone.",
            title=article.title[:60],
            count=count,
        ),
    )


def _reader(report: Report, name: str, source: BinaryIO, format_name: str) -> tuple[Any, str]:
    formats = catalogue.catalogue(importers)
    if format_name != AUTO:
        if format_name not in formats:
            raise UnknownFormat(
                say(
                    "There is no format “{format_name}”. There is: {names}.",
                    format_name=format_name,
                    names=", ".join(formats),
                )
            )
        return formats[format_name].module, format_name
    head = source.read(HEAD)
    source.seek(0)
    for key, entry in formats.items():
        reason = entry.module.recognises(head, name)
        if reason:
            line = f"{name}: {reason}"
            if len(report.reasons) < MOST_LINES:
                report.reasons.append(line)
            return entry.module, key
    raise UnknownFormat(
        say("{name}: no format recognises this file. Say which one it is.", name=name)
    )


def _bytes(name: str, source: BinaryIO) -> bytes:
    content = source.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise TooLarge(
            say(
                "{name} is larger than {most} MB. Split it, or import it with manage.py "
                "import_articles.",
                name=name,
                most=LARGEST_FILE // 1024 // 1024,
            )
        )
    return content
