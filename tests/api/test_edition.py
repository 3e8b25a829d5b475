"""Carrying a set over by the API."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Project
from labels.vocabulary import Role, Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_member, make_set
from .caller import Caller, problem, with_token

pytestmark = pytest.mark.django_db

NEWER = TEXT.replace("in Lima", "in old Lima").replace("Monday", "Friday")


@pytest.fixture
def row(project: Project, ana: Actor) -> AnnotationSet:
    made = make_set(make_article(project), ana)
    spans = [add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CLAIM", "spoke on Monday in Lima")]
    apply(made, ana, *spans)
    return made


@pytest.fixture
def newer(row: AnnotationSet, ana: Actor) -> Article:
    made = make_article(row.article.project, NEWER, supersedes=str(row.article.uuid))
    assign(made, ana, Task.ANNOTATE)
    return made


@pytest.fixture
def path(row: AnnotationSet, newer: Article) -> str:
    return f"annotation-sets/{row.uuid}/carrying/{newer.uuid}/"


def test_it_works(path: str, ana: Actor, newer: Article) -> None:
    caller = with_token(ana)
    looked = caller.get(path).json()
    assert looked["counts"] == {
        "unchanged": 1,
        "moved": 0,
        "edited": 1,
        "deleted": 0,
        "unsettled": 2,
    }
    assert (looked["begun"], looked["annotation_set"]) == (False, None)
    made = caller.post(path, {}).json()
    assert (made["counts"]["unsettled"], made["refused"]) == (1, {})
    source, claim = made["spans"]
    assert (source["outcome"], source["places"][0][0]["quote"]) == ("carried", "Ruiz")
    assert (claim["state"], claim["outcome"]) == ("edited", None)
    assert claim["places"][0][0]["quote"] == "spoke on Friday in old Lima"
    whole = caller.get(f"annotation-sets/{made['annotation_set']}/").json()
    assert [each["id"] for each in whole["spans"]] == [source["carried_as"]]
    assert (whole["state"], whole["article"]) == ("open", str(newer.uuid))
    settled = caller.post(f"{path}settle/", {"span": claim["id"], "outcome": "carried"}).json()
    assert settled["counts"]["unsettled"] == 0
    undone = caller.post(f"{path}undo/", {}).json()
    assert (undone["begun"], undone["counts"]["unsettled"]) == (True, 2)


def test_what_is_sent_is_looked_at(path: str, ana: Actor) -> None:
    caller = with_token(ana)
    problem(caller.post(f"{path}settle/", {}), 422, "invalid")
    claim = caller.get(path).json()["spans"][1]["id"]
    problem(caller.post(f"{path}settle/", {"span": claim, "outcome": "again"}), 409, "conflict")
    caller.post(path, {})
    problem(caller.post(f"{path}settle/", {"span": claim, "outcome": "burnt"}), 422, "invalid")
    problem(caller.post(f"{path}settle/", {"span": claim, "outcome": "dropped"}), 422, "invalid")
    wrong = [{"start": 0, "end": 3, "quote": "no!"}]
    body = {"span": claim, "outcome": "carried", "fragments": wrong}
    problem(caller.post(f"{path}settle/", body), 422, "quote_mismatch")
    for odd in (3, [], [3], [{"start": "a", "end": None, "quote": 3}]):
        answer = caller.post(f"{path}settle/", body | {"fragments": odd})
        assert answer.status_code == 422, answer.content
    problem(caller.post(f"{path}settle/", body | {"reason": 3}), 422, "invalid")


def test_the_texts_of_an_article_are_listed_for_who_may_read_them(
    newer: Article,
    row: AnnotationSet,
    manager: Caller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ben = make_member(newer.project, Role.ANNOTATOR)
    assign(newer, ben, Task.ANNOTATE)
    listed = with_token(ben).get(f"articles/{newer.uuid}/versions/").json()["results"]
    assert [each["version"] for each in listed] == [2]
    made = newer
    assert manager.get(f"articles/{row.article.uuid}/").json()["supersedes"] is None
    assert manager.get(f"articles/{made.uuid}/").json()["supersedes"] == str(row.article.uuid)
    changed = manager.patch(f"articles/{made.uuid}/", {"title": "Newer"}).json()
    assert (changed["title"], changed["supersedes"]) == ("Newer", str(row.article.uuid))
    for number in range(2):
        found = manager.get(f"articles/{row.article.uuid}/versions/").json()["results"]
        assert [each["version"] for each in found] == list(range(1, number + 3))
        made = make_article(made.project, f"{NEWER} {number}", supersedes=str(made.uuid))
        with django_assert_num_queries(5):
            manager.get(f"articles/{row.article.uuid}/versions/")
