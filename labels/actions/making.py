"""Large releases: asked for at once, made beside the requests, and never by two processes.

As with large imports (`actions.queue`), a folder for each, `DATA_DIR/releases/waiting/ID`, tells the server that
there is something to do, so that what is asked for outlives it. Who makes one holds it (`Making.held_by`) and says
so every half second, on a connection of its own: that of the work stands in its snapshot. One that stopped begins
anew; the pieces of files that it kept are found again, and nobody has seen them.
"""

from __future__ import annotations

import logging
import shutil
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone, translation

from ..errors import Conflict, Refusal
from ..models import Making, Release
from ..queries import export
from ..queries.access import Actor
from ..queries.making import one, under_way, unfinished
from ..rules.permissions import Act
from ..words import say
from . import access, lease, release
from .lease import Stopped
from .package import FINISHED

__all__ = ["Beat", "Making", "Stopped", "ask", "cancel", "do", "folder", "take", "work"]

AT_ONCE = 1000
"""Articles of which a release is made while somebody waits for it: about a second."""
DIVIDING = 3
"""How many times as long an article takes that is compared with all others, for splits."""
EVERY_SECONDS = 0.5

logger = logging.getLogger(__name__)


def folder() -> Path:
    """Return where a folder lies for each release that waits."""
    found = Path(settings.DATA_DIR) / "releases" / "waiting"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def ask(
    *, by: Actor, slug: str, terms: Any = None, version: Any = None, now: datetime | None = None
) -> Release | Making:
    """Make the next release at once or, where that takes long, have it made beside the requests.

    Raises what `release.make` raises.
    """
    project, agreed, _wanted = release.agreed(by=by, slug=slug, terms=terms, version=version)
    if under_way(project):
        raise release.being_made()
    weight = 1 if agreed.split == "none" else DIVIDING
    if export.count(project, FINISHED) * weight <= AT_ONCE:
        return release.make(by=by, slug=slug, terms=terms, version=version, now=now)
    return take(by=by, slug=slug, terms=terms, version=version, now=now)


def take(
    *, by: Actor, slug: str, terms: Any = None, version: Any = None, now: datetime | None = None
) -> Making:
    """Have a release made beside the requests. Raises `Invalid` and `AlreadyExists` as making it does, at once."""
    project, agreed, wanted = release.agreed(by=by, slug=slug, terms=terms, version=version)
    try:
        with transaction.atomic():
            row = Making.objects.create(
                project=project,
                by=by.person,
                version=wanted,
                terms=asdict(agreed),
                queued_at=now or timezone.now(),
                total=export.count(project, FINISHED),
            )
    except IntegrityError as error:
        raise release.being_made() from error
    (folder() / str(row.uuid)).mkdir()
    return row


def cancel(*, by: Actor, slug: str, uuid: UUID, now: datetime | None = None) -> Making:
    """Give up a release that is not made yet; again changes nothing. Raises `Conflict` where it is over."""
    project = access.project(Act.MAKE_RELEASE, by=by, slug=slug)
    row = one(project, uuid)
    with transaction.atomic():
        given_up = unfinished().filter(pk=row.pk).update(cancelled_at=now or timezone.now())
    row.refresh_from_db()
    if not given_up and not row.cancelled_at:
        raise Conflict(say("This release is over and done: there is nothing to cancel."))
    if not row.held_by:
        shutil.rmtree(folder() / str(row.uuid), ignore_errors=True)
    return row


# Doing


def work(place: str = "") -> bool:
    """Make all that wait, the oldest first; return whether something is left that another process holds.

    `place` names the folder of the caller, who sees to it that there is one process for it at a time.
    """
    place = place or lease.here()
    left = False
    _restore()
    for each in sorted(folder().iterdir()):
        row = Making.objects.select_related("project", "by").filter(uuid=each.name).first()
        if row is not None and unfinished().filter(pk=row.pk).exists():
            if not lease.held(unfinished(), row, place, part="", done=0):
                left = True
                continue
            do(row)
        shutil.rmtree(each, ignore_errors=True)
    return left


def _restore() -> None:
    """Put back the folders of those whose server stopped between the row and the folder, or lost its folder."""
    for row in unfinished():
        (folder() / str(row.uuid)).mkdir(exist_ok=True)


def do(row: Making) -> None:
    """Make a release that is held; where it is not held any more, leave it alone."""
    with translation.override(row.by.language or settings.LANGUAGE_CODE):
        try:
            with Beat(row) as beat:
                _carry_out(row, beat)
        except Stopped:
            return
        except Refusal as refusal:
            _fail(row, refusal.code, refusal.detail)
        except OperationalError:
            # The database is away, or busy: it waits until it is back.
            raise
        except Exception:
            logger.exception("Release in the making %s failed", row.uuid)
            said = say("Something went wrong here, and no release was made. It has been noted.")
            _fail(row, "error", said)


def _carry_out(row: Making, beat: Beat) -> None:
    by, at = Actor(row.by), timezone.now()
    terms = dict(row.terms) | {"shares": list(row.terms["shares"])}
    # The right may have been lost since.
    project, agreed, wanted = release.agreed(
        by=by, slug=row.project.slug, terms=terms, version=row.version
    )

    def seal(made: Release) -> None:
        if not lease.mine(unfinished(), row).update(made_at=at, release=made, done=row.total):
            raise Stopped

    release.carry_out(by, project, agreed, wanted, at, beat.step, seal)


def _fail(row: Making, code: str, detail: str) -> None:
    row.problem = {"code": code, "detail": detail}
    lease.mine(unfinished(), row).update(failed_at=timezone.now(), problem=row.problem)


class Beat(Thread):
    """Says how far a release is, and finds out whether it is still to be made."""

    def __init__(self, row: Making) -> None:
        super().__init__(name="release", daemon=True)
        self._row = row
        self._part, self._done = "", 0
        self._lost, self._ended = Event(), Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self.join()

    def step(self, part: str, done: int) -> None:
        """Note how far it is. Raises `Stopped` where it is not to be made any more."""
        self._part, self._done = part, done
        if self._lost.is_set():
            raise Stopped

    def run(self) -> None:
        """Say it every half second."""
        try:
            while not self._ended.wait(EVERY_SECONDS):
                # Where the database is busy, it is said the next time.
                with suppress(OperationalError):
                    self._say()
        finally:
            connection.close()

    def _say(self) -> None:
        told = {"beat_at": timezone.now(), "part": self._part, "done": self._done}
        if not lease.mine(unfinished(), self._row).update(**told):
            self._lost.set()
