"""Large imports: taken at once, done beside the requests, and never by two processes.

The files of an import lie in a folder of their own, `DATA_DIR/imports/waiting/ID`, until it is done: so it
outlives the server. Who does it holds it (`Import.held_by`) and says so again in the transaction of each chunk;
a process that has lost it, or whose import was cancelled, can write no further. What one has staged that stopped
half-way is dropped before another begins anew (docs/decisions/0006-imports-in-background.md).
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone, translation

from .. import records
from ..errors import Conflict, NotFound, Refusal
from ..models import Import
from ..queries.access import Actor
from ..queries.imports import one
from ..rules import columns as column_rules
from ..rules.permissions import Act
from ..words import say
from . import access, imports, lease, pausing, reading
from .lease import Stopped
from .report import Report

LARGE = 4 * 1024 * 1024
"""Bytes from which files are not read while somebody waits for the answer."""
KEPT = timedelta(days=1)
"""How long the files of a look wait to be imported."""
NAMES = "names.json"
STATES = ("kept", "waiting")
"""Where the files of a look may lie that is done; the second until they are put away."""

Chunk = list[records.Article]

logger = logging.getLogger(__name__)


def folder(state: str = "waiting") -> Path:
    """Return where the folders of imports are that wait or, `kept`, of looks that may be imported."""
    found = Path(settings.DATA_DIR) / "imports" / state
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def is_large(files: Iterable[tuple[str, BinaryIO]]) -> bool:
    """Tell whether files are too large to be read while somebody waits."""
    return sum(_size(source) for _name, source in files) > LARGE


def _size(source: BinaryIO) -> int:
    size = source.seek(0, 2)
    source.seek(0)
    return size


# Taking in


def take(
    *,
    by: Actor,
    slug: str,
    files: Iterable[tuple[str, BinaryIO]],
    format_name: str = imports.AUTO,
    columns: str = "",
    newer: bool = True,
    dry_run: bool = False,
    keep: bool = False,
    now: datetime | None = None,
) -> Import:
    """Store files and have them imported, or looked at, beside the requests; `keep` is as for a look."""
    project = access.project(Act.IMPORT, by=by, slug=slug)
    column_rules.read(columns)
    reading.check(format_name)
    draft = folder("coming") / uuid4().hex
    draft.mkdir()
    try:
        names = [_stored(draft / str(place), each) for place, each in enumerate(files)]
        (draft / NAMES).write_bytes(orjson.dumps(names))
        with transaction.atomic():
            batch = Import.objects.create(
                project=project,
                by=by.person,
                format=format_name,
                dry_run=dry_run,
                keeps=keep,
                report={"columns": columns, "takes_newer": newer},
                queued_at=now or timezone.now(),
                size=sum(each.stat().st_size for each in draft.iterdir() if each.name != NAMES),
            )
            draft.rename(folder() / str(batch.uuid))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return batch


def _stored(target: Path, file: tuple[str, BinaryIO]) -> str:
    name, source = file
    with target.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1024 * 1024)
    return name[:255]


def is_kept(seen: Import) -> bool:
    """Tell whether a look's files wait to be imported."""
    return seen.keeps and any((folder(each) / str(seen.uuid)).is_dir() for each in STATES)


def confirm(*, by: Actor, slug: str, uuid: UUID, now: datetime | None = None) -> Import:
    """Import what a look has shown, from the same files: at once, or beside the requests if that looked so."""
    project = access.project(Act.IMPORT, by=by, slug=slug)
    seen = one(project, uuid)
    if not seen.queued_at or not seen.looked_at or seen.by != by.person or not is_kept(seen):
        return imports.confirm(by=by, slug=slug, uuid=uuid, now=now)
    with transaction.atomic():
        batch = Import.objects.create(
            project=seen.project,
            by=seen.by,
            format=seen.format,
            report={
                "columns": seen.report.get("columns", ""),
                "takes_newer": seen.report.get("takes_newer", True),
            },
            queued_at=now or timezone.now(),
            size=seen.size,
        )
        for each in STATES:
            with suppress(FileNotFoundError):
                (folder(each) / str(seen.uuid)).rename(folder() / str(batch.uuid))
                return batch
        raise NotFound(imports.used_up())


def cancel(*, by: Actor, slug: str, uuid: UUID, now: datetime | None = None) -> Import:
    """Give up an import that is not done. What it has staged goes with its files; again changes nothing."""
    at = now or timezone.now()
    project = access.project(Act.IMPORT, by=by, slug=slug)
    batch = one(project, uuid)
    with transaction.atomic():
        given_up = _unfinished().filter(pk=batch.pk).update(cancelled_at=at, touched_at=at)
    batch.refresh_from_db()
    if not given_up and not batch.cancelled_at:
        raise Conflict(say("This import is over: there is nothing to cancel."))
    if not batch.held_by:
        shutil.rmtree(folder() / str(batch.uuid), ignore_errors=True)
    return batch


