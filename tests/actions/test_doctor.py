"""The doctor finds what is wrong, and nothing when all is well."""

from __future__ import annotations

import pytest
from django.db import connection

from labels.actions import doctor
from labels.models import AnnotationSet, Project, Revision, triggers
from labels.vocabulary import Role

from ..factories import (
    TEXT,
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
    apply(made, ana, add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CUE", "said"))
    return made


def test_all_is_well(row: AnnotationSet) -> None:
    assert list(doctor.findings()) == []


def test_a_changed_payload_is_found(row: AnnotationSet) -> None:
    triggers.remove(connection)
    Revision.objects.filter(annotation_set=row, version=2).update(
        payload={"operation": {"op": "add_span"}}
    )
    triggers.install(connection)
    assert list(doctor.findings()) == [f"Annotation set {row.uuid}: revision 2 does not verify."]


def test_an_erased_payload_still_verifies(row: AnnotationSet) -> None:
    triggers.remove(connection)
    Revision.objects.filter(annotation_set=row, version=2).update(payload={})
    triggers.install(connection)
    assert list(doctor.findings()) == []


def test_a_lost_revision_is_found(row: AnnotationSet) -> None:
    triggers.remove(connection)
    Revision.objects.filter(annotation_set=row, version=3).delete()
    triggers.install(connection)
    (line,) = doctor.findings()
    assert "does not lead to its version 3" in line


def test_a_missing_trigger_is_found(row: AnnotationSet) -> None:
    triggers.remove(connection)
    assert len(list(doctor.findings())) == len(triggers.TRIGGERS)


def test_a_wrong_count_is_found(row: AnnotationSet) -> None:
    Project.objects.update(open_count=7)
    (line,) = doctor.findings()
    assert "open count is 7, but there are 1" in line
