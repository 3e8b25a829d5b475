"""Annotation sets that come in with articles: staged in bulk under an import, published with it.

No set from a file becomes anybody's own: it is of the kind `imported`, under the name its file gives, and
what the file called it is kept for the export alone (docs/decisions/0005-imported-sets.md). An id stays
unless another article has it; then one is derived from it, so that the same file finds its sets again.
What cannot be taken back once written, revisions and verdicts, waits in a temporary file until the import is
published.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid5

import orjson
from django.db import transaction

from .. import records
from ..errors import Conflict
from ..models import (
    AnnotationSet,
    Fragment,
    Import,
    Project,
    Relation,
    Review,
    Revision,
    Scheme,
    Span,
)
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..queries.among import Among
from ..rules import intake as rules
from ..rules.widening import Unknown, widened
from ..words import say
from . import annotation, bulk, intake_rows, revision, scheme
from .article import Stored

WRITTEN_AT_ONCE = 2000
IN_MEMORY = 1024 * 1024
"""Bytes of what waits that are held in memory before they go to a file."""

STAGED = (Span, Fragment, Relation)
PUBLISHED = (Revision, AnnotationSet, Review)
"""What sets go into, before they are published, and what is written then."""

Say = Callable[[str, str, str], None]
"""Takes a place, a code and a sentence for the report."""


@dataclass(slots=True)
class Intake:
    """What one import brings beside articles, and what of it waits for the moment of publishing."""

    by: Actor
    project: Project
    batch: Import | None
    at: datetime
    say: Say
    scheme: Scheme
    unknown: Unknown
    waiting: BinaryIO
    sets: int = 0
    known: int = 0
    spans: int = 0
    relations: int = 0
    reviews: int = 0
    states: Counter[str] = field(default_factory=Counter)


@contextmanager
def begun(
    *, by: Actor, project: Project, batch: Import | None, at: datetime, say: Say
) -> Iterator[Intake]:
    """Begin with nothing; sets are measured by the project's current scheme."""
    current = schemes.current(project)
    unknown = Unknown(scheme.parsed(current))
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as waiting:
        yield Intake(by, project, batch, at, say, current, unknown, cast("BinaryIO", waiting))


@dataclass(frozen=True, slots=True)
class Coming:
    """A set that is to be stored, with the article that has it."""

    article: int
    title: str
    text: str
    given: records.AnnotationSet


def stage(
    intake: Intake, stored: Sequence[Stored], insert: bulk.Insert = bulk.insert_columns
) -> list[Coming]:
    """Write the sets that their articles do not have yet, inside the caller's transaction, and return them."""
    coming = list(_new(intake, [each for each in stored if each.article.annotation_sets]))
    rows = intake_rows.made(intake, coming)
    rows.insert(insert)
    for line in rows.waiting:
        intake.waiting.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    for each in coming:
        given = each.given
        intake.sets += 1
        intake.spans += len(given.spans)
        intake.relations += len(given.relations)
        intake.reviews += len(given.reviews)
        intake.states[given.state] += 1
    return coming


def report(intake: Intake, coming: Iterable[Coming]) -> None:
    """Say which rules that people keep are broken by sets: after the transaction, which others wait for."""
    for each in coming:
        name = each.given.annotator or each.given.kind
        for code, sentence in rules.broken(each.text, intake.unknown.scheme, each.given):
            intake.say(say("{title}, set of {name}", title=each.title, name=name), code, sentence)


# Which sets are new


def _new(intake: Intake, stored: Sequence[Stored]) -> Iterator[Coming]:
    """Yield the sets that are not there, under ids that are free and names that a scheme can have."""
    there = _There(intake.project, stored)
    for each in stored:
        for given in each.article.annotation_sets:
            free = there.free(each, given)
            if free is None:
                intake.known += 1
                continue
            taken = given
            if free != given.id or given.reviews:
                taken = replace(given, id=free, reviews=_free_reviews(given, free))
            title, text = each.article.title, each.article.text
            yield Coming(each.key, title, text, intake.unknown.take(taken))


def derived_id(project: Project, article: records.Article, given: UUID) -> UUID:
    """Return the id of a set in this project where its own is taken: always the same one."""
    return uuid5(project.uuid, f"{given.hex} {article.text_sha256}")


