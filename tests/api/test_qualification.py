"""The qualification round: first its articles and nothing else, then a score, then what one learns from it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from labels.actions import adjudication, annotation, membership, qualification
from labels.actions.access import Actor
from labels.errors import BadDecision, Forbidden, WrongState
from labels.models import AnnotationSet, Membership, Project
from labels.queries import assignment, comparison
from labels.vocabulary import Choice, Role, State, Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_person, make_project
from ..people import STORY, Crowd, make_crowd, marks
from .caller import answered, problem, with_token
from .test_look import judged_by_nobody

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Actor:
    return make_person("max")


@pytest.fixture
def project(chief: Actor) -> Project:
    return make_project(chief)


@pytest.fixture
def crowd(project: Project) -> Crowd:
    """Settle the story the way Ana has it."""
    crowd = make_crowd(project)
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    ana = crowd.sets["ana"].uuid
    for item in crowd.bench.items:
        there = item.cluster and any(each.set == ana for each in item.cluster.present)
        crowd.decide(item.key, Choice.TAKE if there else Choice.NONE, set=ana if there else None)
    crowd.do(adjudication.finish)
    return crowd


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/qualification/"


@pytest.fixture
def begun(crowd: Crowd, chief: Actor, path: str) -> Crowd:
    """Make a round of the story, passed from 80 %."""
    sent = {"percent": 80, "articles": [str(crowd.article.uuid)]}
    answered(with_token(chief).put(path, sent))
    return crowd


def come(project: Project, chief: Actor, name: str = "dora") -> Actor:
    whom = make_person(name)
    membership.add(by=chief, slug=project.slug, username=name, role=Role.ANNOTATOR)
    return whom


def hand_in(crowd: Crowd, whom: Actor, operations: Any) -> AnnotationSet:
    row, _made = annotation.start(by=whom, article=crowd.article.uuid)
    apply(row, whom, *operations)
    version = AnnotationSet.objects.get(pk=row.pk).version
    return annotation.submit(by=whom, uuid=row.uuid, if_match=version)


def mine(path: str, whom: Actor) -> Any:
    (found,) = answered(with_token(whom).get(path))["people"]
    return found


def little() -> Any:
    return [add_span(STORY, "CUE", "said")]


def test_who_is_there_already_has_nothing_to_pass(begun: Crowd, path: str, chief: Actor) -> None:
    found = answered(with_token(chief).get(path))
    assert (found["percent"], found["articles"]) == (80, [str(begun.article.uuid)])
    assert found["people"] == []


def test_before_passing_there_is_nothing_but_the_round(
    begun: Crowd, project: Project, chief: Actor
) -> None:
    dora, other = come(project, chief), make_article(project, TEXT)
    assign(other, dora, Task.ANNOTATE)
    assert [each.article for each in assignment.to_label(dora)] == [begun.article.uuid]
    assert assignment.progress(dora, project)["total"] == 1
    with pytest.raises(Forbidden, match="qualification round"):
        annotation.start(by=dora, article=other.uuid)
    hand_in(begun, dora, marks("ana"))
    assert {each.article for each in assignment.to_label(dora)} == {
        begun.article.uuid,
        other.uuid,
    }
    annotation.start(by=dora, article=other.uuid)


def test_who_comes_near_enough_to_gold_has_passed(
    begun: Crowd, project: Project, chief: Actor, path: str
) -> None:
    dora = come(project, chief)
    assert mine(path, dora) == {
        "person": "dora",
        "state": "open",
        "handed_in": 0,
        "total": 1,
        "percent": None,
        "labels": [],
    }
    hand_in(begun, dora, marks("ana"))
    found = mine(path, dora)
    assert (found["state"], found["percent"]) == ("passed", 100)
    assert {each["label"] for each in found["labels"]} == {"CLAIM", "ENTITY", "SOURCE"}
    assert {each["f1_overlap"] for each in found["labels"]} == {1.0}


def test_who_does_not_waits_and_may_be_let_pass_by_hand(
    begun: Crowd, project: Project, chief: Actor, path: str
) -> None:
    dora = come(project, chief)
    row = hand_in(begun, dora, little())
    assert (mine(path, dora)["state"], mine(path, dora)["percent"]) == ("waiting", 0)
    with pytest.raises(WrongState, match="qualification round"):
        annotation.reopen(by=dora, uuid=row.uuid, if_match=row.version)
    with pytest.raises(WrongState, match="qualification round"):
        annotation.give_back(by=chief, uuid=row.uuid, if_match=row.version)
    problem(with_token(dora).post(f"{path}passes/", {"person": "dora"}), 403, "forbidden")
    made = answered(with_token(chief).post(f"{path}passes/", {"person": "dora"}), 201)
    assert made["state"] == "passed_by_hand"
    assert not Membership.objects.get(person=dora.person).on_trial
    problem(with_token(chief).post(f"{path}passes/", {"person": "dora"}), 404, "not_found")
    problem(with_token(chief).post(f"{path}passes/", {"person": 7}), 422, "invalid")


def test_nobody_is_shown_anothers_result(
    begun: Crowd, project: Project, chief: Actor, path: str
) -> None:
    dora, emil = come(project, chief), come(project, chief, "emil")
    hand_in(begun, dora, little())
    assert mine(path, emil)["person"] == "emil"
    assert answered(with_token(emil).get(path))["articles"] == []
    assert len(answered(with_token(chief).get(path))["people"]) == 2
    assert answered(with_token(begun.rita).get(path))["people"] == []


def test_it_counts_nowhere_between_people(begun: Crowd, project: Project, chief: Actor) -> None:
    before = comparison.sides([begun.article.pk])[begun.article.pk].names
    dora = come(project, chief)
    row = hand_in(begun, dora, little())
    assert row.uuid not in comparison.sides([begun.article.pk])[begun.article.pk].names
    assert comparison.sides([begun.article.pk])[begun.article.pk].names == before
    path = f"projects/{project.slug}/agreement/?measure=span_f1_exact"
    figures = answered(with_token(chief).get(path))["results"]
    assert "dora" not in {name for each in figures for name in each["annotators"]}
    assign(begun.article, begun.rita, Task.REVIEW)
    assert row.uuid not in {each.set for each in assignment.to_review(begun.rita)}
    row.refresh_from_db()
    assert (row.gold_units, row.state) == (None, State.SUBMITTED)


def test_a_set_of_the_round_is_judged_by_nobody_and_not_taken_into_gold(
    begun: Crowd, project: Project, chief: Actor
) -> None:
    row = hand_in(begun, come(project, chief), little())
    assign(begun.article, begun.rita, Task.REVIEW)
    judged_by_nobody(row, (begun.rita, chief), "qualification round")
    begun.do(adjudication.reopen)
    with pytest.raises(BadDecision):
        begun.decide(begun.bench.items[0].key, Choice.TAKE, set=row.uuid)


def test_the_page_tells_unit_by_unit_once_all_is_handed_in(
    begun: Crowd, project: Project, chief: Actor
) -> None:
    dora, client = come(project, chief), Client()
    page = f"/projects/{project.slug}/qualification/"
    client.force_login(dora.person)
    first = client.get(page)
    assert (first.context["rows"], b"Analysts agree" in first.content) == ([], False)
    hand_in(begun, dora, little())
    told = client.get(page)
    kinds = {tuple(map(str, each.kinds)) for each in told.context["rows"]}
    assert kinds == {("overlooked",), ("should not be marked",)}
    assert b"Analysts agree" in told.content
    assert b"Read the clause" in told.content
    assert client.post(page, {"do": "pass", "person": "dora"}).status_code == 403
    client.force_login(chief.person)
    assert b"waits for a manager" in client.get(page).content
    done = client.post(page, {"do": "pass", "person": "dora"}, follow=True)
    assert b"passed by hand" in done.content
    sent = {"do": "change", "percent": "", "articles": [str(begun.article.uuid)]}
    assert client.post(page, sent).status_code == 302
    project.refresh_from_db()
    assert project.qualify_from is None
    sent = {"do": "change", "percent": "80"}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, sent | {"percent": "0"}).status_code == 422


@pytest.mark.parametrize("percent", [0, 101, 1.5, True, "80"])
def test_a_share_that_is_none_is_refused(
    begun: Crowd, chief: Actor, path: str, percent: object
) -> None:
    sent = {"percent": percent, "articles": [str(begun.article.uuid)]}
    problem(with_token(chief).put(path, sent), 422, "invalid")


def test_only_articles_with_finished_gold_are_taken(
    crowd: Crowd, project: Project, chief: Actor, path: str
) -> None:
    caller, other = with_token(chief), make_article(project, TEXT)
    for articles in ([str(other.uuid)], [str(uuid4())], [], ["x"], "x"):
        problem(caller.put(path, {"percent": 80, "articles": articles}), 422, "invalid")
    crowd.do(adjudication.reopen)
    problem(
        caller.put(path, {"percent": 80, "articles": [str(crowd.article.uuid)]}), 422, "invalid"
    )


def test_whoever_becomes_a_reviewer_has_nothing_to_pass(
    begun: Crowd, project: Project, chief: Actor
) -> None:
    dora = come(project, chief)
    membership.add(by=chief, slug=project.slug, username="dora", role=Role.REVIEWER)
    assert Membership.objects.get(person=dora.person).trial_at is None


def test_it_costs_the_same_for_one_and_for_three(
    begun: Crowd, project: Project, chief: Actor, django_assert_num_queries: Any
) -> None:
    for names in (["dora"], ["emil", "fay"]):
        for name in names:
            hand_in(begun, come(project, chief, name), little())
        with django_assert_num_queries(7):
            found = qualification.look(by=chief, slug=project.slug)
        assert all(each.score for each in found.results)
