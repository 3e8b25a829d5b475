"""Operations on an annotation set: a batch is one transaction, each operation one step of the version.

The order is that of DESIGN, section 5: key, lock, rights, state, version, each operation, log, answer. What the
operations do to units is in `labels.actions.unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..errors import (
    BadAttribute,
    Malformed,
    Refusal,
    Stale,
    UnknownLabel,
    UnknownOperation,
    UnknownRelation,
)
from ..models import AnnotationSet, Revision
from ..queries.access import Actor
from ..rules import renewal, review
from ..rules.permissions import Act
from ..vocabulary import OffsetUnit, State
from . import access, renewing, repeat, revision
from .desk import Desk, read_uuid
from .row import change, put
from .scheme import parsed
from .unit import MEMBERS, OPERATIONS, Change
from .whole import FROM, WholeDesk

MAX_OPERATIONS = 500
MAX_REPLAYED = 1000
"""Operations that a stale client is told of; further back it reads the set anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client is told: the new version and, per operation, the unit, its rev and what else it touched."""

    version: int
    results: list[dict[str, Any]]

    def payload(self) -> dict[str, Any]:
        """Return the body of the answer."""
        return {"version": self.version, "results": self.results}


def apply(
    *, by: Actor, uuid: UUID, if_match: int, key: UUID, operations: Any, now: datetime | None = None
) -> Answer:
    """Apply a batch to a set, all or nothing, once per key.

    Raises any refusal of the rules, `Stale` with the operations since `if_match`, or `KeyReused`.
    """
    _check_shape(operations)
    digest = revision.digest(operations)
    at = now or timezone.now()
    with transaction.atomic():
        row = access.annotation_set(Act.WRITE_SET, by=by, uuid=uuid, lock=True)
        known = repeat.known(row, by, key, digest)
        if known is not None:
            return Answer(known["version"], known["results"])
        review.check_writable(State(row.state))
        check_version(row, if_match)
        results, revisions = run(row, by, at, operations)
        answer = Answer(row.version, results)
        _log(revisions)
        change(row, "version", "chain", "updated_at")
        repeat.keep(row, by, key, digest=digest, answer=answer.payload(), at=at)
    return answer


def _check_shape(operations: Any) -> None:
    if not isinstance(operations, list) or not operations:
        raise Malformed('Send {"operations": [ … ]} with at least one operation.')
    if len(operations) > MAX_OPERATIONS:
        raise Malformed(f"A batch holds {MAX_OPERATIONS} operations at most: send several.")


def check_version(row: AnnotationSet, if_match: int) -> None:
    """Refuse a client that has not seen the set's last change, and tell it what it has missed."""
    if if_match == row.version:
        return
    at = f"The set is at version {row.version}, not {if_match}."
    if row.version - if_match > MAX_REPLAYED:
        raise Stale(f"{at} That is too far to tell: read it again.", version=row.version)
    raise Stale(
        f"{at} Read it again, or apply the operations below, and send yours again.",
        version=row.version,
        operations=operations_since(row, if_match),
        offset_unit=OffsetUnit.CODEPOINT,
    )


def operations_since(row: AnnotationSet, version: int) -> list[dict[str, Any]]:
    """Return the operations after a version, oldest first, each with the version it made."""
    missed = Revision.objects.filter(annotation_set=row, version__gt=version).order_by("version")
    rows = missed.values_list("version", "action", "payload")
    return [
        {"version": made, "op": action, **payload.get("operation", {})}
        for made, action, payload in rows
    ]


def run(
    row: AnnotationSet, by: Actor, at: datetime, operations: list[Any]
) -> tuple[list[dict[str, Any]], list[Revision]]:
    """Carry operations out and return their results and revisions; the caller holds the set and saves both."""
    scheme = parsed(row.scheme)
    desk = Desk.laid_out(row, scheme, operations)
    results: list[dict[str, Any]] = []
    revisions: list[Revision] = []
    for number, operation in enumerate(operations):
        try:
            name, change, line = _step(desk, by, at, operation)
        except Refusal as refusal:
            refusal.extra.setdefault("operation", number)
            raise
        revisions.append(line)
        results.append({"op": name, "id": str(change.id), "rev": row.version, "also": change.also})
    return results, revisions


def attempt(
    row: AnnotationSet,
    by: Actor,
    at: datetime,
    operations: list[dict[str, Any]],
    *,
    strict: bool = False,
) -> tuple[list[Revision], dict[str, str]]:
    """Carry out what the rules allow; return the revisions and, by unit, why others were refused.

    With `strict` a refusal is raised. The caller holds the set and saves it with the revisions.
    """
    whole = None
    if len(operations) < FROM:
        desk = Desk.laid_out(row, parsed(row.scheme), operations)
    else:
        desk = whole = WholeDesk.spread(row, parsed(row.scheme), operations)
    revisions: list[Revision] = []
    refused: dict[str, str] = {}
    for operation in operations:
        try:
            revisions.append(_step(desk, by, at, operation)[2])
        except Refusal as refusal:
            if strict:
                raise
            refused[operation["id"]] = refusal.detail
    if whole:
        whole.put_away()
    return revisions, refused


def _step(desk: Desk, by: Actor, at: datetime, operation: Any) -> tuple[str, Change, Revision]:
    name, act = _named(operation)
    done, change = _done(desk, act, operation)
    payload = {"operation": _kept(done), **change.payload()}
    line = revision.next_of_set(desk.row, by=by.person, at=at, action=name, payload=payload)
    return name, change, line


def _done(desk: Desk, act: Any, operation: dict[str, Any]) -> tuple[dict[str, Any], Change]:
    """Carry one operation out; one in names that the scheme had before is carried out in those of now.

    The rules refuse before anything is written, so that it can be asked again.
    """
    try:
        return operation, act(desk, operation, desk.row.version + 1)
    except (UnknownLabel, UnknownRelation, BadAttribute):
        renewed = _renewed(desk, operation)
        if renewed == operation:
            raise
        return renewed, act(desk, renewed, desk.row.version + 1)


def _renewed(desk: Desk, operation: dict[str, Any]) -> dict[str, Any]:
    past = renewing.past(desk.row.scheme_id)
    uuid = read_uuid(operation, "id")
    span, relation = desk.spans.get(uuid), desk.relations.get(uuid)
    now = span.label if span else "", relation.type if relation else ""
    return renewal.operation(operation, *now, past) if past else operation


def _log(revisions: list[Revision]) -> None:
    if len(revisions) > 1:
        Revision.objects.bulk_create(revisions)
    else:
        put(revisions[0])


def _named(operation: Any) -> tuple[str, Any]:
    name = operation.get("op") if isinstance(operation, dict) else None
    if not isinstance(name, str) or name not in OPERATIONS:
        raise UnknownOperation(f"“{name}” is none of: {', '.join(OPERATIONS)}.")
    unknown = sorted(set(operation) - MEMBERS[name] - {"op", "id"})
    if unknown:
        raise UnknownOperation(f"{name} has no “{unknown[0]}”.", errors=[{"field": unknown[0]}])
    return name, OPERATIONS[name]


def _kept(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the operation as the log keeps it: what the rules have checked, and nothing beside it."""
    if "fragments" not in operation:
        return operation
    fragments = [
        {key: each[key] for key in ("start", "end", "quote")} for each in operation["fragments"]
    ]
    return operation | {"fragments": fragments}
