"""Figures that take long: asked for at once, counted beside the requests, kept until a set that counts changes.

As with large imports (`actions.queue`), a file for each, `DATA_DIR/agreement/waiting/KEY`, tells the server that
there is something to do. The key is a digest of what is compared and for whom (`Asked.keys`): the same question
joins the count under way, and an answer is never kept for other sets than it is of. One process counts at a time
(`annotator/importer.py` holds the lock); a count that was killed leaves its file and is taken up again. Where the
file is gone, nobody wants the answer any more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from .. import agreement
from ..errors import NotCounted, Refusal
from ..models import Project, User
from ..queries import agreement as figures
from ..queries.access import Actor
from ..records import Agreement, Remark
from ..words import say
from . import access
from .lease import Stopped

AT_ONCE = 2.0
"""Seconds, by estimate, that a measure may take while somebody waits."""
TRIES = 3
"""Times that a count is begun: what kills its process each time would be begun for ever."""
KEPT = timedelta(days=1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """Figures, and the measures that are still being counted."""

    figures: list[Agreement]
    waiting: list[str]


def folder(state: str = "waiting") -> Path:
    """Return where the files of questions lie that wait or, `kept`, of answers."""
    found = Path(settings.DATA_DIR) / "agreement" / state
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def ask(asked: figures.Asked, measures: Sequence[str], annotators: Sequence[str] = ()) -> Answer:
    """Return figures, and have counted beside the requests what takes long. Raises `NotCounted`."""
    slow = [each for each in measures if each in agreement.SLOW]
    quick = [each for each in measures if each not in slow]
    found = figures.figures(asked, quick, annotators) if quick else []
    waiting = []
    for measure in slow:
        counted = _one(asked, measure, annotators)
        found += counted or []
        waiting += [measure] if counted is None else []
    return Answer(sorted(found, key=lambda each: measures.index(each.measure)), waiting)


def look(asked: figures.Asked, measure: str) -> Answer:
    """Return a slow measure if it is there, and whether it is being counted; nothing is begun."""
    key = _key(asked, measure, ())
    kept = _kept(key)
    waiting = kept is None and (folder() / key).exists()
    return Answer(kept or [], [measure] if waiting else [])


def _one(asked: figures.Asked, measure: str, annotators: Sequence[str]) -> list[Agreement] | None:
    """Return a slow measure, or None where it is being counted."""
    key = _key(asked, measure, annotators)
    kept = _kept(key)
    if kept is not None or (folder() / key).exists():
        return kept
    corpus = figures.gathered(asked)
    groups = figures.groups(asked, corpus, annotators)
    if agreement.seconds(corpus, measure, groups) <= AT_ONCE:
        found = agreement.results(corpus, [measure], groups)
        if _key(asked, measure, annotators) == key:
            _keep(key, found)
        return found
    question = {
        "project": str(asked.project.uuid),
        "by": asked.by.person.pk,
        "measure": measure,
        "annotators": list(annotators),
        "tries": 0,
    }
    _write(folder() / key, question)
    return None


def cancel(asked: figures.Asked, measures: Sequence[str], annotators: Sequence[str] = ()) -> None:
    """Give up what is being counted of these; again changes nothing. Who asks for it anew has it counted anew."""
    for each in figures.kept_as(asked, measures, annotators).values():
        (folder() / each).unlink(missing_ok=True)


def _key(asked: figures.Asked, measure: str, annotators: Sequence[str]) -> str:
    return figures.kept_as(asked, [measure], annotators)[measure]


# Doing


def work() -> None:
    """Count all that waits, one after the other; the caller sees to it that there is one process at a time."""
    for _since, each, question in sorted(_waiting(), key=itemgetter(0)):
        asked = _asked(question)
        if asked and each.exists() and not (folder("kept") / each.name).exists():
            _do(asked, question, each)
        each.unlink(missing_ok=True)


def _waiting() -> Iterator[tuple[float, Path, dict[str, Any]]]:
    """Yield the files that wait, each with its time and what it asks; any may be given up at any moment."""
    for each in folder().iterdir():
        with suppress(FileNotFoundError):
            yield each.stat().st_mtime, each, orjson.loads(each.read_bytes())


def _asked(question: dict[str, Any]) -> figures.Asked | None:
    """Return whose figures are wanted, None where the project or the right to see it is gone."""
    person = User.objects.filter(pk=question["by"], is_active=True).first()
    project = Project.objects.filter(uuid=question["project"]).first()
    if person is None or project is None:
        return None
    by = Actor(person)
    try:
        found, standing = access.project_standing(by=by, slug=project.slug)
    except Refusal:
        return None
    return figures.question(by, found, standing.role)


def _do(asked: figures.Asked, question: dict[str, Any], where: Path) -> None:
    """Count what a file asks, if it asks of the sets as they stand; who asks again asks of the others."""
    measure, annotators = question["measure"], question["annotators"]
    if _key(asked, measure, annotators) != where.name:
        return
    if question["tries"] >= TRIES:
        _keep(where.name, None)
        return
    _write(where, question | {"tries": question["tries"] + 1})
    try:
        corpus = figures.gathered(asked)
        # What was read is what the key says, if it still says so after it.
        if _key(asked, measure, annotators) == where.name:
            groups = figures.groups(asked, corpus, annotators)
            wanted = replace(corpus, go_on=lambda: _go_on(where))
            _keep(where.name, agreement.results(wanted, [measure], groups))
    except Stopped:
        return
    except OperationalError:
        # The database is away, or busy: it waits until it is back.
        raise
    except Exception:
        logger.exception("Figures %s could not be counted", where.name)
        _keep(where.name, None)


def _go_on(where: Path) -> None:
    """Raise `Stopped` where a count was given up."""
    if not where.exists():
        raise Stopped


# Keeping


def _kept(key: str) -> list[Agreement] | None:
    """Return figures that are kept. Raises `NotCounted` where it was tried in vain."""
    try:
        rows = orjson.loads((folder("kept") / key).read_bytes())
    except FileNotFoundError:
        return None
    if rows is None:
        raise NotCounted(
            say(
                "Counting this broke off again and again, which has been noted. Ask for two people at a time,"
                " or again tomorrow."
            )
        )
    return [_read(each) for each in rows]


def _read(row: dict[str, Any]) -> Agreement:
    warnings = tuple(Remark(**each) for each in row["warnings"])
    return Agreement(**row | {"annotators": tuple(row["annotators"]), "warnings": warnings})


def _keep(key: str, found: list[Agreement] | None) -> None:
    """Keep figures, or that there are none to be had; let go of those of yesterday and of what broke off."""
    oldest = (timezone.now() - KEPT).timestamp()
    for each in (*folder("kept").iterdir(), *folder("coming").iterdir()):
        with suppress(FileNotFoundError):
            if each.stat().st_mtime < oldest:
                each.unlink()
    _write(folder("kept") / key, found)


def _write(where: Path, content: Any) -> None:
    """Write a file so that nobody finds half of it."""
    draft = folder("coming") / uuid4().hex
    draft.write_bytes(orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY))
    draft.replace(where)
