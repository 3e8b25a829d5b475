"""The database keeps its own rules: raw SQL that breaks one fails, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from labels.actions.access import Actor
from labels.models import AnnotationSet, Fragment, Relation, Revision, Scheme, Span, triggers
from labels.vocabulary import Role

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    apply,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> AnnotationSet:
    project = make_project(make_person())
    ana = make_member(project, Role.ANNOTATOR)
    made = make_set(make_article(project), ana)
    source, claim = add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CLAIM", "“Taxes fell 5%,”")
    apply(made, ana, source, claim, add_relation("ATTRIBUTED_TO", claim["id"], source["id"]))
    return made


def refused(sql: str, *values: Any) -> None:
    with pytest.raises(IntegrityError):
        execute(sql, *values)


def execute(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


INSERT = 'INSERT INTO labels_fragment (span_id, start, "end") VALUES (%s, %s, %s)'


@pytest.mark.parametrize(
    ("start", "end"),
    [(5, 5), (6, 5), (-1, 3), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1), (18, 20), (10, 40)],
    ids=["empty", "backwards", "negative", "past the end", "behind the end", "inside", "around"],
)
def test_a_bad_fragment_fails(row: AnnotationSet, start: int, end: int) -> None:
    span = Span.objects.get(annotation_set=row, label="SOURCE")
    refused(INSERT, span.pk, start, end)
    assert list(Fragment.objects.filter(span=span).values_list("start", "end")) == [(17, 21)]


@pytest.mark.parametrize(
    "last", [(len(TEXT), len(TEXT) + 1), (2, 5)], ids=["behind", "overlapping"]
)
def test_one_bad_fragment_among_many_of_a_statement_fails(
    row: AnnotationSet, last: tuple[int, int]
) -> None:
    span = Span.objects.get(annotation_set=row, label="SOURCE")
    places = [(0, 1), (1, 4), last]
    values = ", ".join(f"({span.pk}, {start}, {end})" for start, end in places)
    sql = f'INSERT INTO labels_fragment (span_id, start, "end") VALUES {values}'  # noqa: S608 - numbers
    refused(sql)
    assert list(Fragment.objects.filter(span=span).values_list("start", "end")) == [(17, 21)]


def test_a_good_fragment_passes(row: AnnotationSet) -> None:
    span = Span.objects.get(annotation_set=row, label="SOURCE")
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [span.pk, len(TEXT) - 1, len(TEXT)])
    assert Fragment.objects.filter(span=span).count() == 2


def test_a_fragment_cannot_be_moved_past_the_end(row: AnnotationSet) -> None:
    refused('UPDATE labels_fragment SET "end" = %s', len(TEXT) + 1)


def test_a_second_own_set_of_one_person_on_one_article_fails(row: AnnotationSet) -> None:
    refused(
        "INSERT INTO labels_annotationset (uuid, article_id, annotator_id, annotator_name, kind, round, state,"
        " version, chain, scheme_id, created_at, updated_at) SELECT %s, article_id, annotator_id,"
        " annotator_name, kind, round, state, version, chain, scheme_id, created_at, updated_at"
        " FROM labels_annotationset WHERE id = %s",
        "0190b8c0d1b97c5fa1d9f1d2a3b4c5d6",
        row.pk,
    )


def test_a_revision_cannot_be_changed_or_deleted(row: AnnotationSet) -> None:
    before = list(Revision.objects.order_by("pk").values())
    refused("UPDATE labels_revision SET version = 99")
    refused("DELETE FROM labels_revision")
    assert list(Revision.objects.order_by("pk").values()) == before


def test_a_scheme_version_cannot_be_changed_or_deleted(row: AnnotationSet) -> None:
    before = list(Scheme.objects.order_by("pk").values())
    refused("UPDATE labels_scheme SET version = 99")
    refused("DELETE FROM labels_scheme")
    assert list(Scheme.objects.order_by("pk").values()) == before


def test_the_text_of_an_article_cannot_be_changed(row: AnnotationSet) -> None:
    refused("UPDATE labels_article SET text = text || 'x'")
    refused("UPDATE labels_article SET length = length + 1")


def test_a_relation_joins_spans_of_its_own_set_only(row: AnnotationSet) -> None:
    other = make_member(row.article.project, Role.ANNOTATOR)
    elsewhere = make_set(row.article, other)
    apply(elsewhere, other, add_span(TEXT, "SOURCE", "Ruiz"))
    foreign = Span.objects.get(annotation_set=elsewhere)
    refused("UPDATE labels_relation SET target_id = %s", foreign.pk)
    assert Relation.objects.get().target.annotation_set_id == row.pk


def test_all_triggers_are_there() -> None:
    assert triggers.present(connection) == set(triggers.TRIGGERS)


def test_removing_and_installing_leaves_them_all() -> None:
    triggers.remove(connection)
    assert triggers.present(connection) == set()
    triggers.install(connection)
    assert triggers.present(connection) == set(triggers.TRIGGERS)


def test_people_and_projects_cannot_be_deleted(row: AnnotationSet) -> None:
    with pytest.raises(IntegrityError):
        Actor(row.article.project.created_by).person.delete()
