"""Decisions and the gold set that they make, in the database."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from labels import errors
from labels.actions import adjudication, annotation, doctor
from labels.actions.access import Actor
from labels.models import Decision, Project
from labels.queries import annotation as sets
from labels.vocabulary import Choice, Difference, Kind, State

from ..factories import make_person, make_project
from ..people import STORY, Crowd, make_crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return make_person("max")


@pytest.fixture
def project(manager: Actor) -> Project:
    return make_project(manager)


@pytest.fixture
def crowd(project: Project) -> Crowd:
    made = make_crowd(project)
    adjudication.start(by=made.rita, article=made.article.uuid)
    return made


def plain(row: Any) -> tuple[Any, ...]:
    """Return what a set says, free of ids."""
    spans, relations = sets.units(row)
    place = {str(each.id): f"{each.label} {each.fragments}" for each in spans}

    def said(values: Any) -> str:
        return str(sorted((name, str(place.get(str(v), v))) for name, v in values.items()))

    return (
        sorted((each.label, str(each.fragments), said(each.attributes)) for each in spans),
        sorted(
            (each.type, place[str(each.source)], place[str(each.target)], said(each.attributes))
            for each in relations
        ),
    )


def take_all(crowd: Crowd, name: str) -> None:
    wanted = crowd.sets[name].uuid
    for item in crowd.bench.items:
        there = any(each.set == wanted for each in item.cluster.present)  # type: ignore[union-attr]  # none is gone
        if there:
            crowd.decide(item.key, Choice.TAKE, set=wanted)
        else:
            crowd.decide(item.key, Choice.NONE)


def test_every_kind_of_disagreement_is_there(crowd: Crowd) -> None:
    found = {kind for item in crowd.bench.items for kind in item.kinds}
    assert found == set(Difference)


@pytest.mark.parametrize("name", ["ana", "ben", "carl"])
def test_taking_all_of_one_set_makes_that_set(crowd: Crowd, name: str) -> None:
    take_all(crowd, name)
    gold = crowd.gold
    assert plain(gold) == plain(crowd.sets[name])
    spans, _relations = sets.units(gold)
    own, _relations = sets.units(crowd.sets[name])
    assert {each.derived_from for each in spans} == {each.id for each in own}
    assert list(doctor.findings()) == []


def test_all_agreements_are_taken_in_one_act_and_undone_in_one(crowd: Crowd) -> None:
    bench = crowd.bench
    agreed = len(bench.agreements)
    assert agreed > 1
    key = uuid4()
    for _twice in range(2):
        adjudication.agree(
            by=crowd.rita, article=crowd.article.uuid, if_match=crowd.gold.version, key=key
        )
    assert crowd.bench.decided == agreed
    assert len(sets.units(crowd.gold)[0]) == agreed
    crowd.do(adjudication.undo, key=uuid4())
    assert crowd.bench.decided == 0
    assert sets.units(crowd.gold) == ([], [])
    with pytest.raises(errors.NotFound):
        crowd.do(adjudication.undo, key=uuid4())


def test_what_was_replaced_comes_back_with_its_relations(crowd: Crowd) -> None:
    take_all(crowd, "ana")
    before = plain(crowd.gold)
    source = next(
        each for each in crowd.bench.items if each.cluster and each.cluster.labels == ["SOURCE"]
    )
    crowd.decide(source.key, Choice.NONE, reason="not_a_unit")
    assert plain(crowd.gold) != before
    crowd.do(adjudication.undo, key=uuid4())
    assert plain(crowd.gold) == before


def test_an_edit_and_a_merge(crowd: Crowd) -> None:
    boundary = next(each for each in crowd.bench.items if Difference.BOUNDARY in each.kinds)
    crowd.decide(boundary.key, Choice.MERGE, merge="intersection")
    (span,) = sets.units(crowd.gold)[0]
    assert STORY[span.start : span.end] == "Tokyo tightened export controls"
    start = STORY.index("export controls")
    crowd.decide(
        boundary.key,
        Choice.EDIT,
        fragments=[{"start": start, "end": start + 15, "quote": "export controls"}],
        attributes={"form": "direct", "check_worthiness": "NFS"},
    )
    (span,) = sets.units(crowd.gold)[0]
    assert (STORY[span.start : span.end], span.attributes["form"]) == ("export controls", "direct")
    assert span.derived_from


def test_the_same_for_all_like_this(crowd: Crowd) -> None:
    bench = crowd.bench
    first, second = (each for each in bench.items if each.kinds == (Difference.MISSING,))
    assert bench.alike(first) == [second]
    crowd.decide(first.key, Choice.NONE, alike=True)
    assert crowd.bench.decided == 2
    with pytest.raises(errors.BadDecision):
        crowd.decide(bench.items[0].key, Choice.EDIT, alike=True)


def test_finishing_needs_every_decision_and_reopening_keeps_them(crowd: Crowd) -> None:
    with pytest.raises(errors.Incomplete) as refused:
        crowd.do(adjudication.finish)
    assert len(refused.value.errors) == len(crowd.bench.items)
    take_all(crowd, "ana")
    crowd.do(adjudication.finish)
    assert crowd.gold.state == State.APPROVED
    with pytest.raises(errors.WrongState):
        crowd.decide(crowd.bench.items[0].key, Choice.NONE)
    with pytest.raises(errors.WrongState):
        annotation.give_back(
            by=Actor(crowd.project.created_by),
            uuid=crowd.gold.uuid,
            if_match=crowd.gold.version,
        )
    crowd.do(adjudication.reopen)
    assert crowd.bench.decided == len(crowd.bench.items)
    with pytest.raises(errors.WrongState):
        crowd.do(adjudication.reopen)


def test_finishing_needs_what_the_scheme_requires_of_a_set(crowd: Crowd) -> None:
    take_all(crowd, "ana")
    claims = [
        each for each in crowd.bench.items if each.cluster and each.cluster.labels == ["CLAIM"]
    ]
    unattributed = next(each for each in claims if Difference.MISSING in each.kinds)
    crowd.decide(unattributed.key, Choice.EDIT, attributes={"form": "unattributed"})
    source = next(
        each for each in crowd.bench.items if each.cluster and each.cluster.labels == ["SOURCE"]
    )
    crowd.decide(source.key, Choice.NONE)
    with pytest.raises(errors.Incomplete) as refused:
        crowd.do(adjudication.finish)
    assert crowd.gold.state == State.OPEN
    told = {(each["field"], each["code"]) for each in refused.value.errors}
    assert (unattributed.key, "required") in told
    quotes = {
        quote
        for each in claims
        for quote in [STORY[each.cluster.present[0].span.start :][:5]]  # type: ignore[union-attr]  # none is gone
        if (each.key, "ATTRIBUTED_TO") in told
    }
    assert quotes == {"Tokyo", "Talks"}
    crowd.do(adjudication.undo, key=uuid4())
    crowd.do(adjudication.undo, key=uuid4())
    crowd.do(adjudication.finish)
    assert crowd.gold.state == State.APPROVED


def test_who_has_labelled_it_does_not_settle_it(crowd: Crowd, project: Project) -> None:
    with pytest.raises(errors.Forbidden):
        adjudication.start(by=crowd.people["ana"], article=crowd.article.uuid)
    with pytest.raises(errors.NotFound):
        adjudication.start(by=make_person(), article=crowd.article.uuid)


def test_a_stale_version_and_another_body_under_the_same_key_are_refused(crowd: Crowd) -> None:
    item = crowd.bench.items[0]
    common: dict[str, Any] = {"by": crowd.rita, "article": crowd.article.uuid, "key": uuid4()}
    with pytest.raises(errors.Stale):
        adjudication.decide(
            **common, if_match=99, wanted=adjudication.Wanted(item.key, Choice.NONE)
        )
    adjudication.decide(**common, if_match=1, wanted=adjudication.Wanted(item.key, Choice.NONE))
    with pytest.raises(errors.KeyReused):
        adjudication.decide(**common, if_match=1, wanted=adjudication.Wanted(item.key, Choice.KEEP))


def test_decisions_never_change(crowd: Crowd) -> None:
    crowd.decide(crowd.bench.items[0].key, Choice.NONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(note="Other")


def test_counts_of_the_project_leave_gold_out(crowd: Crowd, project: Project) -> None:
    project.refresh_from_db()
    assert (project.submitted_count, project.open_count) == (3, 0)
    assert crowd.gold.kind == Kind.GOLD