class _There:
    """The sets that are there: the articles of ids in use, and the names that imported sets have in articles."""

    def __init__(self, project: Project, stored: Sequence[Stored]) -> None:
        self.project = project
        found = [(each, given) for each in stored for given in each.article.annotation_sets]
        self.owners: dict[UUID, int] = {}
        self.asked: set[UUID] = set()
        self._ask(given.id for _each, given in found)
        # What has just been made has no sets, and no id has been derived for any.
        before = {each.key for each in stored if each.duplicate}
        self._ask(
            derived_id(project, each.article, given.id)
            for each, given in found
            if each.duplicate or given.id in self.owners
        )
        beside = AnnotationSet.everything.filter(Among("article", before))
        columns = ("annotator_id", "article_id", "annotator_name", "file_kind", "round")
        named: Any = beside.values_list(*columns)
        # Those of people are left out here: asked for none, SQLite walks through all imported sets there are.
        self.names = {tuple(name) for person, *name in named if person is None}

    def _ask(self, ids: Iterable[UUID]) -> None:
        wanted = {*ids} - self.asked
        self.asked |= wanted
        found = AnnotationSet.everything.filter(Among("uuid", wanted, "uuid"))
        self.owners |= dict(found.values_list("uuid", "article_id"))

    def free(self, stored: Stored, given: records.AnnotationSet) -> UUID | None:
        """Return the id that a set gets and is now there with, or None where it is there already."""
        name = (stored.key, given.annotator, str(given.kind), given.round)
        if self.owners.get(given.id) == stored.key or name in self.names:
            return None
        free = given.id
        if stored.duplicate or given.id in self.owners:
            derived = derived_id(self.project, stored.article, given.id)
            self._ask([derived])
            if derived in self.owners:
                return None
            free = derived if given.id in self.owners else given.id
        self.owners[free] = stored.key
        self.names.add(name)
        return free


def _free_reviews(given: records.AnnotationSet, owner: UUID) -> Sequence[records.Review]:
    """Give verdicts ids of their own where theirs are taken."""
    if not given.reviews:
        return ()
    ids = [each.id for each in given.reviews]
    taken = set(Review.objects.filter(uuid__in=ids).values_list("uuid", flat=True))
    return [
        replace(each, id=uuid5(owner, each.id.hex)) if each.id in taken else each
        for each in given.reviews
    ]


# Publishing


def publish(intake: Intake) -> None:
    """Show all sets at once, with their revisions and verdicts, inside the caller's transaction."""
    if not intake.sets:
        return
    used = intake.scheme
    if intake.unknown:
        definition = proposed(intake)
        used = scheme.store(
            by=intake.by, project=intake.project, definition=definition, at=intake.at
        )
    staged = AnnotationSet.everything.filter(staged_by=intake.batch)
    if staged.count() != intake.sets:
        raise Conflict(say("This import took so long that it was given up. Import the file again."))
    staged.update(staged_by=None, scheme=used)
    for lines in _waiting(intake.waiting):
        lines_of = [intake_rows.written(x) for kind, x in lines if kind == "revision"]
        bulk.insert(Revision, revision.COLUMNS, lines_of)
        verdicts = [intake_rows.verdict(x) for kind, x in lines if kind == "review"]
        bulk.insert(Review, intake_rows.REVIEW, verdicts)
    for state, number in intake.states.items():
        annotation.add_to_count(intake.project.pk, state, number)


def proposed(intake: Intake) -> dict[str, Any]:
    """Return what the scheme is to be: as it is now, with what the sets use beyond it.

    Raises `BadScheme` where names of the file would make no scheme.
    """
    # It may have changed while the file was read.
    (now,) = Scheme.objects.filter(project=intake.project).order_by("-version")[:1]
    definition = widened(now.definition, intake.unknown)
    scheme.check(definition)
    return definition


def _waiting(source: BinaryIO) -> Iterator[list[tuple[str, list[object]]]]:
    source.seek(0)
    while lines := list(islice(source, WRITTEN_AT_ONCE)):
        yield [orjson.loads(line) for line in lines]


def discard(batch: Import, most: int) -> int:
    """Drop so many of the sets that an import has staged, and return how many there were."""
    staged = AnnotationSet.everything.filter(staged_by=batch).order_by("pk")
    with transaction.atomic():
        keys = list(staged.values_list("pk", flat=True)[:most])
        intake_rows.discard(keys)
    return len(keys)
