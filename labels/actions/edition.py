"""Carrying a set over to a newer text: what is proven at once, the rest as its annotator settles it.

Everything is done by the operations that a person has, in the annotator's own set of the newer text, with one
revision behind each act that says how many steps it took: so it can be taken back, and nobody's work is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import records
from ..errors import AlreadyExists, Conflict, Invalid, NotFound
from ..models import AnnotationSet, Article, Relation, Span
from ..queries import edition as queries
from ..queries.access import Actor
from ..rules import review
from ..rules.permissions import Act
from ..rules.scheme import Attribute
from ..rules.wording import text
from ..vocabulary import Carried, Kind, State, Task
from ..words import say
from . import access, annotation, assignment, operation, revision
from .outline import Item, Outline, outline
from .scheme import parsed

LONGEST = 1000
"""Code points of a reason."""

Operation = dict[str, Any]
Fragments = Sequence[records.Fragment]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act has led to; `refused` says, by span or link, why the rules did not let it come along."""

    outline: Outline
    refused: dict[str, str]


def look(*, by: Actor, uuid: UUID, to: UUID) -> Outline:
    """Say what becomes of one's own set in a newer text of its article, and change nothing."""
    return _outline(Act.READ_CARRYING, by, uuid, to)


def _both(act: Act, by: Actor, uuid: UUID, to: UUID) -> tuple[AnnotationSet, Article]:
    """Return the older set and the newer text, if the one may be carried over to the other."""
    source = access.annotation_set(act, by=by, uuid=uuid)
    reading = Act.READ_ARTICLE if act is Act.READ_CARRYING else Act.START_SET
    article = access.article(reading, by=by, uuid=to, text=True)
    if source.kind != Kind.OWN:
        raise Conflict(say("Only the set of somebody who labelled the article is carried over."))
    later = [x for x in queries.versions(source.article) if x.version > source.article.version]
    if article not in later:
        raise NotFound(say("That is no newer text of the article of this set."))
    return source, article


def _outline(
    act: Act, by: Actor, uuid: UUID, to: UUID, target: AnnotationSet | None = None
) -> Outline:
    source, article = _both(act, by, uuid, to)
    return outline(source, target or annotation.own(by=by, article=article), article)


def carry(*, by: Actor, uuid: UUID, to: UUID, now: datetime | None = None) -> Done:
    """Start one's own set of a newer text, and mark there what is proven to be the same, with its links.

    Repeated, it carries over what has not come along. Raises `SetLocked` where the newer set is handed in.
    """
    at = now or timezone.now()
    with transaction.atomic():
        _both(Act.CARRY_OVER, by, uuid, to)
        annotation.start(by=by, article=to, now=at)
        found, row = _held(by, uuid, to)
        proven = {x.span.id: x.fated.fragments for x in found.unsettled if x.is_proven}
        said = {"from": str(uuid), "from_version": found.source.version}
        refused = _bring(by, at, found, row, proven, (queries.CARRY, said))
    return Done(_outline(Act.CARRY_OVER, by, uuid, to), refused)


def _held(by: Actor, uuid: UUID, to: UUID) -> tuple[Outline, AnnotationSet]:
    """Hold the newer set, and return how things stand."""
    access.annotation_set(Act.CARRY_OVER, by=by, uuid=uuid)
    article = access.article(Act.START_SET, by=by, uuid=to)
    target = annotation.own(by=by, article=article)
    if target is None:
        raise Conflict(say("Carry the set over first."))
    row = access.annotation_set(Act.WRITE_SET, by=by, uuid=target.uuid, lock=True)
    review.check_writable(State(row.state))
    return _outline(Act.CARRY_OVER, by, uuid, to, row), row


def settle(
    *,
    by: Actor,
    uuid: UUID,
    to: UUID,
    span: UUID,
    outcome: Carried | None,
    fragments: Any = None,
    reason: Any = "",
    now: datetime | None = None,
) -> Done:
    """Settle a span that has not come along: mark it, or say why it does not; None takes that word back.

    `carried` marks it at `fragments`, or without them at its only proposal. `dropped` needs a reason.
    """
    at = now or timezone.now()
    said = text("reason", reason, longest=LONGEST).strip()
    with transaction.atomic():
        found, row = _held(by, uuid, to)
        item = next((each for each in found.items if each.span.id == span), None)
        if item is None:
            raise NotFound(say("There is no such span in the older set."))
        if item.outcome == Carried.CARRIED:
            raise AlreadyExists(say("This span has been carried over. Change it there."))
        if outcome == Carried.DROPPED and not said:
            raise _fault("reason", say("Say why it is left out."))
        told = {"span": str(span), "outcome": "", "reason": ""}
        if outcome == Carried.CARRIED:
            _accept(by, at, found, row, item, fragments, told)
        else:
            _close(
                by, at, row, 0, queries.SETTLE, told | {"outcome": outcome or "", "reason": said}
            )
            row.save(update_fields=["version", "chain", "updated_at"])
    return Done(_outline(Act.CARRY_OVER, by, uuid, to), {})


