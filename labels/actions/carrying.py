"""Carrying annotation sets along with a migration of their scheme, some in each short transaction.

Each set gets a revision that says what became of which units, and its version steps by one, so that open browsers
take the set up anew. A unit's own `rev` stays, and so does the set's state: what was judged stays judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Count, TextField
from django.db.models.functions import Cast

from ..models import AnnotationSet, Migration, Relation, Revision, Scheme, Span
from ..queries import migration as queries
from ..rules import carrying as rules
from ..rules.migration import UNMERGE, stored
from ..rules.migration import Migration as Made
from ..rules.scheme import Label
from ..vocabulary import Kind, State, Subject
from . import bulk, revision
from .scheme import parsed

SETS, SPANS = 200, 2000
"""Sets, and about how many spans, that one transaction carries along: nobody waits long for it."""
MOST_LEFT = 200
Was = Mapping[int, Mapping[str, str]]
"""The labels that spans had before a merge, by set and span."""
WRITABLE = (State.OPEN, State.RETURNED)


@dataclass(slots=True)
class Changes:
    """What changes in one set: ids by the label or type that they had, and spans that are flagged."""

    spans: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    relations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    flagged: list[str] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """Return what the log keeps."""
        found = {
            "spans": dict(self.spans),
            "relations": dict(self.relations),
            "flagged": self.flagged,
        }
        return {name: value for name, value in found.items() if value}


def done_by(row: Migration) -> Made:
    """Return what a migration does, as the rules speak of it."""
    return stored(row.what)


def carry(row: Migration, at: datetime) -> bool:
    """Carry some sets along, and return whether there may be more; `row` is brought up to date."""
    with transaction.atomic():
        held = Migration.objects.select_for_update(of=("self",)).select_related("project")
        (now,) = held.filter(pk=row.pk)
        pending = [] if now.finished_at else _next(now)
        if not pending:
            now.finished_at = now.finished_at or at
        else:
            was = _was(now, pending)
            staying = _staying(now, pending, was)
            _carry(now, [each for each in pending if each.pk not in staying], was, at)
            now.left += [str(e.uuid) for e in pending if e.pk in staying][
                : MOST_LEFT - len(now.left)
            ]
            now.left_count += len(staying)
            now.done += len(pending)
            now.cursor = pending[-1].pk
        now.save()
    for name in ("done", "spans", "relations", "left", "left_count", "cursor", "finished_at"):
        setattr(row, name, getattr(now, name))
    return bool(pending)


def _next(row: Migration) -> list[AnnotationSet]:
    """Lock the next sets: as many as have about `SPANS` spans together."""
    found = queries.sets(row.project).filter(pk__gt=row.cursor).exclude(scheme=row.after_id)
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:SETS])
    counted = Span.objects.filter(annotation_set__in=keys).values("annotation_set")
    sizes = dict(counted.annotate(n=Count("pk")).values_list("annotation_set", "n"))
    chosen: list[int] = []
    spans = 0
    for pk in keys:
        if chosen and spans + sizes.get(pk, 0) > SPANS:
            break
        chosen.append(pk)
        spans += sizes.get(pk, 0)
    locked = AnnotationSet.objects.filter(pk__in=chosen).order_by("pk")
    return list(
        locked.only("uuid", "kind", "state", "version", "chain", "scheme").select_for_update(
            no_key=True
        )
    )


# Which sets stay


def _staying(row: Migration, sets: Sequence[AnnotationSet], was: Was) -> set[int]:
    """Return the sets that do not fit the new scheme: some of their spans would clash, or have no place in it."""
    made = done_by(row)
    clashing = _clashing(row, made, [each.pk for each in sets])
    schemes = Scheme.objects.in_bulk({each.scheme_id for each in sets} | {row.before_id})
    before, after = parsed(schemes[row.before_id]), parsed(row.after)
    safe = {pk for pk, each in schemes.items() if rules.extends(before, parsed(each))}
    looked_at = [each.pk for each in sets if made.kind == UNMERGE or each.scheme_id not in safe]
    unfit = {pk for pk, said in _said(made, was, looked_at).items() if not rules.fits(after, *said)}
    return clashing | unfit


def _clashing(row: Migration, made: Made, keys: Sequence[int]) -> set[int]:
    if made.kind != "merge":
        return set()
    return set(clashes(made, parsed(row.after).label(made.to), keys))


def clashes(made: Made, label: Label, keys: Any) -> dict[int, list[rules.Pair]]:
    """Return by set the pairs of spans that could not both have the label that a merge gives them."""
    if label.overlap == "free":
        return {}
    found: dict[int, list[rules.Pair]] = {}
    names = [*made.labels, made.to]
    for owner, spans in queries.spans_of(queries.overlapping(keys, names), names).items():
        pairs = rules.clashes(label, [(each, each.label) for each in spans])
        if pairs:
            found[owner] = pairs
    return found


def _said(made: Made, was: Was, keys: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    """Return what sets would say after it: labels and attributes, and links with the labels of their ends."""
    if not keys:
        return {}
    spans: dict[int, dict[int, rules.Said]] = {pk: {} for pk in keys}
    living = Span.objects.filter(annotation_set__in=keys).live()
    for pk, owner, uuid, label, values in living.values_list(
        "pk", "annotation_set_id", "uuid", "label", "attributes"
    ):
        spans[owner][pk] = made.span(label, values, was.get(owner, {}).get(str(uuid), ""))
    links: dict[int, list[tuple[rules.Said, str, str]]] = {pk: [] for pk in keys}
    relations = Relation.objects.filter(annotation_set__in=keys).live()
    for owner, kind, values, source, target in relations.values_list(
        "annotation_set_id", "type", "attributes", "source_id", "target_id"
    ):
        ends = spans[owner][source][0], spans[owner][target][0]
        links[owner].append((made.link(kind, values), *ends))
    return {pk: (list(spans[pk].values()), links[pk]) for pk in keys}


def _was(row: Migration, sets: Sequence[AnnotationSet]) -> Was:
    """Return what spans were before a merge that is taken back."""
    undone = row.undoes
    if undone is None or done_by(row).kind != UNMERGE:
        return {}
    return queries.labels_before(undone, [each.pk for each in sets])


# What changes in them


def _carry(row: Migration, sets: Sequence[AnnotationSet], was: Was, at: datetime) -> None:
    made = done_by(row)
    changes: dict[int, Changes] = defaultdict(Changes)
    keys = [each.pk for each in sets]
    row.spans += _change_spans(made, was, keys, changes)
    row.relations += _change_relations(made, keys, changes)
    if made.asks:
        _flag(made, [each for each in sets if _is_at_work(each)], changes)
    lines = [_step(row, each, changes[each.pk], at) for each in sets]
    bulk.insert(Revision, revision.COLUMNS, lines)
    heads = [(row.after_id, each.version, each.chain, at, each.pk) for each in sets]
    bulk.change(AnnotationSet, ("scheme", "version", "chain", "updated_at"), heads)


def _is_at_work(row: AnnotationSet) -> bool:
    return row.kind == Kind.OWN and row.state in WRITABLE


def _change_spans(
    made: Made,
    was: Was,
    keys: Sequence[int],
    changes: dict[int, Changes],
) -> int:
    """Give spans, deleted ones too, their new labels and attributes; return how many changed."""
    if not made.touched or made.asks:
        return 0
    rows = Span.objects.filter(annotation_set__in=keys, label__in=made.touched).order_by("pk")
    columns = ["pk", "annotation_set_id", "uuid", "label"]
    relabelled: dict[str, list[int]] = defaultdict(list)
    rewritten: list[tuple[Any, ...]] = []
    for pk, owner, uuid, label, raw in rows.values_list(*columns, Cast("attributes", TextField())):
        values = orjson.loads(raw) if made.reads else {}
        new, said = made.span(label, values, was.get(owner, {}).get(str(uuid), ""))
        if said != values:
            rewritten.append((new, said, pk))
        elif new != label:
            relabelled[new].append(pk)
        else:
            continue
        changes[owner].spans[label].append(str(uuid))
    for new, chosen in relabelled.items():
        Span.objects.filter(pk__in=chosen).update(label=new)
    bulk.change(Span, ("label", "attributes"), rewritten)
    return len(rewritten) + sum(map(len, relabelled.values()))


def _change_relations(made: Made, keys: Sequence[int], changes: dict[int, Changes]) -> int:
    if not made.relation:
        return 0
    rows = Relation.objects.filter(annotation_set__in=keys, type=made.relation).order_by("pk")
    rewritten = []
    for pk, owner, uuid, kind, values in rows.values_list(
        "pk", "annotation_set_id", "uuid", "type", "attributes"
    ):
        new, said = made.link(kind, values)
        if (new, said) != (kind, values):
            rewritten.append((new, said, pk))
            changes[owner].relations[kind].append(str(uuid))
    bulk.change(Relation, ("type", "attributes"), rewritten)
    return len(rewritten)


def _flag(made: Made, sets: Sequence[AnnotationSet], changes: dict[int, Changes]) -> None:
    """Flag the spans that people are to look at, where these can still be changed."""
    living = Span.objects.filter(annotation_set__in=sets, label=made.label, flag=False).live()
    rows = list(living.values_list("pk", "annotation_set_id", "uuid"))
    for _pk, owner, uuid in rows:
        changes[owner].flagged.append(str(uuid))
    living.filter(pk__in=[pk for pk, *_rest in rows]).update(flag=True)


def _step(row: Migration, each: AnnotationSet, changed: Changes, at: datetime) -> bulk.Row:
    """Step a set's version and chain, and return the line of its log."""
    said = {"migration": str(row.uuid), "scheme_version": row.after.version, "what": row.what}
    payload = {"operation": said, **changed.payload()}
    digest, previous = revision.digest(payload), each.chain
    each.version += 1
    each.chain = revision.link(
        previous=previous,
        version=each.version,
        action=queries.MIGRATE,
        by=row.created_by,
        at=at,
        digest=digest,
    )
    place = (row.project_id, Subject.ANNOTATION_SET, str(each.uuid), queries.MIGRATE)
    who = (row.created_by_id, at, each.pk, each.version)
    return (*place, *who, payload, digest, previous, each.chain)
