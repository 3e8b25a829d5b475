"""What was written down before a migration is read in the names of now."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels.actions import adjudication, annotation, renewing, review
from labels.actions import bench as benches
from labels.models import Review, Span
from labels.queries import feedback
from labels.queries import review as reviews
from labels.vocabulary import Role, Task

from ..factories import assign, make_member, make_person, make_project
from .test_migration import RENAME, anew, labels, marked, migrate

pytestmark = pytest.mark.django_db


def test_gold_and_proposals_are_read_in_the_names_of_now() -> None:
    chief = make_person("max")
    project = make_project(chief)
    ana = make_member(project, Role.ANNOTATOR, "ana")
    ben, rob = (
        make_member(project, role, name)
        for role, name in ((Role.ANNOTATOR, "ben"), (Role.REVIEWER, "rob"))
    )
    row = marked(project, ana)
    marked(project, ben)
    for whom in (ana, ben):
        own = annotation.own(by=whom, article=row.article)
        assert own is not None
        annotation.submit(by=whom, uuid=own.uuid, if_match=4)
    assign(row.article, rob, Task.REVIEW)
    claim = Span.objects.get(annotation_set=row, label="CLAIM")
    given = review.judge(
        by=rob,
        uuid=row.uuid,
        verdict="fix",
        span=claim.uuid,
        reason="boundary",
        proposal={"attributes": {"form": "mixed", "check_worthiness": "NFS"}},
    )
    common: dict[str, Any] = {"by": rob, "article": row.article.uuid}
    adjudication.start(**common)
    adjudication.agree(**common, if_match=1, key=uuid4())
    migrate(chief, project, RENAME)
    bench = benches.look(**common)
    assert bench.gold is not None
    assert labels(bench.gold) == ["STATEMENT", "SOURCE"]
    assert all(each.decided for each in bench.items)
    adjudication.undo(**common, if_match=bench.gold.version, key=uuid4())
    bench = benches.look(**common)
    assert bench.gold is not None
    adjudication.agree(**common, if_match=bench.gold.version, key=uuid4())
    assert labels(anew(bench.gold)) == ["STATEMENT", "SOURCE"]
    (shown,) = renewing.reviews(reviews.reviews(anew(row)))
    assert shown.proposal is not None
    assert shown.proposal["label"] == "STATEMENT"
    kept = Review.objects.get(pk=given.pk).proposal
    assert kept is not None
    assert kept["label"] == "CLAIM"
    assert [
        each.proposal["label"]
        for each in renewing.reviews(feedback.reviews(ana.person, project))
        if each.proposal
    ] == ["STATEMENT"]
    assert shown.rev == Span.objects.get(pk=claim.pk).rev
