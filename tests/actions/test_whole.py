"""Thousands of operations at once: the same rows and the same log as one by one, in a few queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from labels.actions import doctor, edition, operation, revision
from labels.actions.access import Actor
from labels.actions.whole import FROM
from labels.models import AnnotationSet, Article, Project, Relation, Revision, Span
from labels.queries.annotation import units
from labels.vocabulary import Role, Task

from ..factories import (
    apply,
    assign,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db

AT = datetime(2027, 1, 31, tzinfo=UTC)
SENTENCE = "Number {n} of them fell, the spokesman of district {n} said on Monday.\n"


def text(count: int) -> str:
    return "".join(SENTENCE.format(n=number) for number in range(count))


def uuid(kind: int, number: int) -> str:
    return str(UUID(int=kind * 10_000 + number))


def marked(said: str, count: int) -> Iterator[dict[str, Any]]:
    """Mark a claim, its source and its cue in each sentence, and link them; every second claim is refused."""
    for number in range(count):
        at = said.index(f"Number {number} of")
        places = {
            "CLAIM": (1, at, said.index(",", at), {"form": "indirect", "check_worthiness": "NFS"}),
            "SOURCE": (
                2,
                said.index("the spo", at),
                said.index(" said", at),
                {"source_type": "named_individual"},
            ),
            "CUE": (3, said.index("said", at), said.index("said", at) + 4, {}),
        }
        for label, (kind, start, end, values) in places.items():
            place = {"start": start, "end": end, "quote": said[start:end]}
            yield {
                "op": "add_span",
                "id": uuid(kind, number),
                "label": label,
                "fragments": [place],
                "attributes": values,
            }
        yield {
            "op": "add_relation",
            "id": uuid(4, number),
            "type": "ATTRIBUTED_TO",
            "from": uuid(1, number),
            "to": uuid(2, number),
            "attributes": {"attitude": "statement", "stance": "affirm", "cue": uuid(3, number)},
        }
        # A cue on that one, whose label allows no other on it.
        middle = said.index("said", at)
        over = {"start": middle, "end": middle + 7, "quote": said[middle : middle + 7]}
        yield {"op": "add_span", "id": uuid(5, number), "label": "CUE", "fragments": [over]}


def parts(operations: list[Any], size: int) -> Iterator[list[Any]]:
    for at in range(0, len(operations), size):
        yield operations[at : at + size]


def told(row: AnnotationSet) -> list[Any]:
    lines = Revision.objects.filter(annotation_set=row, version__gt=1).order_by("version")
    return list(lines.values_list("version", "action", "payload", "digest"))


def kept(row: AnnotationSet) -> list[Any]:
    """Return all that stands in the rows of a set, deleted ones too, but for keys."""
    spans = Span.objects.filter(annotation_set=row).order_by("uuid", "fragments__start")
    columns = ("uuid", "label", "attributes", "origin", "derived_from", "confidence", "flag", "rev")
    links = Relation.objects.filter(annotation_set=row).order_by("uuid")
    return [
        *spans.values_list(*columns, "deleted_rev", "fragments__start", "fragments__end"),
        *links.values_list(
            "uuid", "type", "source__uuid", "target__uuid", "attributes", "rev", "deleted_rev",
            "deleted_with__uuid",
        ),
    ]  # fmt: skip


def attempted(row: AnnotationSet, by: Actor, operations: list[Any], size: int) -> dict[str, str]:
    """Attempt operations, so many at a time, and return what was refused."""
    refused: dict[str, str] = {}
    for part in parts(operations, size):
        with transaction.atomic():
            lines, others = operation.attempt(row, by, AT, part)
            revision.keep(lines)
            row.save(update_fields=["version", "chain", "updated_at"])
        refused |= others
    return refused


def test_it_writes_what_each_operation_by_itself_would() -> None:
    project = make_project(make_person())
    count = 30
    said = text(count)
    article = make_article(project, said)
    ana, ben = (make_member(project, Role.ANNOTATOR, name) for name in ("ana", "ben"))
    slow, fast = make_set(article, ana), make_set(article, ben)
    marks = list(marked(said, count))
    gone = [{"op": "delete_span", "id": uuid(kind, n)} for n in range(count) for kind in (3, 2)]
    back = [{"op": "restore_span", "id": uuid(kind, n)} for n in range(count) for kind in (2, 3)]
    moved = [
        {"op": "move_span", "id": uuid(1, n), "fragments": [_shorter(said, n)]}
        for n in range(count)
    ]
    flagged = [{"op": "set_attributes", "id": uuid(2, n), "flag": True} for n in range(count)]
    for operations in (marks, gone, back, [*moved, *flagged]):
        assert len(operations) >= FROM
        refused = [attempted(slow, ana, operations, 7), attempted(fast, ben, operations, 10_000)]
        assert refused[0] == refused[1]
        assert kept(slow) == kept(fast)
        assert told(slow) == told(fast)
        assert bool(refused[0]) is (operations is marks)
    spans, links = units(fast)
    assert (len(spans), len(links)) == (3 * count, count)
    assert links[0].attributes["cue"] == uuid(3, 0)
    assert list(doctor.findings()) == []


def _shorter(said: str, number: int) -> dict[str, Any]:
    start = said.index(f"Number {number} of")
    return {"start": start, "end": start + 6, "quote": "Number"}


def carried(count: int) -> tuple[Project, Article, AnnotationSet, Article, Actor]:
    project = make_project(make_person())
    ana = make_member(project, Role.ANNOTATOR)
    old = make_article(project, text(count))
    row = make_set(old, ana)
    marks = [each for each in marked(old.text, count) if UUID(each["id"]).int < 50_000]
    for part in parts(marks, 400):
        apply(row, ana, *part)
    new = make_article(project, f"On Monday.\n{old.text}", supersedes=str(old.uuid))
    assign(new, ana, Task.ANNOTATE)
    return project, old, AnnotationSet.objects.get(pk=row.pk), new, ana


def test_carrying_over_asks_as_little_for_many_spans_as_for_some() -> None:
    counts: list[list[int]] = []
    for sentences in (FROM, 2 * FROM):
        _project, _old, row, new, ana = carried(sentences)
        counts.append([])
        for act in (edition.carry, edition.take_back, edition.carry):
            with CaptureQueriesContext(connection) as asked:
                done = act(by=ana, uuid=row.uuid, to=new.uuid)
            counts[-1].append(len(asked))
            assert done.refused == {}
        assert sum(each.outcome is not None for each in done.outline.items) == 3 * sentences
        assert len(done.outline.carried_links) == sentences
    assert counts[0] == counts[1]
    assert list(doctor.findings()) == []
