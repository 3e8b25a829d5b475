"""Which of the sets that are handed in wait for a review."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from labels.actions import annotation
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.errors import Invalid
from labels.models import AnnotationSet, Project
from labels.queries import assignment
from labels.rules.sampling import upto
from labels.vocabulary import Role, Sampling, State, Task

from ..factories import (
    TEXT,
    add_span,
    apply,
    assign,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> Actor:
    return make_person("max")


@pytest.fixture
def project(chief: Actor) -> Project:
    return make_project(chief)


def waiting(who: Actor) -> set[Any]:
    return {each.set for each in assignment.to_review(who)}


def change(project: Project, chief: Actor, **settings: Any) -> None:
    projects.change(by=chief, address=project.slug, settings=settings)


def submitted(row: AnnotationSet, who: Actor) -> AnnotationSet:
    version = AnnotationSet.objects.get(pk=row.pk).version
    return annotation.submit(by=who, uuid=row.uuid, if_match=version)


def test_a_share_is_drawn_by_the_ids_and_grows_with_the_share(
    project: Project, chief: Actor
) -> None:
    ana = make_member(project, Role.ANNOTATOR, "ana")
    rita = make_member(project, Role.REVIEWER, "rita")
    rows = []
    for number in range(12):
        article = make_article(project, f"Story {number}.")
        assign(article, rita, Task.REVIEW)
        rows.append(submitted(make_set(article, ana), ana))
    everything = {each.uuid for each in rows}
    assert waiting(rita) == everything
    drawn = []
    for share in (1, 25, 50, 75, 100):
        change(project, chief, review_which="share", review_share=share)
        expected = {each for each in everything if each.hex[-4:] < upto(share)}
        assert waiting(rita) == expected
        drawn.append(expected)
    assert all(one <= two for one, two in pairwise(drawn))
    assert drawn[-1] == everything
    change(project, chief, review_which="all")
    assert waiting(rita) == everything


def test_only_what_is_flagged_or_agrees_little_waits_where_the_project_wants_that(
    project: Project, chief: Actor
) -> None:
    people = [make_member(project, Role.ANNOTATOR, name) for name in ("ana", "ben", "carl")]
    rita = make_member(project, Role.REVIEWER, "rita")
    article, alone = make_article(project), make_article(project, f"Alone. {TEXT}")
    for each in (article, alone):
        assign(each, rita, Task.REVIEW)
    # How far people agree is looked at where it is asked for: in long articles that takes its time.
    change(project, chief, review_which=Sampling.LOW_AGREEMENT, review_below=40)
    words = (("Ruiz",), ("Ruiz",), ("spoke", "Lima"))
    rows = {}
    for who, marked in zip(people, words, strict=True):
        row = make_set(article, who)
        flag: dict[str, Any] = {"flag": True} if who is people[1] else {}
        spans = [
            add_span(TEXT, "ENTITY", word, attributes={"entity_type": "PERSON"}, **flag)
            for word in marked
        ]
        apply(row, who, *spans)
        rows[who.person.username] = submitted(row, who)
    single = submitted(make_set(alone, people[0]), people[0])

    near = dict(AnnotationSet.objects.filter(article=article).values_list("pk", "nearness"))
    # Ana and Ben: one alike, of 1 + 1 and 1 + 2 spans: 2/5. Carl: none.
    assert [near[row.pk] for row in rows.values()] == [40, 40, 0]
    assert waiting(rita) == {rows["carl"].uuid, single.uuid}
    change(project, chief, review_below=41)
    assert waiting(rita) == {each.uuid for each in (*rows.values(), single)}
    change(project, chief, review_which=Sampling.FLAGGED)
    assert waiting(rita) == {rows["ben"].uuid}


def test_what_is_not_drawn_can_be_reviewed_all_the_same(project: Project, chief: Actor) -> None:
    ana = make_member(project, Role.ANNOTATOR, "ana")
    rita = make_member(project, Role.REVIEWER, "rita")
    article = make_article(project)
    assign(article, rita, Task.REVIEW)
    row = submitted(make_set(article, ana), ana)
    change(project, chief, review_which=Sampling.FLAGGED)
    assert waiting(rita) == set()
    done = annotation.approve(by=rita, uuid=row.uuid, if_match=row.version)
    assert done.state == State.APPROVED


@pytest.mark.parametrize(
    "settings",
    [
        {"review_which": "some"},
        {"review_share": 0},
        {"review_share": 101},
        {"review_share": True},
        {"review_share": "20"},
        {"review_below": 1.5},
        {"review_upto": "ffff"},
    ],
)
def test_settings_that_cannot_be_are_refused(
    project: Project, chief: Actor, settings: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        change(project, chief, **settings)