def _unfinished() -> Any:
    return Import.objects.filter(
        queued_at__isnull=False,
        published_at=None,
        looked_at=None,
        failed_at=None,
        cancelled_at=None,
    )


# Doing


def work(place: str = "") -> bool:
    """Do all that waits, the oldest first; return whether something is left that another process holds.

    `place` names the folder of the caller, who sees to it that there is one process for it at a time.
    """
    place = place or lease.here()
    tidy()
    left = False
    for each in sorted(folder().iterdir()):
        batch = Import.objects.select_related("project", "by").filter(uuid=each.name).first()
        if batch is None:
            # Its row is not committed yet, or never was.
            _drop_if_old(each, timedelta(hours=1))
        elif _is_over(batch):
            imports.drop_staged(batch)
            _put_away(batch, each)
        elif not lease.held(_unfinished(), batch, place, taken=0, read=0):
            left = True
        else:
            do(batch, each)
    return left


def _is_over(batch: Import) -> bool:
    return any((batch.published_at, batch.looked_at, batch.failed_at, batch.cancelled_at))


def do(batch: Import, where: Path) -> None:
    """Do an import that is held, from its files; where it is not held any more, leave it alone."""
    with translation.override(batch.by.language or settings.LANGUAGE_CODE):
        try:
            imports.drop_staged(batch)
            _carry_out(batch, where)
        except Stopped:
            batch.refresh_from_db()
            if not batch.cancelled_at:
                return
            imports.drop_staged(batch)
        except Refusal as refusal:
            _fail(batch, refusal.code, refusal.detail, refusal.extra.get("report"))
        except OperationalError:
            # The database is away, or busy: the import waits until it is back.
            raise
        except Exception:
            logger.exception("Import %s failed", batch.uuid)
            said = say("Something went wrong here, and nothing was imported. It has been noted.")
            _fail(batch, "error", said, None)
    _put_away(batch, where)


def _put_away(batch: Import, where: Path) -> None:
    if batch.keeps and batch.looked_at and not batch.report.get("refused"):
        with suppress(FileNotFoundError):
            where.rename(folder("kept") / where.name)
    else:
        shutil.rmtree(where, ignore_errors=True)


def _fail(batch: Import, code: str, detail: str, report: dict[str, Any] | None) -> None:
    imports.drop_staged(batch)
    now = timezone.now()
    batch.problem = {"code": code, "detail": detail}
    mine = lease.mine(_unfinished(), batch)
    mine.update(failed_at=now, touched_at=now, problem=batch.problem, report=report or batch.report)


def _carry_out(batch: Import, where: Path) -> None:
    by, at = Actor(batch.by), timezone.now()
    # The right may have been lost since.
    project = access.project(Act.IMPORT, by=by, slug=batch.project.slug)
    report = Report(
        project,
        columns=batch.report.get("columns", ""),
        takes_newer=batch.report.get("takes_newer", True),
    )
    with Files(where) as files:

        def step(taken: int) -> None:
            now, mine = timezone.now(), lease.mine(_unfinished(), batch)
            told = {"beat_at": now, "touched_at": now, "taken": taken, "read": files.read}
            if not mine.update(**told):
                raise Stopped

        chunks = pausing.apart(imports.chunks_of(report, files, batch.format, imports.SHORT_CHUNK))
        if not batch.dry_run:
            imports.carry_out(by, batch, chunks, report, step, at)
            return
        imports.inspect(by, project, chunks, report, step, at)
    with transaction.atomic():
        step(report.articles + report.duplicates)
        batch.looked_at, batch.format, batch.report = at, report.format, report.payload()
        batch.save(update_fields=["looked_at", "format", "report", "touched_at"])


class Files:
    """The files in a folder of an import, opened one after the other; `read` tells how far they are read."""

    def __init__(self, where: Path) -> None:
        self._where = where
        self._names: list[str] = orjson.loads((where / NAMES).read_bytes())
        self._source: BinaryIO | None = None
        self._behind = self._read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._source:
            self._source.close()

    def __iter__(self) -> Iterator[reading.File]:
        for place, name in enumerate(self._names):
            with (self._where / str(place)).open("rb") as self._source:
                yield name, self._source
                self._behind += self._source.seek(0, 2) if not self._source.closed else 0

    @property
    def read(self) -> int:
        """Bytes behind the place at which the file is read, never fewer than before."""
        here = self._source.tell() if self._source and not self._source.closed else 0
        self._read = max(self._read, self._behind + here)
        return self._read


# Putting away


def tidy() -> None:
    """Remove files of looks that nobody has imported, and of requests that broke off."""
    for state in ("kept", "coming"):
        for each in folder(state).iterdir():
            _drop_if_old(each, KEPT)


def _drop_if_old(each: Path, age: timedelta) -> None:
    try:
        since = datetime.fromtimestamp(each.stat().st_ctime, tz=timezone.now().tzinfo)
    except FileNotFoundError:
        return
    if timezone.now() - since > age:
        shutil.rmtree(each, ignore_errors=True)
