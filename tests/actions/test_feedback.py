"""Everybody sees exactly their corrections, from reviews and from gold."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels import errors
from labels.actions import adjudication, annotation, comment, feedback, review
from labels.actions.access import Actor
from labels.errors import Forbidden
from labels.models import AnnotationSet, Project
from labels.vocabulary import Choice, Role, Task

from ..factories import apply, assign, make_member, make_person, make_project, make_set
from ..people import Crowd, make_crowd, marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(project: Project) -> Crowd:
    return make_crowd(project)


@pytest.fixture
def project() -> Project:
    return make_project(make_person("max"))


def settle(crowd: Crowd, name: str, **why: Any) -> None:
    """Take all of one set into gold, and finish it."""
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    wanted = crowd.sets[name].uuid
    for item in crowd.bench.items:
        there = item.cluster and any(each.set == wanted for each in item.cluster.present)
        choice, more = (Choice.TAKE, {"set": wanted}) if there else (Choice.NONE, {})
        crowd.decide(item.key, choice, **more, **why)
    crowd.do(adjudication.finish)


def kinds(crowd: Crowd, name: str) -> list[tuple[str, ...]]:
    slug = crowd.project.slug
    return sorted(
        each.kinds for each in feedback.feedback(by=crowd.people[name], slug=slug).corrections
    )


def test_who_was_right_is_not_corrected_and_the_others_see_how_they_differ(crowd: Crowd) -> None:
    settle(crowd, "ana", reason="guideline", note="Section 2")
    assert kinds(crowd, "ana") == []
    assert kinds(crowd, "ben") == [
        ("attribute", "link"),
        ("boundary",),
        ("overlooked",),
        ("overlooked",),
        ("split",),
    ]
    assert kinds(crowd, "carl") == [
        ("fragment", "link"),
        ("label",),
        ("overlooked",),
        ("overlooked",),
    ]
    (attribute,) = [
        each
        for each in feedback.feedback(by=crowd.people["ben"], slug=crowd.project.slug).corrections
        if "attribute" in each.kinds
    ]
    assert attribute.values == {"form": ("mixed", "indirect")}
    (boundary,) = [
        each
        for each in feedback.feedback(by=crowd.people["ben"], slug=crowd.project.slug).corrections
        if each.kinds == ("boundary",)
    ]
    assert (boundary.had, boundary.label) == ("Tokyo tightened export controls", "CLAIM")
    assert boundary.now == "Tokyo tightened export controls on chip materials in July"
    assert (boundary.reason, boundary.note, boundary.source) == ("guideline", "Section 2", "gold")


def test_what_nobody_is_right_about_corrects_all_who_marked_it(crowd: Crowd) -> None:
    settle(crowd, "ben")
    assert ("unwanted",) in kinds(crowd, "ana")
    assert kinds(crowd, "ben") == []


def test_nothing_is_told_before_the_gold_set_is_finished(crowd: Crowd) -> None:
    settle(crowd, "ana")
    crowd.do(adjudication.reopen)
    assert kinds(crowd, "ben") == []


def test_an_undone_decision_corrects_nobody(crowd: Crowd) -> None:
    settle(crowd, "ana")
    before = kinds(crowd, "ben")
    crowd.do(adjudication.reopen)
    crowd.do(adjudication.undo, key=uuid4())
    item = next(each for each in crowd.bench.items if not each.decided)
    crowd.decide(item.key, Choice.MERGE)
    crowd.do(adjudication.finish)
    assert len(before) >= len(kinds(crowd, "ben")) > 0


def test_nearness_is_counted(crowd: Crowd) -> None:
    settle(crowd, "ana")
    own = feedback.feedback(by=crowd.people["ana"], slug=crowd.project.slug)
    assert (own.articles, own.nearness.f1_exact, own.nearness.f1_overlap) == (1, 1.0, 1.0)
    other = feedback.feedback(by=crowd.people["ben"], slug=crowd.project.slug).nearness
    assert (other.own, other.gold, other.exact, other.overlap) == (8, 9, 5, 7)
    assert other.f1_exact == pytest.approx(10 / 17)


def test_verdicts_of_a_review_are_corrections_but_for_accepting(crowd: Crowd) -> None:
    assign(crowd.article, crowd.rita, Task.REVIEW)
    row = crowd.sets["ana"]
    spans = list(row.spans.order_by("pk"))
    common: dict[str, Any] = {"by": crowd.rita, "uuid": row.uuid}
    review.judge(**common, verdict="reject", span=spans[0].uuid, reason="not_a_unit")
    review.judge(**common, verdict="accept", span=spans[1].uuid)
    review.judge(**common, verdict="reject", span=spans[2].uuid, reason="label")
    review.judge(**common, verdict="accept", span=spans[2].uuid)
    fix = {"label": "SOURCE", "attributes": {"source_type": "document"}}
    review.judge(**common, verdict="fix", span=spans[5].uuid, proposal=fix)
    assert kinds(crowd, "ana") == [("label",), ("unwanted",)]
    assert kinds(crowd, "ben") == []


def test_whoever_takes_a_correction_still_reads_what_they_had(crowd: Crowd) -> None:
    assign(crowd.article, crowd.rita, Task.REVIEW)
    row, ana = crowd.sets["ana"], crowd.people["ana"]
    span = row.spans.filter(label="CLAIM").order_by("pk")[0]
    (place,) = span.fragments.all()
    begin = crowd.article.text[place.start : place.end].split()[0]
    fragments = [{"start": place.start, "end": place.start + len(begin), "quote": begin}]
    fix = {"label": "CLAIM", "attributes": span.attributes, "fragments": fragments}
    review.judge(by=crowd.rita, uuid=row.uuid, verdict="fix", span=span.uuid, proposal=fix)
    (before,) = feedback.feedback(by=ana, slug=crowd.project.slug).corrections
    row.refresh_from_db()
    annotation.give_back(by=crowd.rita, uuid=row.uuid, if_match=row.version)
    row.refresh_from_db()
    apply(row, ana, {"op": "move_span", "id": str(span.uuid), "fragments": fragments})
    (after,) = feedback.feedback(by=ana, slug=crowd.project.slug).corrections
    assert after == before
    assert (after.kinds, after.now) == (("boundary",), begin)
    assert after.had != begin


def test_one_answers_once_and_only_to_ones_own(crowd: Crowd) -> None:
    settle(crowd, "ana")
    slug, ben = crowd.project.slug, crowd.people["ben"]
    (first, *_rest) = feedback.feedback(by=ben, slug=slug).corrections
    with pytest.raises(errors.NotFound):
        feedback.answer(by=crowd.people["carl"], slug=slug, correction=uuid4(), said="Hm.")
    with pytest.raises(errors.Invalid):
        feedback.answer(by=ben, slug=slug, correction=first.id, said=" ")
    feedback.answer(by=ben, slug=slug, correction=first.id, said="The guideline is not clear here.")
    with pytest.raises(errors.AlreadyExists):
        feedback.answer(by=ben, slug=slug, correction=first.id, said="Again.")
    (again,) = [
        each for each in feedback.feedback(by=ben, slug=slug).corrections if each.id == first.id
    ]
    assert again.answer == "The guideline is not clear here."


def test_what_was_said_of_the_span_after_its_verdict_is_the_answer(crowd: Crowd) -> None:
    assign(crowd.article, crowd.rita, Task.REVIEW)
    row, ana, slug = crowd.sets["ana"], crowd.people["ana"], crowd.project.slug
    one, other = row.spans.order_by("pk")[:2]
    comment.add(by=ana, uuid=row.uuid, said="I am not sure.", span=one.uuid)
    for span in (one, other):
        review.judge(
            by=crowd.rita, uuid=row.uuid, verdict="reject", span=span.uuid, reason="not_a_unit"
        )
    comment.add(by=crowd.rita, uuid=row.uuid, said="See section 2.", span=one.uuid)
    comment.add(by=ana, uuid=row.uuid, said="It is a claim all the same.", span=one.uuid)
    comment.add(by=ana, uuid=row.uuid, said="And so on.", span=one.uuid)
    found = feedback.feedback(by=ana, slug=slug).corrections
    assert sorted(each.answer for each in found) == ["", "It is a claim all the same."]


def test_strangers_learn_nothing(crowd: Crowd) -> None:
    with pytest.raises(errors.NotFound):
        feedback.feedback(by=Actor(make_person().person), slug=crowd.project.slug)


def test_who_labels_hidden_gold_is_not_told_and_managers_see_how_near_they_came(
    crowd: Crowd,
) -> None:
    settle(crowd, "ana")
    chief, slug = Actor(crowd.project.created_by), crowd.project.slug
    assert feedback.hidden_gold(by=chief, slug=slug) == {}
    dora = make_member(crowd.project, Role.ANNOTATOR, "dora")
    row = make_set(crowd.article, dora)
    apply(row, dora, *marks("ben"))
    assert feedback.hidden_gold(by=chief, slug=slug) == {}
    version = AnnotationSet.objects.values_list("version", flat=True).get(pk=row.pk)
    annotation.submit(by=dora, uuid=row.uuid, if_match=version)
    ((name, near),) = feedback.hidden_gold(by=chief, slug=slug).items()
    assert (name, near.articles) == ("dora", 1)
    # As near as Ben, who marked the same.
    ben = feedback.feedback(by=crowd.people["ben"], slug=slug)
    assert (near.units, near.matched) == (
        ben.nearness.own + ben.nearness.gold,
        ben.nearness.overlap,
    )
    assert near.percent == int(100 * (ben.nearness.f1_overlap or 0))
    assert 0 < near.percent < 100
    told = feedback.feedback(by=dora, slug=slug)
    assert (told.corrections, told.articles) == ([], 0)
    for who in (dora, crowd.rita):
        with pytest.raises(Forbidden):
            feedback.hidden_gold(by=who, slug=slug)
