"""Assignments and the queue by the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Assignment, Project
from labels.vocabulary import Role, Task

from ..factories import assign, make_article, make_member, make_set
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/assignments/"


def test_articles_are_handed_out_and_taken_back(
    path: str, project: Project, article: Article, ana: Actor, annotator: Caller, manager: Caller
) -> None:
    other = make_article(project, "Another story.")
    ids = [str(article.uuid), str(other.uuid)]
    given = {"person": "ana", "role": "annotate"}
    made = answered(manager.post(path, given | {"articles": ids}), 201)
    assert [each | {"created_at": ""} for each in made] == [
        given | {"article": each, "created_at": ""} for each in ids
    ]
    assert answered(manager.get(path))["results"] == made
    # Handing out again changes nothing, and one article needs no list.
    assert answered(manager.post(path, given | {"article": ids[0]}), 201) == made[:1]
    assert answered(annotator.get(f"articles/{ids[0]}/"))["id"] == ids[0]
    assert manager.delete(path, given | {"articles": ids[:1]}).status_code == 204
    problem(annotator.get(f"articles/{ids[0]}/"), 403, "forbidden")
    query = f"?person=ana&role=annotate&article={ids[1]}&article={ids[0]}"
    assert manager.delete(path + query).status_code == 204
    problem(manager.delete(path + query), 404, "not_found")
    assert answered(manager.get(path))["results"] == []
    assert Assignment.objects.count() == 2


def test_work_stays_when_an_assignment_is_taken_back(
    path: str, row: AnnotationSet, marked: Any, annotator: Caller, manager: Caller
) -> None:
    handing = {"person": "ana", "role": "annotate", "article": str(row.article.uuid)}
    assert manager.delete(path, handing).status_code == 204
    assert len(answered(annotator.get(f"annotation-sets/{row.uuid}/"))["spans"]) == 2
    problem(annotator.operations(row, {"op": "delete_span", "id": str(uuid4())}), 403, "forbidden")


@pytest.fixture
def handing(article: Article, ana: Actor) -> dict[str, Any]:
    return {"person": "ana", "role": "annotate", "articles": [str(article.uuid)]}


WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("nobody", {"person": None}, 422, "invalid"),
    ("a stranger", {"person": "nobody"}, 404, "not_found"),
    ("a role", {"role": "own"}, 422, "invalid"),
    ("a role that is a list", {"role": ["annotate"]}, 422, "invalid"),
    ("no articles", {"articles": []}, 422, "invalid"),
    ("articles that are none", {"articles": "all"}, 422, "invalid"),
    ("an id that is none", {"articles": ["7"]}, 422, "invalid"),
    ("a number", {"articles": [7]}, 422, "invalid"),
    ("an unknown article", {"articles": [str(uuid4())]}, 404, "not_found"),
    ("too many", {"articles": [str(uuid4())] * 10_001}, 422, "invalid"),
    ("NUL", {"person": "ana\0"}, 422, "bad_text"),
    ("a member", {"until": "tomorrow"}, 422, "invalid"),
    ("a reviewer's", {"role": "review"}, 422, "invalid"),
]


@pytest.mark.parametrize(
    ("change", "status", "code"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG]
)
def test_what_cannot_be_handed_out_is_not(
    path: str,
    handing: dict[str, Any],
    manager: Caller,
    change: dict[str, Any],
    status: int,
    code: str,
) -> None:
    problem(manager.post(path, handing | change), status, code)
    assert not Assignment.objects.exists()
    if code != "not_found" and change.get("role") != "review":
        problem(manager.delete(path, handing | change), status, code)


def test_a_list_with_one_unknown_article_hands_out_none(
    path: str, handing: dict[str, Any], manager: Caller
) -> None:
    handing["articles"].append(str(uuid4()))
    problem(manager.post(path, handing), 404, "not_found")
    assert not Assignment.objects.exists()


# What is next


def test_next_is_what_was_returned_then_begun_then_new_then_to_review(
    project: Project, article: Article, ana: Actor, annotator: Caller, manager: Caller
) -> None:
    path = f"projects/{project.slug}/next/"
    assert annotator.post(path).status_code == 204
    assign(article, ana, Task.ANNOTATE)
    item = answered(annotator.post(path))
    assert item == {
        "article": str(article.uuid),
        "title": article.title,
        "role": "annotate",
        "state": None,
        "annotation_set": None,
    }
    begun = make_set(make_article(project, "Begun."), ana)
    item = answered(annotator.post(path))
    assert (item["annotation_set"], item["state"]) == (str(begun.uuid), "open")
    annotator.move(begun, "submit")
    assert answered(annotator.post(path))["article"] == str(article.uuid)
    manager.move(begun, "return")
    item = answered(annotator.post(path))
    assert (item["annotation_set"], item["state"]) == (str(begun.uuid), "returned")


def test_a_reviewer_who_is_one_no_longer_gets_nobodys_work(
    project: Project,
    row: AnnotationSet,
    rita: Actor,
    annotator: Caller,
    reviewer: Caller,
    manager: Caller,
) -> None:
    annotator.move(row, "submit")
    path = f"projects/{project.slug}/next/"
    assert answered(reviewer.post(path))["annotation_set"] == str(row.uuid)
    manager.post(f"projects/{project.slug}/members/", {"username": "rita", "role": "annotator"})
    assert reviewer.post(path).status_code == 204
    problem(reviewer.get(f"annotation-sets/{row.uuid}/"), 403, "forbidden")


def test_a_queue_is_ones_own(project: Project, row: AnnotationSet, annotator: Caller) -> None:
    carl = make_member(project, Role.ANNOTATOR)
    assert with_token(carl).post(f"projects/{project.slug}/next/").status_code == 204
