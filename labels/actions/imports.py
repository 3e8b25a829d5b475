"""Imports: a look first, then all or nothing.

Articles are staged in short transactions under a batch that nobody sees, so that other people's saves never
wait for a large file; one short transaction publishes them. An import that dies half-way leaves a batch that
the next one discards.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from .. import importers, records
from ..errors import BadFile, Conflict, NotFound, TooLarge
from ..importers._folder import Folder
from ..models import Article, Import, Project, Upload
from ..queries import article as articles
from ..queries.access import Actor
from ..rules import columns as column_rules
from ..rules.permissions import Act
from ..vocabulary import Subject
from ..words import say
from . import access, article, bulk, intake, reading, revision, room, writing
from .report import Report

CHUNK = 500
SHORT_CHUNK = 40
"""Articles of a chunk while people work beside it: on SQLite they wait for it to be written."""
DROPPED_AT_ONCE = 200
MANY = 1000
"""Articles and spans by which the database's idea of its tables becomes another."""
LARGEST_FILE = 25 * 1024 * 1024
"""Bytes of one uploaded file; the command line takes larger ones."""
ABANDONED = timedelta(minutes=15)
ROOMS = "imports"
AUTO = reading.AUTO

File = reading.File
Step = Callable[[int], None]
"""Takes how many articles are read, inside the transaction of each chunk; may raise to stop all."""


def unheard(_taken: int) -> None:
    """Tell nobody how far an import is."""


def look(
    *,
    by: Actor,
    slug: str,
    files: Iterable[File],
    format_name: str = AUTO,
    columns: str = "",
    newer: bool = True,
    keep: bool = False,
    step: Step = unheard,
    read: reading.Read = reading.read,
    now: datetime | None = None,
) -> Import:
    """Read files and report what importing them would do. `keep` stores the bytes until it is confirmed.

    `columns` says what columns of tables are: see `rules.columns`.
    """
    at = now or timezone.now()
    project = access.project(Act.IMPORT, by=by, slug=slug)
    held = [(n, x if isinstance(x, Folder) else _bytes(n, x)) for n, x in files]
    report = Report(project, columns=columns, takes_newer=newer)
    opened = [(n, io.BytesIO(x) if isinstance(x, bytes) else x) for n, x in held]
    chunks = chunks_of(report, opened, format_name, read=read)
    inspect(by, project, chunks, report, step, at)
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
                [Upload(batch=batch, name=n[:255], content=x) for n, x in held]
            )
    return batch


def inspect(
    by: Actor,
    project: Project,
    chunks: Iterable[list[records.Article]],
    report: Report,
    step: Step,
    at: datetime,
) -> None:
    """Note in the report what importing would do, and leave nothing behind."""
    taken = 0
    with intake.begun(by=by, project=project, batch=None, at=at, say=report.warn) as found:
        for chunk in chunks:
            with transaction.atomic():
                stored = article.store(by=by, project=project, articles=chunk, at=at)
                coming = intake.stage(found, stored)
                transaction.set_rollback(True)
            report.take(stored)
            intake.report(found, coming)
            taken += len(chunk)
            step(taken)
        if found.unknown:
            intake.proposed(found)
        report.take_sets(found)


def confirm(*, by: Actor, slug: str, uuid: Any, now: datetime | None = None) -> Import:
    """Import what a look has shown; its uploads are dropped."""
    project = access.project(Act.IMPORT, by=by, slug=slug)
    seen = Import.objects.filter(uuid=uuid, project=project, by=by.person, dry_run=True).first()
    uploads = list(seen.uploads.order_by("pk")) if seen else []
    if seen is None or not uploads:
        raise NotFound(used_up())
    files: list[File] = [(each.name, io.BytesIO(bytes(each.content))) for each in uploads]
    asked = {
        "columns": seen.report.get("columns", ""),
        "newer": seen.report.get("takes_newer", True),
    }
    made = run(by=by, slug=slug, files=files, format_name=seen.format, **asked, now=now)
    Upload.objects.filter(batch=seen).delete()
    return made


def used_up() -> str:
    """Say that there is nothing to import any more."""
    return say("This look was used already, or is gone. Choose the files again.")


def run(
    *,
    by: Actor,
    slug: str,
    files: Iterable[File],
    format_name: str = AUTO,
    columns: str = "",
    newer: bool = True,
    step: Step = unheard,
    read: reading.Read = reading.read,
    write: writing.Begin = writing.here,
    now: datetime | None = None,
) -> Import:
    """Import files, all or nothing. Raises `BadFile` with every bad line; then nothing was imported.

    Another text of an article that the project has, by its external id, comes in as its newer one; without `newer`
    it is a bad line. A command lets a process beside it `read` and threads `write`: see `ahead` and `writing`.
    """
    at = now or timezone.now()
    project = access.project(Act.IMPORT, by=by, slug=slug)
    column_rules.read(columns)
    discard_abandoned(at)
    batch = Import(project=project, by=by.person, format=format_name)
    report = Report(project, columns=columns, takes_newer=newer)
    with room.room(ROOMS, str(batch.uuid)):
        batch.save(force_insert=True)
        try:
            chunks = chunks_of(report, files, format_name, read=read)
            return carry_out(by, batch, chunks, report, step, at, write=write)
        except BaseException:
            _discard(batch)
            raise