def _accept(
    by: Actor,
    at: datetime,
    found: Outline,
    row: AnnotationSet,
    item: Item,
    fragments: Any,
    told: Operation,
) -> None:
    given = fragments if fragments is not None else _places(item)
    _bring(by, at, found, row, {item.span.id: given}, (queries.SETTLE, told), strict=True)


def _places(item: Item) -> Fragments:
    known = [item.fated.fragments] if item.is_proven else list(item.fated.proposals)
    if len(known) != 1:
        raise _fault("fragments", say("Say where it stands in the newer text."))
    return known[0]


def take_back(*, by: Actor, uuid: UUID, to: UUID, now: datetime | None = None) -> Done:
    """Take back what carrying over has marked and nobody has changed since, and what was settled."""
    at = now or timezone.now()
    with transaction.atomic():
        found, row = _held(by, uuid, to)
        if not found.is_begun:
            raise Conflict(say("Nothing has been carried over."))
        own = {each.id for each in found.items if each.id}
        live = Span.objects.filter(annotation_set=row, rev__in=list(queries.brought(row))).live()
        gone = [each for each in live.values_list("uuid", flat=True) if each in own]
        deletions = [{"op": "delete_span", "id": str(each)} for each in gone]
        lines, _refused = operation.attempt(row, by, at, deletions)
        revision.keep(lines)
        _close(by, at, row, len(lines), queries.TAKE_BACK, {"from": str(uuid)})
        row.save(update_fields=["version", "chain", "updated_at"])
    return Done(_outline(Act.CARRY_OVER, by, uuid, to), {})


def offer(*, by: Actor, uuid: UUID, now: datetime | None = None) -> list[str]:
    """Hand a newer text to those who labelled an older one and do not have it, and return their names."""
    at = now or timezone.now()
    with transaction.atomic():
        article = access.article(Act.ASSIGN, by=by, uuid=uuid)
        names = queries.older_annotators(article)
        for each in names:
            assignment.assign(
                by=by,
                slug=article.project.slug,
                person=each,
                role=Task.ANNOTATE,
                articles=[uuid],
                now=at,
            )
    return names


# What an act does


def _bring(
    by: Actor,
    at: datetime,
    found: Outline,
    row: AnnotationSet,
    places: dict[UUID, Any],
    head: tuple[str, Operation],
    *,
    strict: bool = False,
) -> dict[str, str]:
    """Mark spans at their places, then what depends on them; return what the rules refused, or raise it."""
    crossing = _Crossing(found, row)
    lines, refused = operation.attempt(row, by, at, list(crossing.spans(places)), strict=strict)
    more, others = operation.attempt(row, by, at, list(crossing.following(places)))
    revision.keep([*lines, *more])
    _close(by, at, row, len(lines) + len(more), *head)
    row.save(update_fields=["version", "chain", "updated_at"])
    said = crossing.older()
    return {said.get(unit, unit): why for unit, why in (refused | others).items()}


def _close(
    by: Actor, at: datetime, row: AnnotationSet, steps: int, action: str, said: Operation
) -> None:
    """Add the revision that says what the steps before it were."""
    told = {"operation": said | {"steps": steps}}
    revision.next_of_set(row, by=by.person, at=at, action=action, payload=told).save()


