"""A row that is written with kept SQL is the row that Django would have written."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from labels.actions import row
from labels.models import AnnotationSet, Span
from labels.vocabulary import Origin

from ..factories import make_article, make_person, make_project, make_set

pytestmark = pytest.mark.django_db

ODD: list[dict[str, Any]] = [
    {"attributes": {}, "confidence": None, "deleted_rev": None},
    {
        "attributes": {"note": "“漢字” 🗳️ %s \\ '"},
        "confidence": 0.1,
        "derived_from": uuid4(),
        "flag": True,
    },
    {"attributes": {"of": [1, None, {"a": True}]}, "origin": Origin.SUGGESTION, "deleted_rev": 7},
]


@pytest.fixture
def owner() -> AnnotationSet:
    person = make_person()
    return make_set(make_article(make_project(person), "Taxes fell, Ruiz said."), person)


def read(span: Span) -> dict[str, Any]:
    return model_to_dict(Span.objects.get(pk=span.pk)) | {"id": None, "uuid": None}


@pytest.mark.parametrize("values", ODD)
def test_what_is_added_reads_as_what_django_writes(
    owner: AnnotationSet, values: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ours, theirs = (
        Span(annotation_set=owner, uuid=uuid4(), label="CLAIM", rev=1, **values) for _ in range(2)
    )
    with django_assert_num_queries(1):
        row.add(ours)
    theirs.save()
    assert ours.pk == theirs.pk - 1
    assert read(ours) == read(theirs)
    assert Span.objects.get(pk=ours.pk) == ours
    ours.label = "SOURCE"
    ours.save()
    assert Span.objects.filter(annotation_set=owner).count() == 2


@pytest.mark.parametrize("values", ODD)
def test_only_the_columns_that_are_named_change(
    owner: AnnotationSet, values: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    spans = [Span(annotation_set=owner, uuid=uuid4(), label="CLAIM", rev=1) for _ in range(2)]
    for each in spans:
        row.add(each)
    ours, other = spans
    before = read(other)
    for name, value in values.items():
        setattr(ours, name, value)
    ours.label = "SOURCE"
    with django_assert_num_queries(1):
        row.change(ours, *values)
    assert read(ours) == before | values
    assert read(other) == before


def test_the_constraints_hold(owner: AnnotationSet) -> None:
    span = Span(annotation_set=owner, uuid=uuid4(), label="CLAIM", rev=1)
    row.add(span)
    span.confidence = 3.0
    for refused in (
        lambda: row.change(span, "confidence"),
        lambda: row.add(Span(annotation_set=owner, uuid=span.uuid, label="CLAIM", rev=2)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()
