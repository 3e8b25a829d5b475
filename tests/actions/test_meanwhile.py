"""What happens around an adjudication while somebody is in the middle of it: nothing that was decided is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels import errors
from labels.actions import adjudication, annotation, assignment, doctor, membership, scheme
from labels.actions import bench as benches
from labels.actions.access import Actor
from labels.actions.adjudication import Wanted
from labels.models import Decision
from labels.queries import annotation as sets
from labels.vocabulary import Choice, Role, State, Task

from ..factories import SCHEME, assign, make_member, make_person, make_project
from ..people import Crowd, make_crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Actor:
    return make_person("max")


@pytest.fixture
def crowd(chief: Actor) -> Crowd:
    """Rita has decided about two units: one is Ana's, the other nobody's."""
    crowd = make_crowd(make_project(chief))
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    ana = crowd.sets["ana"].uuid
    first, *_others, second = crowd.bench.disagreements
    crowd.decide(first.key, Choice.TAKE, set=ana)
    crowd.decide(second.key, Choice.NONE)
    return crowd


@pytest.fixture
def rob(crowd: Crowd) -> Actor:
    return make_member(crowd.project, Role.REVIEWER, "rob")


def said(crowd: Crowd, by: Actor) -> tuple[int, Any]:
    """Return how many units are decided, and what is in gold."""
    bench = benches.look(by=by, article=crowd.article.uuid)
    assert bench.gold
    return bench.decided, sets.units(bench.gold)


def settle(crowd: Crowd, by: Actor) -> None:
    """Take whatever is left from Ana, or leave it out where she has nothing."""
    crowd.rita, ana = by, crowd.sets["ana"].uuid
    for item in crowd.bench.items:
        if not item.decided:
            there = item.cluster and any(each.set == ana for each in item.cluster.present)
            wish = {"choice": Choice.TAKE, "set": ana} if there else {"choice": Choice.NONE}
            crowd.decide(item.key, **wish)
    crowd.do(adjudication.finish)


def test_of_two_who_settle_at_once_the_second_is_told_and_goes_on(crowd: Crowd, rob: Actor) -> None:
    seen, left = crowd.gold.version, [each for each in crowd.bench.items if not each.decided]
    sent: dict[str, Any] = {"article": crowd.article.uuid, "if_match": seen}
    wanted = [Wanted(each.key, Choice.NONE) for each in left[:2]]
    adjudication.decide(by=rob, key=uuid4(), wanted=wanted[0], **sent)
    key = uuid4()
    for act in (
        lambda: adjudication.decide(by=crowd.rita, key=key, wanted=wanted[1], **sent),
        lambda: adjudication.agree(by=crowd.rita, key=uuid4(), **sent),
        lambda: adjudication.undo(by=crowd.rita, key=uuid4(), **sent),
        lambda: adjudication.finish(by=crowd.rita, **sent),
    ):
        with pytest.raises(errors.Stale):
            act()
    assert said(crowd, rob)[0] == 3
    # The same key serves: nothing was done under it.
    sent["if_match"] = crowd.gold.version
    adjudication.decide(by=crowd.rita, key=key, wanted=wanted[1], **sent)
    assert said(crowd, rob)[0] == 4
    assert set(Decision.objects.values_list("decided_by__username", flat=True)) == {"rita", "rob"}


def test_what_is_finished_meanwhile_takes_no_decision_and_is_not_finished_twice(
    crowd: Crowd, rob: Actor
) -> None:
    unit = crowd.bench.items[0].key
    settle(crowd, rob)
    for act in (adjudication.finish, lambda **_same: crowd.decide(unit, Choice.NONE)):
        with pytest.raises(errors.WrongState, match="finished"):
            crowd.do(act)


def test_what_was_decided_comes_through_reopening_and_new_marks(crowd: Crowd, rob: Actor) -> None:
    settle(crowd, rob)
    before = said(crowd, rob)
    crowd.do(adjudication.reopen)
    assert said(crowd, rob) == before
    # A set that comes back with a change asks for its unit alone; the others' decisions stand.
    row, chief = crowd.sets["ben"], Actor(crowd.project.created_by)
    row = annotation.give_back(by=chief, uuid=row.uuid, if_match=row.version)
    away = crowd.bench
    assert away.decided < len(away.items)
    annotation.submit(by=crowd.people["ben"], uuid=row.uuid, if_match=row.version)
    assert said(crowd, rob) == before
    crowd.do(adjudication.finish)
    assert crowd.gold.state == State.APPROVED


def test_acts_are_taken_back_one_by_one_down_to_nothing(crowd: Crowd) -> None:
    crowd.do(adjudication.agree, key=uuid4())
    steps = [said(crowd, crowd.rita)]
    unit = next(each for each in crowd.bench.items if not each.decided)
    crowd.decide(unit.key, Choice.NONE, alike=True)
    crowd.do(adjudication.undo, key=uuid4())
    assert said(crowd, crowd.rita) == steps[0]
    for _act in range(3):
        crowd.do(adjudication.undo, key=uuid4())
    assert said(crowd, crowd.rita) == (0, ([], []))
    assert list(doctor.findings()) == []


def test_who_is_to_label_the_article_now_settles_it_no_more(crowd: Crowd, rob: Actor) -> None:
    before, seen = said(crowd, rob), crowd.gold.version
    assign(crowd.article, crowd.rita, Task.ANNOTATE)
    annotation.start(by=crowd.rita, article=crowd.article.uuid)
    for act in (adjudication.agree, adjudication.undo):
        with pytest.raises(errors.OwnWork):
            act(by=crowd.rita, article=crowd.article.uuid, if_match=seen, key=uuid4())
    assert said(crowd, rob) == before
    settle(crowd, rob)
    assert crowd.gold.state == State.APPROVED


def test_sets_stay_compared_when_the_article_is_taken_from_who_made_them(
    crowd: Crowd, chief: Actor
) -> None:
    before = said(crowd, crowd.rita)
    assignment.withdraw(
        by=chief,
        slug=crowd.project.slug,
        person="ana",
        role=Task.ANNOTATE,
        articles=[crowd.article.uuid],
    )
    membership.remove(by=chief, slug=crowd.project.slug, username="ben")
    assert said(crowd, crowd.rita) == before
    settle(crowd, crowd.rita)


def test_who_was_taken_out_decides_nothing_and_another_goes_on(
    crowd: Crowd, rob: Actor, chief: Actor
) -> None:
    before, rita, seen = said(crowd, rob), crowd.rita, crowd.gold.version
    membership.remove(by=chief, slug=crowd.project.slug, username="rita")
    with pytest.raises(errors.NotFound):
        benches.look(by=rita, article=crowd.article.uuid)
    with pytest.raises(errors.NotFound):
        adjudication.undo(by=rita, article=crowd.article.uuid, if_match=seen, key=uuid4())
    assert said(crowd, rob) == before
    settle(crowd, rob)
    assert crowd.gold.state == State.APPROVED


def test_a_new_version_of_the_scheme_leaves_the_gold_set_its_own(
    crowd: Crowd, chief: Actor
) -> None:
    before = said(crowd, crowd.rita)
    labels = [each for each in SCHEME["labels"] if each["name"] != "ENTITY"]
    narrower = SCHEME | {"labels": labels}
    narrower["relations"] = [
        each
        for each in SCHEME["relations"]
        if "ENTITY" not in (*each.get("from", ()), *each.get("to", ()))
    ]
    made = scheme.add_version(by=chief, slug=crowd.project.slug, definition=narrower)
    assert crowd.gold.scheme.version < made.version
    assert said(crowd, crowd.rita) == before
    settle(crowd, crowd.rita)
    spans, _relations = sets.units(crowd.gold)
    assert "ENTITY" in {each.label for each in spans}
