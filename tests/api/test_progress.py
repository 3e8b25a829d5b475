"""Progress and changes by the API: everybody sees what they may, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from labels.models import AnnotationSet, Article, Project
from labels.vocabulary import Role, Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_member, make_set
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db

NONE = {"open": 0, "submitted": 0, "returned": 0, "approved": 0}


@pytest.fixture
def ben(project: Project, article: Article) -> Caller:
    """Another annotator with a submitted set of the same article, and one of an article that is only his."""
    whom = make_member(project, Role.ANNOTATOR, "ben")
    caller = with_token(whom)
    for row in (make_set(article, whom), make_set(make_article(project, "Only Ben's."), whom)):
        answered(caller.move(row, "submit"))
    return caller


def test_figures_are_ones_own_what_one_reviews_and_the_projects(
    project: Project,
    row: AnnotationSet,
    ben: Any,
    annotator: Caller,
    reviewer: Caller,
    manager: Caller,
) -> None:
    path = f"projects/{project.slug}/progress/"
    assert answered(annotator.get(path)) == {"own": NONE | {"total": 1, "open": 1}}
    assert answered(reviewer.get(path)) == {
        "own": NONE | {"total": 0},
        "review": NONE | {"open": 1, "submitted": 1},
    }
    assert answered(manager.get(path)) == {
        "own": NONE | {"total": 0},
        "project": NONE | {"articles": 2, "open": 1, "submitted": 2},
    }


def test_changes_are_read_on_from_the_last_line(
    project: Project, row: AnnotationSet, marked: Any, manager: Caller
) -> None:
    path = f"projects/{project.slug}/changes/"
    every = answered(manager.get(f"{path}?page_size=500"))["results"]
    assert [each["id"] for each in every] == sorted(each["id"] for each in every)
    third = every[2]["id"]
    assert answered(manager.get(f"{path}?since={third}"))["results"] == every[3:]
    last = every[-1]
    assert (last["subject"], last["action"], last["version"]) == (
        "annotation_set",
        "add_relation",
        4,
    )
    assert answered(manager.get(f"{path}?since={last['id']}"))["results"] == []
    assert answered(manager.get(f"{path}?since={'9' * 18}"))["results"] == []


@pytest.mark.parametrize("since", ["x", "-1", "1.5", "９", "9" * 19, "9" * 5000, "%00"])
def test_a_place_that_is_none_is_refused(project: Project, manager: Caller, since: str) -> None:
    answer = manager.get(f"projects/{project.slug}/changes/?since={since}")
    problem(answer, 422, "bad_text" if since == "%00" else "invalid")


def test_a_deletion_leaves_its_mark_in_the_changes(
    project: Project, row: AnnotationSet, marked: Any, ana: Any, annotator: Caller
) -> None:
    apply(row, ana, {"op": "delete_span", "id": marked["source"]["id"]})
    line = answered(annotator.get(f"projects/{project.slug}/changes/"))["results"][-1]
    assert (line["action"], line["payload"]["after"]) == ("delete_span", None)
    assert line["payload"]["before"]["id"] == marked["source"]["id"]
    assert line["payload"]["also"] == [marked["link"]["id"]]


def test_nothing_tells_an_annotator_of_another(
    project: Project, article: Article, row: AnnotationSet, annotator: Caller, manager: Caller
) -> None:
    """Walk all that an annotator can read, while Ben has worked on the same article, been judged and talked to."""
    ben = make_member(project, Role.ANNOTATOR, "ben-of-the-test")
    theirs = make_set(article, ben)
    marked = add_span(TEXT, "ENTITY", "Lima", attributes={"entity_type": "GPE"})
    apply(theirs, ben, marked)
    span = marked["id"]
    answered(with_token(ben).move(theirs, "submit"))
    manager.post(f"annotation-sets/{theirs.uuid}/reviews/", {"span": span, "verdict": "accept"})
    manager.post(f"annotation-sets/{theirs.uuid}/comments/", {"text": "Well done."})
    manager.move(theirs, "return", {"note": "Almost."})
    own, of_article = f"annotation-sets/{row.uuid}/", f"articles/{article.uuid}/"
    of_project = f"projects/{project.slug}/"
    paths = [
        *("me/", "projects/", of_project, of_article, f"{of_article}annotation-sets/"),
        *(f"{of_project}{tail}/" for tail in ("scheme", "articles", "progress", "changes")),
        *(f"{of_project}articles/?state={state}" for state in ("returned", "submitted", "open")),
        *(own, f"{own}revisions/", f"{own}reviews/", f"{own}comments/"),
    ]
    said = [annotator.get(path) for path in paths]
    assert {each.status_code for each in said} == {200}
    everything = b"".join(each.content for each in said)
    for secret in ("ben-of-the-test", str(theirs.uuid), span, "returned", "Almost.", "Well done."):
        assert everything.count(secret.encode()) == {"returned": 1}.get(secret, 0), secret
    assert answered(annotator.post(f"{of_project}next/"))["annotation_set"] == str(row.uuid)


def test_a_reviewer_sees_the_changes_of_what_they_review(
    project: Project, row: AnnotationSet, ben: Any, reviewer: Caller
) -> None:
    lines = answered(reviewer.get(f"projects/{project.slug}/changes/"))["results"]
    of_article = AnnotationSet.objects.filter(article=row.article)
    assert {each["subject_id"] for each in lines} == {str(each.uuid) for each in of_article}
    rob = make_member(project, Role.REVIEWER)
    path = f"projects/{project.slug}/changes/"
    assert answered(with_token(rob).get(path))["results"] == []
    assign(row.article, rob, Task.REVIEW)
    assert answered(with_token(rob).get(path))["results"] == lines
