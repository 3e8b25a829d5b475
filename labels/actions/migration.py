"""Migrations: the scheme changed together with what is labelled by it. A look first, then one act.

The new version and the migration are made in one short transaction; sets are carried along after it
(`labels.actions.carrying`) for as long as a request may take: `go_on` goes on where that ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import records
from ..errors import Conflict, Invalid, MigrationRunning, OverlapRefused
from ..models import AnnotationSet, Import, Migration, Project, Scheme
from ..queries import migration as queries
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..queries.snapshot import snapshot
from ..rules import migration as rules
from ..rules import redefinition
from ..rules.carrying import extends
from ..rules.permissions import Act
from ..vocabulary import Subject
from ..words import say, say_many
from . import access, carrying, pausing, revision, room, scheme
from .carrying import done_by
from .concern import Concern, Sample, concern
from .imports import ABANDONED, ROOMS

SECONDS = 0.6
"""How long one request carries sets along before it tells how far it is."""
MOST_CLASHES = 50
MOST_READ = 2000
"""Sets of which the log is read to tell what taking a merge back concerns."""


def said(row: Migration) -> str:
    """Say what a migration did."""
    return rules.sentence(done_by(row))


def payload(row: Migration) -> dict[str, Any]:
    """Return a migration as clients see it."""
    return {
        "id": str(row.uuid),
        "what": row.what,
        "said": said(row),
        "before": row.before.version,
        "after": row.after.version,
        "undoes": str(row.undoes.uuid) if row.undoes else None,
        "sets": row.total,
        "done": row.done,
        "spans": row.spans,
        "relations": row.relations,
        "left": row.left,
        "left_count": row.left_count,
        "finished": row.finished_at is not None,
        "created_at": row.created_at.isoformat(),
        "created_by": row.created_by.username,
    }


@dataclass(frozen=True, slots=True)
class Clash:
    """Two spans of one set that could not both have the label that a merge gives them."""

    set: AnnotationSet
    one: records.Span
    two: records.Span


@dataclass(frozen=True, slots=True)
class Look:
    """What a migration would do: to the scheme, to what is labelled, and what stands in its way."""

    made: rules.Migration
    before: Scheme
    definition: dict[str, Any]
    clashes: list[Clash]
    undoes: Migration | None = None
    concern: Concern = field(default_factory=Concern)

    @property
    def said(self) -> str:
        """What it would do, in a sentence."""
        return rules.sentence(self.made)

    def payload(self) -> dict[str, Any]:
        """Return it as clients see it."""
        found = self.concern
        return {
            "id": None,
            "what": self.made.payload(),
            "said": self.said,
            "before": self.before.version,
            "after": self.before.version + 1,
            "done": 0,
            "left": [],
            "left_count": 0,
            "finished": False,
            "scheme": self.definition | {"version": self.before.version + 1},
            "undoes": str(self.undoes.uuid) if self.undoes else None,
            "spans": found.spans,
            "relations": found.relations,
            "sets": found.sets,
            "touched": found.touched,
            "states": found.states,
            "people": found.people,
            "older": found.older,
            "samples": [_sample(each) for each in found.samples],
            "clashes": [_clash(each) for each in self.clashes],
        }


def _sample(sample: Sample) -> dict[str, Any]:
    return {
        "set": str(sample.set.uuid),
        "article": str(sample.set.article),
        "annotator": sample.set.annotator,
        "span": str(sample.span),
        "label": sample.label,
        "becomes": sample.becomes,
        "quote": sample.quote,
    }


def _clash(clash: Clash) -> dict[str, str]:
    one, two = str(clash.one.id), str(clash.two.id)
    return {"set": str(clash.set.uuid), "one": one, "two": two}


def look(*, by: Actor, slug: str, what: Any) -> Look:
    """Say what a migration would do; nothing is changed. Raises what `begin` raises, but for clashes."""
    project = access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
    with snapshot():
        return _look(project, what)


def _look(project: Project, what: Any) -> Look:
    plan = _plan(project, what)
    undone = plan.undoes
    if undone and plan.made.kind == rules.UNMERGE and undone.done > MOST_READ:
        # The log of so many sets takes longer to read than somebody waits: what it did is what is undone.
        found = Concern(spans=undone.spans, sets=undone.done, touched=undone.done)
    else:
        was = queries.labels_before(undone) if undone and plan.made.kind == rules.UNMERGE else {}
        found = concern(project, plan.made, was)
    found.older = _older(project, plan.before)
    return replace(plan, concern=found)


def _plan(project: Project, what: Any) -> Look:
    """Say what would become of the scheme, and what stands in the way; nothing is counted yet."""
    before = schemes.current(project)
    undone = _undone(project, what, before)
    if undone is None:
        made = rules.read(what)
        definition = redefinition.redefined(before.definition, made)
    else:
        made, definition = _back(undone), dict(undone.before.definition)
    clashing = _clashes(project, made, definition)
    return Look(made, before, definition, clashing, undone)


def _undone(project: Project, what: Any, before: Scheme) -> Migration | None:
    """Return the migration that is to be undone. Raises `Conflict` where something came after it."""
    if not isinstance(what, dict) or "undoes" not in what:
        return None
    if set(what) != {"undoes"}:
        raise Invalid(say("To undo a change, say which one and nothing else."))
    try:
        uuid = UUID(what["undoes"])
    except (ValueError, TypeError, AttributeError):
        raise Invalid(
            say("undoes: an id is expected."), errors=[{"field": "undoes", "code": "invalid"}]
        ) from None
    found = queries.migration(project, uuid)
    if _unnumbered(found.after.definition) != _unnumbered(before.definition):
        raise Conflict(say("The scheme has been changed since. Undo what came after it first."))
    return found


def _unnumbered(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in definition.items() if name != "version"}


def _back(undone: Migration) -> rules.Migration:
    made = done_by(undone)
    title = None
    if made.kind == "rename":
        title = redefinition.title_of(undone.before.definition, made)
    return rules.reverse(made, title)


def _older(project: Project, before: Scheme) -> int:
    """Count the sets of versions that say what the present one does not have."""
    current = scheme.parsed(before)
    others = Scheme.objects.filter(project=project).exclude(pk=before.pk)
    narrow = [each.pk for each in others if not extends(current, scheme.parsed(each))]
    return queries.sets(project).filter(scheme__in=narrow).count() if narrow else 0


def _clashes(project: Project, made: rules.Migration, definition: Mapping[str, Any]) -> list[Clash]:
    if made.kind != "merge":
        return []
    label = scheme.check(definition).label(made.to)
    pairs = carrying.clashes(made, label, queries.sets(project).values("pk"))
    rows = AnnotationSet.objects.select_related("article", "annotator").defer("article__text")
    sets = rows.in_bulk(sorted(pairs)[:MOST_CLASHES])
    each = [Clash(sets[pk], *pair) for pk in sorted(sets) for pair in pairs[pk]]
    return each[:MOST_CLASHES]


def begin(*, by: Actor, slug: str, what: Any, now: datetime | None = None) -> Migration:
    """Change the scheme, and carry sets along for as long as a request may take.

    Raises `Invalid` or `BadScheme` for what the scheme does not have or cannot have, `OverlapRefused` with the
    spans that clash, `MigrationRunning` while another is not finished, `Conflict` while an import is under way.
    """
    at = now or timezone.now()
    end = monotonic() + SECONDS
    found = access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
    with snapshot():
        wanted = _plan(found, what)
    _check_clashes(wanted)
    with transaction.atomic():
        project = scheme.held(by=by, slug=slug)
        _check_quiet(project, wanted, at)
        row = _store(by, project, wanted, at)
    return _for_a_while(row, at, end)


def _check_clashes(wanted: Look) -> None:
    if wanted.clashes:
        raise OverlapRefused(
            say_many(
                "{number} pair of spans lies so that both cannot be {name}. Settle it, or let them overlap.",
                "{number} pairs of spans lie so that both cannot be {name}. Settle them, or let them overlap.",
                len(wanted.clashes),
                name=wanted.made.to,
            ),
            errors=[_clash(each) | {"code": "overlap"} for each in wanted.clashes],
        )


def _check_quiet(project: Project, wanted: Look, at: datetime) -> None:
    if queries.running(project) is not None:
        raise MigrationRunning(
            say("A change of the scheme is not finished yet. Let it go on to its end first.")
        )
    later = Scheme.objects.filter(project=project, version__gt=wanted.before.version)
    if later.exists():
        raise Conflict(say("The scheme has just been changed by somebody. Look at it again."))
    begun = Import.objects.filter(
        project=project,
        dry_run=False,
        published_at=None,
        failed_at=None,
        cancelled_at=None,
        touched_at__gte=at - ABANDONED,
    ).exclude(uuid__in=[each.name for each in room.left(ROOMS)])
    if begun.exists():
        raise Conflict(say("An import is under way. Wait until it is done, then try again."))


def _store(by: Actor, project: Project, wanted: Look, at: datetime) -> Migration:
    after = scheme.store(by=by, project=project, definition=wanted.definition, at=at)
    if after.pk == wanted.before.pk:
        raise Invalid(say("This changes nothing."))
    row = Migration.objects.create(
        project=project,
        before=wanted.before,
        after=after,
        what=wanted.made.payload(),
        undoes=wanted.undoes,
        total=queries.sets(project).count(),
        created_at=at,
        created_by=by.person,
    )
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.SCHEME,
        subject_id=row.uuid,
        action=queries.MIGRATE,
        payload={"what": row.what, "before": wanted.before.version, "after": after.version},
    )
    return row


def go_on(*, by: Actor, slug: str, uuid: UUID, now: datetime | None = None) -> Migration:
    """Carry more sets along, for as long as a request may take; one that is finished stays as it is."""
    project = access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
    end = monotonic() + SECONDS
    return _for_a_while(queries.migration(project, uuid), now or timezone.now(), end)


def _for_a_while(row: Migration, at: datetime, end: float) -> Migration:
    while carrying.carry(row, at) and monotonic() < end:
        pausing.give_way()
    return row
