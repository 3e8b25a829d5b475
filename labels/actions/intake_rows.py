"""The rows of sets that an import stages: for each table its columns, and the values of each row.

Keys are set aside first, so that fragments, relations and verdicts can point at rows that are written with
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any
from uuid import UUID

from .. import records
from ..columnar import Spans, columns
from ..models import AnnotationSet, Fragment, Relation, Span
from ..queries.among import Among
from ..vocabulary import Kind, Origin, State, Subject
from . import bulk, revision

if TYPE_CHECKING:
    from .intake import Coming, Intake

IMPORT = "import"
"""The action of a set's first revision, which may stand at any version."""
GONE = "GONE"
"""Label and type of a unit that a file no longer has, kept because a verdict speaks of it."""

SET = (
    "id",
    "uuid",
    "article",
    "annotator",
    "annotator_name",
    "file_kind",
    "file_scheme_version",
    "file_provenance",
    "staged_by",
    "kind",
    "round",
    "state",
    "version",
    "chain",
    "scheme",
    "created_at",
    "updated_at",
    "submitted_at",
    "active_seconds",
)
SPAN = (
    "id",
    "annotation_set",
    "uuid",
    "label",
    "attributes",
    "origin",
    "derived_from",
    "confidence",
    "flag",
    "rev",
    "deleted_rev",
)
FRAGMENT = ("span", "start", "end")
RELATION = (
    "id",
    "annotation_set",
    "uuid",
    "type",
    "source",
    "target",
    "attributes",
    "rev",
    "deleted_rev",
    "deleted_with",
)
REVIEW = (
    "uuid",
    "annotation_set",
    "span",
    "relation",
    "reviewer",
    "reviewer_name",
    "verdict",
    "reason",
    "comment",
    "proposal",
    "rev",
    "created_at",
)


@dataclass(slots=True)
class Rows:
    """Rows by table, those of which there are many column by column, and lines that wait for publishing."""

    sets: list[bulk.Row] = field(default_factory=list)
    spans: list[list[Any]] = field(default_factory=lambda: [[] for _ in SPAN])
    fragments: list[list[Any]] = field(default_factory=lambda: [[] for _ in FRAGMENT])
    relations: list[bulk.Row] = field(default_factory=list)
    waiting: list[tuple[str, bulk.Row]] = field(default_factory=list)

    def insert(self, insert: bulk.Insert) -> None:
        """Write them to their tables, inside the caller's transaction."""
        insert(AnnotationSet, SET, list(zip(*self.sets, strict=True)))
        insert(Span, SPAN, self.spans)
        insert(Fragment, FRAGMENT, self.fragments)
        insert(Relation, RELATION, list(zip(*self.relations, strict=True)))


@dataclass(slots=True)
class Keys:
    """Primary keys that were set aside."""

    sets: Iterator[int]
    spans: Iterator[int]
    relations: Iterator[int]


def made(intake: Intake, coming: Sequence[Coming]) -> Rows:
    """Return the rows of some sets; keys are set aside inside the caller's transaction."""
    rows = Rows()
    gone = [_gone(each.given) for each in coming]
    spans = sum(
        len(x.given.spans) + len(g[0]) + 2 * len(g[1]) for x, g in zip(coming, gone, strict=True)
    )
    relations = sum(len(x.given.relations) + len(g[1]) for x, g in zip(coming, gone, strict=True))
    keys = Keys(
        iter(bulk.keys(AnnotationSet, len(coming))),
        iter(bulk.keys(Span, spans)),
        iter(bulk.keys(Relation, relations)),
    )
    for each, (gone_spans, gone_relations) in zip(coming, gone, strict=True):
        key = next(keys.sets)
        _set(rows, intake, each, key)
        span_keys = _spans(rows, keys, key, each.given)
        relation_keys = _relations(rows, keys, key, each.given, span_keys)
        for uuid in gone_spans:
            span_keys[uuid] = _gone_span(rows, keys, key, uuid, each.given)
        for uuid in gone_relations:
            relation_keys[uuid] = _gone_relation(rows, keys, key, uuid, each.given)
        for verdict in each.given.reviews:
            rows.waiting.append(("review", _review(key, verdict, span_keys, relation_keys)))
    return rows