class _Crossing:
    """The operations by which units come into the newer set."""

    def __init__(self, found: Outline, row: AnnotationSet) -> None:
        self.found, self.row, self.scheme = found, row, parsed(row.scheme)
        self.ids = {each.span.id: queries.carried_id(row, each.span.id) for each in found.items}
        spans = Span.objects.filter(annotation_set=row, uuid__in=list(self.ids.values()))
        self.here = dict(spans.values_list("uuid", "deleted_rev"))
        self.live = {old for old, new in self.ids.items() if self.here.get(new, 0) is None}

    def older(self) -> dict[str, str]:
        """Return the ids in the older set by those in the newer."""
        links = {str(queries.carried_id(self.row, x.id)): str(x.id) for x in self.found.links}
        return {str(new): str(old) for old, new in self.ids.items()} | links

    def spans(self, places: dict[UUID, Any]) -> Iterator[Operation]:
        """Yield what marks spans: those first to which the attributes of others refer."""
        wanted = {x.span.id: x.span for x in self.found.items if x.span.id in places}
        ready = set(self.live)
        while wanted:
            refer = {
                old: self._referred(span) & wanted.keys() - {old} for old, span in wanted.items()
            }
            free = [old for old, needs in refer.items() if not needs] or list(wanted)[:1]
            for old in free:
                ready.add(old)
                yield from self._marked(wanted.pop(old), places[old], ready)

    def _referred(self, span: records.Span) -> set[UUID]:
        known = self._attributes(span.label)
        return {UUID(x) for name, x in span.attributes.items() if _refers(known, name)}

    def _attributes(self, label: str) -> Any:
        known = self.scheme.labels.get(label)
        return known.attributes if known else {}

    def _marked(self, span: records.Span, places: Any, ready: set[UUID]) -> Iterator[Operation]:
        uuid, given = str(self.ids[span.id]), self._placed(places)
        if self.ids[span.id] in self.here:
            yield {"op": "restore_span", "id": uuid}
            yield {"op": "move_span", "id": uuid, "fragments": given}
            return
        known = self._attributes(span.label)
        marks = {"flag": True} if span.flag else {}
        sure = {} if span.confidence is None else {"confidence": span.confidence}
        yield {
            "op": "add_span",
            "id": uuid,
            "label": span.label,
            "fragments": given,
            "attributes": self._led(known, span.attributes, ready),
            "origin": span.origin,
            "derived_from": str(span.id),
            **marks,
            **sure,
        }

    def _placed(self, places: Any) -> Any:
        """Return fragments as an operation has them; what a client sent is left to the rules."""
        if not isinstance(places, tuple):
            return places
        quoted = self.found.diff.new
        return [
            {"start": each.start, "end": each.end, "quote": quoted[each.start : each.end]}
            for each in places
        ]

    def _led(self, known: Any, values: records.Attributes, ready: set[UUID]) -> dict[str, Any]:
        """Return attributes with what they refer to in the newer set, without what is not there."""
        return {
            name: str(self.ids[UUID(value)]) if _refers(known, name) else value
            for name, value in values.items()
            if not _refers(known, name) or UUID(value) in ready
        }

    def following(self, places: dict[UUID, Any]) -> Iterator[Operation]:
        """Yield links whose second end has come, and attributes that refer to what has."""
        new = {self.ids[each] for each in places}
        now = Span.objects.filter(annotation_set=self.row, uuid__in=list(self.ids.values())).live()
        living = set(now.values_list("uuid", flat=True))
        live = {old for old, uuid in self.ids.items() if uuid in living}
        links = Relation.objects.filter(annotation_set=self.row).values_list("uuid", flat=True)
        there = set(links)
        for link in self.found.links:
            uuid = queries.carried_id(self.row, link.id)
            ends = {self.ids[link.source], self.ids[link.target]}
            if uuid not in there and ends & new and ends <= living:
                yield self._linked(uuid, link, live)
        for item in self.found.items:
            if item.span.id not in places and item.span.id in live:
                yield from self._told_of(item.span, places.keys() & live)

    def _linked(self, uuid: UUID, link: records.Relation, live: set[UUID]) -> Operation:
        known = self.scheme.relations.get(link.type)
        return {
            "op": "add_relation",
            "id": str(uuid),
            "type": link.type,
            "from": str(self.ids[link.source]),
            "to": str(self.ids[link.target]),
            "attributes": self._led(known.attributes if known else {}, link.attributes, live),
        }

    def _told_of(self, span: records.Span, come: set[UUID]) -> Iterator[Operation]:
        known = self._attributes(span.label)
        referring = {
            x: y for x, y in span.attributes.items() if _refers(known, x) and UUID(y) in come
        }
        if referring:
            led = self._led(known, referring, come)
            yield {"op": "set_attributes", "id": str(self.ids[span.id]), "attributes": led}


def _refers(known: dict[str, Attribute], name: str) -> bool:
    return name in known and known[name].type == "span"


def _fault(name: str, message: str) -> Invalid:
    return Invalid(
        f"{name}: {message}", errors=[{"field": name, "code": "invalid", "message": message}]
    )
