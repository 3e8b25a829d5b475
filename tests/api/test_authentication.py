"""Who speaks: a page says for whom it was opened, and nobody else's session answers for it."""

from __future__ import annotations

import pytest

from labels.actions import annotation
from labels.actions.access import Actor
from labels.models import AnnotationSet, Review

from ..factories import TEXT, add_span, apply
from .caller import signed_in

pytestmark = pytest.mark.django_db


def test_a_verdict_of_one_page_is_not_given_by_who_signed_in_since(
    row: AnnotationSet, ana: Actor, rita: Actor, max_: Actor
) -> None:
    span = add_span(TEXT, "CUE", "said")
    apply(row, ana, span)
    annotation.submit(by=ana, uuid=row.uuid, if_match=2)
    verdict = {"span": span["id"], "verdict": "accept"}
    address, ritas = f"annotation-sets/{row.uuid}/reviews/", str(rita.person.uuid)
    refused = signed_in(max_).post(address, verdict, galley_person=ritas)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")
    assert not Review.objects.exists()
    given = signed_in(rita).post(address, verdict, galley_person=ritas)
    assert (given.status_code, given.json()["reviewer"]) == (201, "rita")
