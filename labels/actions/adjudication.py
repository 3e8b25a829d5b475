"""Adjudication: the decisions of which the gold set is made, each act one transaction.

Decisions are only ever added. After each act the gold set is led to what the decisions that stand come to, by the
operations with which people change their own sets, so that it has the same history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat as endless
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import records
from ..errors import BadDecision, Incomplete, NotFound
from ..models import AnnotationSet, Decision, Revision
from ..models.identifier import uuid7
from ..queries import adjudication, annotation
from ..queries.access import Actor
from ..rules import adjudication as rules
from ..rules import annotation as units
from ..rules.adjudication import Item, Wish
from ..rules.gold import Gold, gold, link_operations, span_operations
from ..rules.permissions import Act
from ..rules.wording import choice, text
from ..vocabulary import Choice, Kind, Merge, State, Subject
from ..words import say
from . import bench as benches
from . import comment, operation, repeat, revision
from .annotation import check_complete
from .bench import Bench
from .review import LONGEST_REASON
from .scheme import parsed

MOST_OPEN = 200
"""Undecided units that a refusal names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision as it is asked for; `alike` decides all that is like it the same way."""

    unit: str
    choice: Any
    set: UUID | None = None
    merge: Any = Merge.UNION
    label: str | None = None
    fragments: Any = None
    attributes: Any = None
    reason: Any = ""
    note: Any = ""
    alike: bool = False


def start(*, by: Actor, article: UUID, now: datetime | None = None) -> tuple[Bench, bool]:
    """Begin the gold set of an article; return its bench and whether it was made just now."""
    at = now or timezone.now()
    with transaction.atomic():
        bench = benches.find(Act.ADJUDICATE, by=by, article=article, lock=True)
        if bench.gold is not None:
            return bench, False
        row = AnnotationSet.objects.create(
            article=bench.article,
            kind=Kind.GOLD,
            scheme=bench.current,
            created_at=at,
            updated_at=at,
        )
        _log(row, by, at, "start", {"sets": [str(each) for each in sorted(bench.names)]})
        bench.gold = row
    return bench, True


def decide(
    *,
    by: Actor,
    article: UUID,
    if_match: int,
    key: UUID,
    wanted: Wanted,
    now: datetime | None = None,
) -> None:
    """Decide about a unit, or about all that are like it, once per key."""

    def decisions(bench: Bench, act: UUID) -> list[records.Decision]:
        item = bench.item(wanted.unit)
        wish = _wish(bench, wanted)
        chosen = [item, *(bench.alike(item) if wanted.alike else ())]
        return [_decision(each, wish, wanted, act) for each in chosen]

    said = list(_fields(wanted))
    _act(by, article, if_match, key, said=said, decisions=decisions, now=now)


def agree(
    *, by: Actor, article: UUID, if_match: int, key: UUID, now: datetime | None = None
) -> None:
    """Take all units that all sets agree on, in one act."""

    def decisions(bench: Bench, act: UUID) -> list[records.Decision]:
        return [_agreed(each, act) for each in bench.agreements]

    _act(by, article, if_match, key, said=["agree"], decisions=decisions, now=now)


def undo(
    *, by: Actor, article: UUID, if_match: int, key: UUID, now: datetime | None = None
) -> None:
    """Take the last act back. Raises `NotFound` where there is none."""

    def decisions(bench: Bench, act: UUID) -> list[records.Decision]:
        last = rules.last_act(bench.decisions)
        if last is None:
            raise NotFound(say("There is nothing to take back."))
        return [records.Decision(id=uuid7(), act=act, choice=Choice.UNDO, undoes=last)]

    _act(by, article, if_match, key, said=["undo"], decisions=decisions, now=now)


def finish(*, by: Actor, article: UUID, if_match: int, now: datetime | None = None) -> None:
    """Close the gold set. Raises `Incomplete` with the units that are not decided, or lack something."""
    with transaction.atomic():
        bench, row = _held(by, article)
        _check(row, if_match)
        left = [each for each in bench.items if not each.decided]
        if left:
            raise Incomplete(
                say("Not everything is decided yet: {number} left.", number=len(left)),
                errors=[{"field": each.key, "code": "undecided"} for each in left[:MOST_OPEN]],
            )
        check_complete(bench.lacks())
        _move(row, by, now or timezone.now(), "finish", State.APPROVED)


def reopen(*, by: Actor, article: UUID, if_match: int, now: datetime | None = None) -> None:
    """Open a finished gold set again: its decisions stand, but for what the sets say anew."""
    with transaction.atomic():
        _bench, row = _held(by, article)
        operation.check_version(row, if_match)
        rules.check_finished(State(row.state))
        _move(row, by, now or timezone.now(), "reopen", State.OPEN)


def _act(
    by: Actor,
    article: UUID,
    if_match: int,
    key: UUID,
    *,
    said: list[Any],
    decisions: Callable[[Bench, UUID], list[records.Decision]],
    now: datetime | None,
) -> None:
    """Carry out one act, once per key: `decisions` says what is decided, by the bench and the act's id."""
    at = now or timezone.now()
    with transaction.atomic():
        bench, row = _held(by, article)
        digest = revision.digest(said)
        if repeat.known(row, by, key, digest) is not None:
            return
        _check(row, if_match)
        act = uuid7()
        made = decisions(bench, act)
        if made:
            _take(bench, row, by, at, made)
        repeat.keep(row, by, key, digest=digest, answer={"act": str(act)}, at=at)


