"""A set is shown the same from its rows as from its records."""

from __future__ import annotations

from uuid import uuid4

import pytest

from labels.models import AnnotationSet
from labels.queries import annotation
from labels.text.offsets import OffsetMap
from labels.vocabulary import OffsetUnit, Role

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

BEFORE = "𝒳 "
"""Its letter is one code point, two units of UTF-16 and four bytes."""


@pytest.fixture
def row() -> AnnotationSet:
    project = make_project(make_person())
    ana = make_member(project, Role.ANNOTATOR)
    made = make_set(make_article(project, BEFORE + TEXT), ana)
    text = BEFORE + TEXT
    claim = add_span(
        text, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”", attributes={"form": "direct"}
    )
    inner = add_span(text, "CLAIM", "Taxes fell", confidence=0.5, flag=True)
    guessed = add_span(text, "ENTITY", "Taxes", origin="suggestion", derived_from=str(uuid4()))
    source = add_span(text, "SOURCE", "Taxes")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"])
    apply(made, ana, claim, inner, guessed, source, link)
    return AnnotationSet.objects.select_related("article", "scheme", "annotator").get(pk=made.pk)


@pytest.mark.parametrize("unit", list(OffsetUnit))
def test_a_set_is_shown_as_its_records_are(row: AnnotationSet, unit: OffsetUnit) -> None:
    spans, relations = annotation.units(row)
    assert (len(spans), len(relations)) == (4, 1)
    text = row.article.text
    offsets = None if unit == OffsetUnit.CODEPOINT else OffsetMap(text, unit)
    shown = annotation.payload(row, unit)
    assert shown["spans"] == [annotation.span_payload(each, text, offsets) for each in spans]
    assert shown["relations"] == [annotation.relation_payload(each) for each in relations]
