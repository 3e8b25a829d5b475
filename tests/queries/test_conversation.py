"""Conversations: each sees the threads that concern them, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import assignment, comment, membership
from labels.actions.access import Actor
from labels.errors import Forbidden, Invalid
from labels.models import AnnotationSet, Comment, Project
from labels.queries import conversation
from labels.vocabulary import Role, Task

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


@dataclass
class Room:
    project: Project
    row: AnnotationSet
    span: UUID
    ana: Actor
    ben: Actor
    rita: Actor
    max: Actor

    def say(self, who: Actor, said: str, *, on_span: bool = True, **more: Any) -> Comment:
        span = self.span if on_span else None
        return comment.add(by=who, uuid=self.row.uuid, said=said, span=span, **more)


@pytest.fixture
def room() -> Room:
    chief = make_person("max")
    project = make_project(chief)
    ana, ben = (make_member(project, Role.ANNOTATOR, name) for name in ("ana", "ben"))
    rita = make_member(project, Role.REVIEWER, "rita")
    article = make_article(project, title="Taxes")
    row = make_set(article, ana)
    assign(article, rita, Task.REVIEW)
    assign(article, ben, Task.ANNOTATE)
    made = add_span(TEXT, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”")
    apply(row, ana, made)
    return Room(project, row, UUID(made["id"]), ana, ben, rita, chief)


def told(who: Actor) -> list[tuple[str, int, bool]]:
    """Return the last words of each thread, what is unread, and whether one is named."""
    return [(each.text, each.unread, each.named) for each in conversation.threads(who)]


def test_a_comment_reaches_whose_set_it_is_and_comes_back_with_the_answer(room: Room) -> None:
    room.say(room.rita, "Both quotes?")
    assert told(room.ana) == [("Both quotes?", 1, False)]
    assert told(room.rita) == [("Both quotes?", 0, False)]
    room.say(room.ana, "Yes, one claim.")
    assert told(room.rita) == [("Yes, one claim.", 1, False)]
    (thread,) = conversation.threads(room.ana)
    assert (thread.quote, thread.title, thread.own) == (
        "“Taxes fell 5%,” … “and jobs rose.”",
        "Taxes",
        True,
    )


def test_reading_leaves_only_what_comes_later(room: Room) -> None:
    room.say(room.rita, "One.")
    room.say(room.rita, "Two.")
    assert conversation.unread(room.ana) == 2
    comment.read(by=room.ana, uuid=room.row.uuid)
    assert conversation.unread(room.ana) == 0
    room.say(room.rita, "Three.", on_span=False)
    assert conversation.unread(room.ana) == 1
    comment.read(by=room.ana, uuid=room.row.uuid)
    assert told(room.ana) == [("Three.", 0, False), ("Two.", 0, False)]


def test_who_is_named_is_told_if_they_may_read_it(room: Room) -> None:
    made = room.say(room.ana, "@max @rita @ben @nobody: is this one?")
    named = {each.person.username for each in made.mentions.all()}
    assert named == {"max", "rita"}
    assert told(room.max) == [(made.text, 1, True)]
    assert told(room.ben) == []
    assert conversation.unread(room.ben) == 0


def test_who_takes_no_part_is_not_told(room: Room) -> None:
    room.say(room.rita, "Hm.")
    assert told(room.max) == []
    room.say(room.max, "I see.")
    room.say(room.rita, "Good.")
    assert told(room.max) == [("Good.", 1, False)]


def test_who_may_no_longer_read_it_is_told_no_more(room: Room) -> None:
    room.say(room.rita, "Hm.")
    room.say(room.ana, "Well.")
    assert conversation.unread(room.rita) == 1
    assignment.withdraw(
        by=room.max,
        slug=room.project.slug,
        person="rita",
        role=Task.REVIEW,
        articles=[room.row.article.uuid],
    )
    assert (told(room.rita), conversation.unread(room.rita)) == ([], 0)
    membership.remove(by=room.max, slug=room.project.slug, username="ana")
    assert told(room.ana) == []


def test_a_thread_is_resolved_until_somebody_speaks_again(room: Room) -> None:
    room.say(room.rita, "Both quotes?")
    room.say(room.ana, "", resolves=True)
    (thread,) = conversation.threads(room.rita)
    assert (thread.resolved, thread.unread) == (True, 1)
    room.say(room.rita, "One more thing.")
    assert [each.resolved for each in conversation.threads(room.ana)] == [False]


@pytest.mark.parametrize(("said", "resolves"), [("", False), (" \n", False), ("Well.", "yes")])
def test_a_comment_that_says_nothing_is_refused(room: Room, said: str, resolves: Any) -> None:
    with pytest.raises(Invalid):
        room.say(room.ana, said, resolves=resolves)
    assert not Comment.objects.exists()


def test_who_may_not_read_a_set_cannot_say_that_they_have(room: Room) -> None:
    room.say(room.ana, "Hm.")
    with pytest.raises(Forbidden):
        comment.read(by=room.ben, uuid=room.row.uuid)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_thread_and_for_three(
    room: Room, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        text = f"Story {number}. {TEXT}"
        row = make_set(make_article(room.project, text), room.ana)
        made = add_span(text, "CUE", "said")
        apply(row, room.ana, made)
        comment.add(by=room.max, uuid=row.uuid, said="Hm.", span=UUID(made["id"]))
    with django_assert_num_queries(3):
        assert len(conversation.threads(room.ana)) == count