def carry_out(
    by: Actor,
    batch: Import,
    chunks: Iterable[list[records.Article]],
    report: Report,
    step: Step,
    at: datetime,
    write: writing.Begin = writing.here,
) -> Import:
    """Stage all chunks and publish them. Raises `BadFile`, `Conflict`; what is staged is the caller's to drop."""
    try:
        with (
            intake.begun(
                by=by, project=batch.project, batch=batch, at=at, say=report.warn
            ) as found,
            write() as writer,
        ):
            _stage(found, batch, chunks, report, step, writer)
            has_many = report.articles + found.spans > MANY
            if has_many:
                writer.settle(Article, *intake.STAGED)
            _publish(found, batch, report, step)
            if has_many:
                writer.settle(*intake.PUBLISHED)
            writer.finish()
    except IntegrityError as error:
        raise Conflict(
            say(
                "Nothing was imported: an id or a name of this file stands twice in it, or another import has "
                "brought it in meanwhile. Look at the file, or try again."
            )
        ) from error
    return batch


def _stage(
    found: intake.Intake,
    batch: Import,
    chunks: Iterable[list[records.Article]],
    report: Report,
    step: Step,
    writer: writing.Here,
) -> None:
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        with writer.turn(chunk) as insert:
            step(taken)
            stored = article.store(
                by=found.by,
                project=found.project,
                articles=chunk,
                at=found.at,
                batch=batch,
                insert=insert,
            )
            coming = intake.stage(found, stored, insert)
            batch.save(update_fields=["touched_at"])
        report.take(stored)
        _check_newer(report, stored)
        intake.report(found, coming)
    writer.finish()
    if report.refused:
        raise _refusal(report)


def _check_newer(report: Report, stored: Iterable[article.Stored]) -> None:
    """Refuse newer texts where they are not wanted."""
    if report.takes_newer:
        return
    for each in stored:
        if each.newer:
            sentence = article.unwanted(each.article)
            report.take_bad(records.BadItem(each.article.title, "newer_text", sentence))


def _publish(found: intake.Intake, batch: Import, report: Report, step: Step) -> None:
    by, project, at = found.by, found.project, found.at
    with transaction.atomic():
        step(report.articles + report.duplicates)
        intake.publish(found)
        report.take_sets(found)
        batch.published_at = at
        batch.format = report.format or batch.format
        batch.report = report.payload()
        batch.save(update_fields=["published_at", "format", "report", "touched_at"])
        article.publish(project, report.articles)
        counts = {
            "articles": report.articles,
            "duplicates": report.duplicates,
            "sets": report.sets,
        }
        revision.record(
            by=by.person,
            at=at,
            project=project,
            subject=Subject.IMPORT,
            subject_id=batch.uuid,
            action="import",
            payload={"format": report.format, **counts},
        )


def discard_abandoned(now: datetime) -> None:
    """Drop what imports that stopped half-way have staged: nobody has ever seen it.

    Of those of this machine it is known; others have done nothing for a while.
    """
    left = room.left(ROOMS)
    begun = Import.objects.filter(dry_run=False, queued_at=None, published_at=None, failed_at=None)
    for batch in begun.filter(
        Q(uuid__in=[each.name for each in left]) | Q(touched_at__lt=now - ABANDONED)
    ):
        _discard(batch)
    for each in left:
        room.clear(each)
    old = Upload.objects.filter(batch__created_at__lt=now - timedelta(days=1))
    old.delete()


def _discard(batch: Import) -> None:
    drop_staged(batch)
    with transaction.atomic():
        batch.failed_at = timezone.now()
        batch.save(update_fields=["failed_at", "touched_at"])


def drop_staged(batch: Import) -> None:
    """Delete what an import has staged, in short transactions: nobody has ever seen it."""
    while intake.discard(batch, DROPPED_AT_ONCE):
        pass
    staged = Article.objects.filter(batch=batch, batch__published_at=None).order_by("pk")
    # A newer text points at the one before it, and what is pointed at is not deleted.
    staged.filter(supersedes__isnull=False).order_by().update(supersedes=None)
    while keys := list(staged.values_list("pk", flat=True)[:DROPPED_AT_ONCE]):
        with transaction.atomic():
            bulk.drop(Article, "id", keys)


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


def chunks_of(
    report: Report,
    files: Iterable[File],
    format_name: str,
    size: int = CHUNK,
    read: reading.Read = reading.read,
) -> Iterator[list[records.Article]]:
    """Yield the articles of files, as many at a time; what cannot be read goes into the report."""
    known = {
        importers.COLUMNS: column_rules.read(report.columns),
        importers.TEXTS: partial(articles.text_under, report.project),
    }
    found = _good(report, read(files, format_name, report.recognised, known))
    while chunk := list(islice(found, size)):
        yield chunk


def _good(report: Report, found: reading.Found) -> Iterator[records.Article]:
    for each in found:
        if isinstance(each, records.BadItem):
            report.take_bad(each)
        elif not report.refused:
            yield each


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
