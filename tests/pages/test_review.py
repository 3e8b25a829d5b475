"""The review page: somebody else's set, and who may judge it."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation, review
from labels.actions.access import Actor
from labels.models import AnnotationSet, Project
from labels.vocabulary import Role, Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_member, make_set
from .conftest import Visit
from .test_label import boot

pytestmark = pytest.mark.django_db


def address(row: AnnotationSet) -> str:
    return f"/annotation-sets/{row.uuid}/review/"


def submitted(project: Project, whom: Actor, text: str = TEXT) -> AnnotationSet:
    row = make_set(make_article(project, text), whom)
    words = text.split()
    answer = apply(row, whom, add_span(text, "CUE", words[-2]))
    return annotation.submit(by=whom, uuid=row.uuid, if_match=answer.version)


def test_a_reviewer_may_judge_what_is_handed_in(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    row = submitted(project, ana)
    assign(row.article, rita, Task.REVIEW)
    answer = visit(rita).get(address(row))
    found = boot(answer)
    assert (found["mode"], found["writable"], found["set"]["annotator"]) == ("review", True, "ana")
    assert found["reasons"]["boundary"] == "The boundary is not right"
    assert found["urls"]["approve"] == f"/api/v1/annotation-sets/{row.uuid}/approve/"
    # What was handed in is still to do here: not shown as what is done.
    assert {each["state"] for each in answer.context["queue"]} == {""}
    assert [(each["title"], each["current"]) for each in answer.context["queue"]] == [
        (f"ana: {row.article.title}", True)
    ]


def test_verdicts_come_along(project: Project, ana: Actor, rita: Actor, visit: Visit) -> None:
    row = submitted(project, ana)
    assign(row.article, rita, Task.REVIEW)
    span = row.spans.get().uuid
    review.judge(by=rita, uuid=row.uuid, verdict="reject", span=span, reason="boundary")
    (verdict,) = boot(visit(rita).get(address(row)))["reviews"]
    assert (verdict["span"], verdict["verdict"], verdict["reason"], verdict["reviewer"]) == (
        str(span),
        "reject",
        "boundary",
        "rita",
    )


def test_what_is_still_worked_on_can_only_be_looked_at(
    project: Project, ana: Actor, manager: Actor, visit: Visit
) -> None:
    row = make_set(make_article(project), ana)
    assert boot(visit(manager).get(address(row)))["writable"] is False


def test_ones_own_set_is_shown_on_the_label_page(
    project: Project, ana: Actor, visit: Visit
) -> None:
    row = submitted(project, ana)
    answer = visit(ana).get(address(row))
    assert answer.headers["Location"] == f"/articles/{row.article.uuid}/label/"


def test_who_is_not_to_review_it_may_not(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    row = submitted(project, ana)
    ben = make_member(project, Role.ANNOTATOR, "ben")
    for whom in (rita, ben):
        answer = visit(whom).get(address(row))
        assert answer.status_code == 403
        assert row.article.title.encode() not in answer.content


def test_strangers_find_nothing(
    project: Project, ana: Actor, stranger: Actor, visit: Visit
) -> None:
    assert visit(stranger).get(address(submitted(project, ana))).status_code == 404


def test_the_next_set_to_review_is_another(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    rows = [submitted(project, ana, f"Report {n} was read. The end.") for n in range(2)]
    for row in rows:
        assign(row.article, rita, Task.REVIEW)
    assert boot(visit(rita).get(address(rows[0])))["urls"]["next"] == address(rows[1])


def test_it_costs_the_same_with_one_set_waiting_and_with_three(
    project: Project,
    ana: Actor,
    rita: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = visit(rita)
    row = submitted(project, ana)
    assign(row.article, rita, Task.REVIEW)
    for count in (1, 3):
        for number in range(count - 1):
            other = submitted(project, ana, f"Report {number} was read. The end.")
            assign(other.article, rita, Task.REVIEW)
        with django_assert_num_queries(11):
            answer = client.get(address(row))
        assert len(answer.context["queue"]) == count