def _set(rows: Rows, intake: Intake, coming: Coming, key: int) -> None:
    given, at, batch = coming.given, intake.at, intake.batch
    told = {str(unit): asdict(each) for unit, each in given.provenance.items()} or None
    bare = replace(given, provenance={}, broken=()) if told or given.broken else given
    payload = {
        "import": str(batch.uuid) if batch else None,
        "annotator": given.annotator,
        "kind": given.kind,
        "scheme_version": given.scheme_version,
        "spans": len(given.spans),
        "relations": len(given.relations),
        "reviews": len(given.reviews),
        "sha256": revision.digest([bare, told], _plain),
    }
    digest = revision.digest(payload)
    person = intake.by.person
    chain = revision.link(
        previous="", version=given.version, action=IMPORT, by=person, at=at, digest=digest
    )
    line = (intake.project.pk, Subject.ANNOTATION_SET, str(given.id), IMPORT, person.pk)
    rows.waiting.append(
        ("revision", (*line, at.isoformat(), key, given.version, payload, digest, "", chain))
    )
    # A file of another tool names no scheme: then it is ours.
    stated = given.scheme_version or None
    mine = (given.annotator, given.kind, stated, told, batch.pk if batch else None)
    state = (Kind.IMPORTED, given.round, given.state, given.version, chain, intake.scheme.pk)
    submitted = None if given.state == State.OPEN else at
    times = (at, at, submitted, given.active_seconds)
    rows.sets.append((key, given.id, coming.article, None, *mine, *state, *times))


def _plain(value: Any) -> Sequence[Any]:
    """Make JSON of spans column by column, and of named tuples."""
    return tuple(value.columns if isinstance(value, Spans) else value)


def _spans(rows: Rows, keys: Keys, owner: int, given: records.AnnotationSet) -> dict[UUID, int]:
    """Add the rows of a set's spans; return their keys by id where something points at them."""
    ids, labels, parts, starts, ends, *rest = columns(given.spans)
    own = list(islice(keys.spans, len(ids)))
    number = len(own)
    _extend(rows.spans, own, [owner] * number, ids, labels, *rest, [None] * number)
    _extend(rows.fragments, chain.from_iterable(map(repeat, own, parts)), starts, ends)
    if not (given.relations or given.reviews):
        return {}
    return dict(zip(map(UUID, ids), own, strict=True))


def _extend(columns: Iterable[list[Any]], *by: Iterable[Any]) -> None:
    for column, values in zip(columns, by, strict=True):
        column.extend(values)


def _relations(
    rows: Rows, keys: Keys, owner: int, given: records.AnnotationSet, spans: dict[UUID, int]
) -> dict[UUID, int]:
    found = {}
    for link in given.relations:
        key = found[link.id] = next(keys.relations)
        ends = spans[link.source], spans[link.target]
        rows.relations.append(
            (key, owner, link.id, link.type, *ends, link.attributes, link.rev, None, None)
        )
    return found


# Units that verdicts speak of, and that are gone


def _gone(given: records.AnnotationSet) -> tuple[list[UUID], list[UUID]]:
    """Return the spans and relations of verdicts that the set has no more."""
    if not given.reviews:
        return [], []
    spans = {each.id for each in given.spans}
    relations = {each.id for each in given.relations}
    return (
        list(dict.fromkeys(r.span for r in given.reviews if r.span and r.span not in spans)),
        list(
            dict.fromkeys(
                r.relation for r in given.reviews if r.relation and r.relation not in relations
            )
        ),
    )


def _gone_span(rows: Rows, keys: Keys, owner: int, uuid: UUID, given: records.AnnotationSet) -> int:
    key = next(keys.spans)
    at = given.version
    row: bulk.Row = (key, owner, uuid, GONE, {}, Origin.IMPORTED, None, None, False, at, at)
    _extend(rows.spans, *zip(row))
    return key


def _gone_relation(
    rows: Rows, keys: Keys, owner: int, uuid: UUID, given: records.AnnotationSet
) -> int:
    """Keep a relation that is gone, between two spans that are gone: a relation needs its ends."""
    ends = [_gone_span(rows, keys, owner, UUID(int=uuid.int ^ bit), given) for bit in (1, 2)]
    key, at = next(keys.relations), given.version
    rows.relations.append((key, owner, uuid, GONE, *ends, {}, at, at, None))
    return key


# Verdicts


def _review(
    owner: int, review: records.Review, spans: dict[UUID, int], relations: dict[UUID, int]
) -> bulk.Row:
    about = (
        spans[review.span] if review.span else None,
        relations[review.relation] if review.relation else None,
    )
    said = (review.verdict, review.reason, review.comment, review.proposal, review.rev)
    return (review.id, owner, *about, None, review.reviewer, *said, review.created_at)


def verdict(line: list[Any]) -> bulk.Row:
    """Return the row of a verdict that has waited as JSON."""
    made_at = datetime.fromisoformat(line[-1])
    made_at = made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)
    return (UUID(line[0]), *line[1:-1], made_at)


def written(line: list[Any]) -> bulk.Row:
    """Return the row of a revision that has waited as JSON."""
    return (*line[:5], datetime.fromisoformat(line[5]), *line[6:])


def discard(sets: Sequence[int]) -> None:
    """Delete some staged sets and what hangs on them, from the leaves up, inside the caller's transaction."""
    Fragment.objects.filter(Among("span__annotation_set", sets)).delete()
    bulk.drop(Relation, "annotation_set", sets)
    bulk.drop(Span, "annotation_set", sets)
    bulk.drop(AnnotationSet, "id", sets)
