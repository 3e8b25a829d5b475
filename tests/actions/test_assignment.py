"""Handing out the next articles, with hidden gold among them."""

from __future__ import annotations

from itertools import accumulate
from typing import Any
from uuid import UUID

import pytest

from labels.actions import adjudication, assignment
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.models import Article, Project
from labels.queries import assignment as queue
from labels.rules.sampling import due, mixed
from labels.vocabulary import Choice, Role, Task

from ..api.caller import answered, problem, with_token
from ..factories import TEXT, assign, make_article, make_member, make_person, make_project
from ..people import Crowd, make_crowd


def test_a_share_comes_true_however_few_are_handed_out_at_a_time() -> None:
    for step in (1, 3, 7, 10):
        steps = [due(before, step, 10) for before in range(0, 210, step)]
        assert list(accumulate(steps))[-1] == (210 + (-210) % step) * 10 // 100
    assert due(0, 100, 0) == 0


def test_what_is_hidden_stands_where_its_ids_tell_and_the_others_keep_their_order() -> None:
    plain = [UUID(int=each) for each in range(100, 110)]
    hidden = [UUID(int=3), UUID(int=29)]
    found = mixed(plain, hidden)
    assert [each for each in found if each in plain] == plain
    assert [found.index(each) for each in hidden] == [3, 5]
    assert mixed([], hidden[:1]) == hidden[:1]


@pytest.fixture
def chief() -> Actor:
    return make_person("max")


@pytest.fixture
def project(chief: Actor) -> Project:
    return make_project(chief)


@pytest.fixture
def settled(project: Project) -> Crowd:
    """Finish the gold set of an article that three have labelled."""
    crowd = make_crowd(project)
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    crowd.do(adjudication.agree, key=UUID(int=1))
    for item in crowd.bench.items:
        if not item.decided:
            crowd.decide(item.key, Choice.TAKE, set=item.cluster.present[0].set)  # type: ignore[union-attr]  # none is gone
    crowd.do(adjudication.finish)
    return crowd


def handed(project: Project, chief: Actor, whom: str, count: int = 4) -> set[Any]:
    made = assignment.assign_unassigned(
        by=chief, slug=project.slug, person=whom, role=Task.ANNOTATE, count=count
    )
    return {each.article.uuid for each in made}


@pytest.mark.django_db
def test_the_next_ones_have_hidden_gold_that_looks_like_the_others(
    project: Project, chief: Actor, settled: Crowd
) -> None:
    fresh = [make_article(project, f"{TEXT} {each}").uuid for each in range(8)]
    for name in ("dora", "emil"):
        make_member(project, Role.ANNOTATOR, name)
    assert handed(project, chief, "dora") == set(fresh[:4])
    projects.change(by=chief, address=project.slug, settings={"gold_share": 25})
    assert handed(project, chief, "emil") == {*fresh[4:7], settled.article.uuid}
    emil = Actor(settled.project.memberships.get(person__username="emil").person)
    listed = queue.to_label(emil)
    assert {(each.state, each.set) for each in listed} == {(None, None)}
    caller = with_token(emil)
    kept = {"id", "title", "external_id", "text_sha256", "length", "text"}
    shown = [answered(caller.get(f"articles/{each}/")) for each in (settled.article.uuid, fresh[4])]
    assert shown[0].keys() == shown[1].keys()
    for name in shown[0].keys() - kept:
        assert shown[0][name] == shown[1][name]
    assert (
        answered(caller.get(f"articles/{settled.article.uuid}/annotation-sets/"))["results"] == []
    )
    assert "gold_share" not in answered(caller.get(f"projects/{project.slug}/"))
    assert answered(with_token(chief).get(f"projects/{project.slug}/"))["gold_share"] == 25


@pytest.mark.django_db
def test_nobody_gets_gold_that_they_know(project: Project, chief: Actor, settled: Crowd) -> None:
    for each in ("ana", "rita", "max"):
        assert list(queue.hidden_gold(project, each)) in ([], [settled.article.uuid])
        assert bool(queue.hidden_gold(project, each)) == (each == "max")
    assign(settled.article, chief, Task.REVIEW)
    assert list(queue.hidden_gold(project, "max")) == []


@pytest.mark.django_db
def test_the_api_hands_out_the_next_ones(project: Project, chief: Actor) -> None:
    articles = [make_article(project, f"{TEXT} {each}") for each in range(3)]
    make_member(project, Role.ANNOTATOR, "dora")
    caller, path = with_token(chief), f"projects/{project.slug}/assignments/"
    sent = {"person": "dora", "role": "annotate", "count": 2}
    made = answered(caller.post(path, sent), 201)
    assert [each["article"] for each in made] == [str(each.uuid) for each in articles[:2]]
    for wrong in ({"count": 0}, {"count": True}, {"article": str(articles[2].uuid)}):
        problem(caller.post(path, sent | wrong), 422, "invalid")
    assert Article.objects.filter(assignments__isnull=True).count() == 1