def _agreed(item: Item, act: UUID) -> records.Decision:
    """Take what all say alike from the first of them."""
    first = item.cluster.present[0].set if item.cluster else None
    return _decision(
        item, Wish(Choice.TAKE, set=first), Wanted(item.key, Choice.TAKE, set=first), act
    )


def _held(by: Actor, article: UUID) -> tuple[Bench, AnnotationSet]:
    bench = benches.find(Act.ADJUDICATE, by=by, article=article, lock=True)
    if bench.gold is None:
        raise NotFound(say("Nobody has begun to adjudicate this article. Start it first."))
    return bench, bench.gold


def _check(row: AnnotationSet, if_match: int) -> None:
    rules.check_open(State(row.state))
    operation.check_version(row, if_match)


def _fields(wanted: Wanted) -> Iterable[Any]:
    return (getattr(wanted, name) for name in wanted.__slots__)


def _wish(bench: Bench, wanted: Wanted) -> Wish:
    """Read what is wanted. Raises `Invalid`, `BadDecision` or what a wrong fragment raises."""
    said = choice("choice", wanted.choice, Choice)
    if said is Choice.UNDO:
        raise BadDecision(say("Taking back has an address of its own."))
    if said is Choice.EDIT and wanted.alike:
        raise BadDecision(say("An edit is of one unit: decide the others by themselves."))
    marked = wanted.fragments
    if wanted.attributes is not None and not isinstance(wanted.attributes, dict):
        raise BadDecision(say("attributes is an object of names and values."))
    if wanted.label is not None:
        bench.scheme.label(str(wanted.label))
    return Wish(
        said,
        wanted.set,
        choice("merge", wanted.merge, Merge),
        wanted.label,
        None if marked is None else units.fragments(bench.article.text, marked),
        wanted.attributes,
    )


def _decision(item: Item, wish: Wish, wanted: Wanted, act: UUID) -> records.Decision:
    made, taken = rules.spans(item, wish, (uuid7() for _ in endless(None)))
    versions = item.cluster.versions if item.cluster else ()
    return records.Decision(
        id=uuid7(),
        act=act,
        choice=wish.choice,
        about=tuple(map(rules.said, versions)),
        kinds=item.kinds,
        taken=taken,
        spans=made,
        links=rules.links(item, taken, wish.choice),
        replaces=item.replaces,
        corrections=rules.corrections(item, made, taken),
        reason=text("reason", wanted.reason, longest=LONGEST_REASON),
        note=text("note", wanted.note, longest=comment.LONGEST),
    )


def _take(
    bench: Bench, row: AnnotationSet, by: Actor, at: datetime, made: list[records.Decision]
) -> None:
    """Keep decisions and lead the gold set to what they come to."""
    kept = [adjudication.columns(each) for each in made]
    Decision.objects.bulk_create(
        [Decision(annotation_set=row, decided_by=by.person, created_at=at, **each) for each in kept]
    )
    told = [
        {
            "id": str(each.id),
            "choice": each.choice,
            "undoes": str(each.undoes) if each.undoes else None,
            "reason": each.reason,
            "note": each.note,
        }
        for each in made
    ]
    _log(row, by, at, "decide", {"act": str(made[0].act), "decisions": told})
    decisions = [*bench.decisions, *made]
    ours = {span.id for each in decisions for span in each.spans}
    _lead(row, by, at, gold(rules.standing(decisions), parsed(row.scheme)), ours)


def _lead(row: AnnotationSet, by: Actor, at: datetime, wanted: Gold, ours: set[UUID]) -> None:
    spans, _relations = annotation.units(row)
    deleted, _gone = adjudication.units(row)
    scheme = parsed(row.scheme)
    _run(row, by, at, span_operations(row.article.text, spans, deleted, wanted.spans, ours, scheme))
    _deleted, gone = adjudication.units(row)
    _run(row, by, at, link_operations(annotation.units(row), gone, wanted, ours))


def _run(row: AnnotationSet, by: Actor, at: datetime, operations: list[dict[str, Any]]) -> None:
    if not operations:
        return
    _results, revisions = operation.run(row, by, at, operations)
    Revision.objects.bulk_create(revisions)
    row.save(update_fields=["version", "chain", "updated_at"])


def _move(row: AnnotationSet, by: Actor, at: datetime, name: str, target: State) -> None:
    before, row.state = State(row.state), target
    row.submitted_at = at if target is State.APPROVED else None
    _log(row, by, at, name, {"before": {"state": before}, "after": {"state": target}})


def _log(row: AnnotationSet, by: Actor, at: datetime, action: str, payload: dict[str, Any]) -> None:
    line = revision.next_of_set(row, by=by.person, at=at, action=action, payload=payload)
    line.subject = Subject.ANNOTATION_SET
    line.save()
    row.save(update_fields=["state", "version", "chain", "updated_at", "submitted_at"])
