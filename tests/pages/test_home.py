"""The first page: what one is to do."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation
from labels.actions.access import Actor
from labels.models import Project
from labels.vocabulary import Task

from ..factories import add_span, apply, assign, make_article, make_person, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

TEXTS = [f"Report {number}. Nothing was decided." for number in range(4)]


def submitted(project: Project, whom: Actor, text: str) -> object:
    row = make_set(make_article(project, text), whom)
    mark = add_span(text, "CUE", "decided")
    answer = apply(row, whom, mark)
    return annotation.submit(by=whom, uuid=row.uuid, if_match=answer.version)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"


def test_work_stands_in_the_order_in_which_it_is_best_done(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    assign(make_article(project, TEXTS[0]), ana, Task.ANNOTATE)
    make_set(make_article(project, TEXTS[1]), ana)
    handed = submitted(project, ana, TEXTS[2])
    back = submitted(project, ana, TEXTS[3])
    for row in (handed, back):
        assign(row.article, rita, Task.REVIEW)  # type: ignore[attr-defined]
    annotation.give_back(by=rita, uuid=back.uuid, if_match=back.version)  # type: ignore[attr-defined]

    answer = visit(ana).get("/")
    found = {
        group.title: [(row.title, row.verb) for row in group.rows]
        for group in answer.context["groups"]
    }
    assert list(found) == ["Returned to you", "To label", "Handed in"]
    assert found == {
        "Returned to you": [("Report 3.", "Correct")],
        "To label": [("Report 1.", "Continue"), ("Report 0.", "Label")],
        "Handed in": [("Report 2.", "Look")],
    }
    assert texts(answer, "lede") == ["1 to correct, 2 to label."]


def test_reviewers_find_what_waits_for_them_and_whose_it_is(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    row = submitted(project, ana, TEXTS[0])
    assign(row.article, rita, Task.REVIEW)  # type: ignore[attr-defined]
    (group,) = visit(rita).get("/").context["groups"]
    assert (group.title, [(each.whose, each.url) for each in group.rows]) == (
        "To review",
        [("labelled by ana", f"/annotation-sets/{row.uuid}/review/")],  # type: ignore[attr-defined]
    )


def test_nobody_finds_the_work_of_others(
    project: Project, ana: Actor, stranger: Actor, visit: Visit
) -> None:
    make_set(make_article(project), ana)
    answer = visit(stranger).get("/")
    assert answer.context["groups"] == []
    assert project.name not in [each.name for each in answer.context["projects"]]


def test_an_empty_desk_says_why_and_what_next(visit: Visit) -> None:
    answer = visit(make_person()).get("/")
    assert texts(answer, "empty") == [
        (
            "Your desk is clear Articles that you are to label or to review appear here. You are not in"
            " a project yet: ask the person who manages one to add you, or start one yourself."
            " New project"
        )
    ]


@pytest.mark.parametrize(("who", "offered"), [("manager", True), ("ana", False)])
def test_who_manages_may_start_a_project(
    request: pytest.FixtureRequest, visit: Visit, who: str, offered: bool
) -> None:
    request.getfixturevalue("ana")
    answer = visit(request.getfixturevalue(who)).get("/")
    assert (b'href="/projects/new/"' in answer.content) == offered


def test_annotators_are_not_told_how_far_the_others_are(
    project: Project, ana: Actor, manager: Actor, visit: Visit
) -> None:
    make_set(make_article(project), ana)
    assert visit(ana).get("/").context["projects"][0].progress is None
    assert visit(manager).get("/").context["projects"][0].progress.sentence == "1 in progress"


def test_it_costs_the_same_with_one_article_and_with_three(
    project: Project,
    ana: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = visit(ana)
    for count, new in ((1, TEXTS[:1]), (3, TEXTS[1:3])):
        for text in new:
            assign(make_article(project, text), ana, Task.ANNOTATE)
        with django_assert_num_queries(5):
            answer = client.get("/")
        assert sum(len(group.rows) for group in answer.context["groups"]) == count
