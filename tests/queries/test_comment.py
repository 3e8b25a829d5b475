"""Comments on an article: all who work on it read them, save what others who label it say."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from labels.actions import access, assignment, comment
from labels.actions.access import Act, Actor
from labels.errors import Forbidden, Invalid
from labels.models import Article, Comment, Reading
from labels.queries import comment as comments
from labels.queries import conversation
from labels.vocabulary import Role, Task

from ..factories import assign, make_article, make_member, make_person, make_project, make_set

pytestmark = pytest.mark.django_db


@dataclass
class Room:
    article: Article
    ana: Actor
    ben: Actor
    rita: Actor
    rob: Actor
    max: Actor

    def say(self, who: Actor, said: str, *, resolves: bool = False) -> Comment:
        return comment.add_on_article(by=who, uuid=self.article.uuid, said=said, resolves=resolves)

    def read(self, who: Actor) -> list[str]:
        """Return what somebody reads there."""
        article, standing = access.article_standing(by=who, uuid=self.article.uuid)
        everything = access.may(Act.READ_ALL_COMMENTS, standing)
        found = comments.of_article(who, article, all_of_them=everything)
        assert comments.count(who, article, all_of_them=everything) == len(found)
        return [each.text for each in found]


@pytest.fixture
def room() -> Room:
    chief = make_person("max")
    project = make_project(chief, blind=True, open_after_submit=True)
    ana, ben = (make_member(project, Role.ANNOTATOR, name) for name in ("ana", "ben"))
    rita, rob = (make_member(project, Role.REVIEWER, name) for name in ("rita", "rob"))
    article = make_article(project, title="Taxes")
    assign(article, ana, Task.ANNOTATE)
    assign(article, ben, Task.ANNOTATE)
    assign(article, rob, Task.ANNOTATE)
    assign(article, rita, Task.REVIEW)
    return Room(article, ana, ben, rita, rob, chief)


def told(who: Actor) -> list[tuple[str, int, bool]]:
    return [(each.text, each.unread, each.named) for each in conversation.threads(who)]


def test_who_labels_it_reads_not_what_others_who_label_it_say(room: Room) -> None:
    room.say(room.ana, "Is it satire?")
    room.say(room.ben, "A duplicate.")
    room.say(room.rita, "Mark it as news.")
    assert room.read(room.ana) == ["Is it satire?", "Mark it as news."]
    assert room.read(room.ben) == ["A duplicate.", "Mark it as news."]
    # A reviewer who is to label it, too, is one of them.
    assert room.read(room.rob) == ["Mark it as news."]
    for who in (room.rita, room.max):
        assert room.read(who) == ["Is it satire?", "A duplicate.", "Mark it as news."]


def test_the_list_and_what_is_unread_tell_no_more(room: Room) -> None:
    room.say(room.ana, "@ben @rob @rita @max: is it satire?")
    assert (told(room.ben), conversation.unread(room.ben)) == ([], 0)
    assert (told(room.rob), conversation.unread(room.rob)) == ([], 0)
    assert told(room.rita) == [("@ben @rob @rita @max: is it satire?", 1, True)]
    assert told(room.max) == [("@ben @rob @rita @max: is it satire?", 1, True)]
    room.say(room.rita, "Yes, @ana.")
    assert told(room.ana) == [("Yes, @ana.", 1, True)]
    assert told(room.ben) == [("Yes, @ana.", 1, False)]
    assert conversation.unread(room.ana) == 1


def test_who_is_named_is_noted_only_if_they_may_read_it(room: Room) -> None:
    by_ana = room.say(room.ana, "@ben @rita @max @nobody")
    by_rita = room.say(room.rita, "@ben @ana @rob @nobody")
    named = [{each.person.username for each in made.mentions.all()} for made in (by_ana, by_rita)]
    assert named == [{"rita", "max"}, {"ana", "ben", "rob"}]


def test_who_has_begun_and_has_it_no_more_still_counts_as_one_who_labels_it(room: Room) -> None:
    make_set(room.article, room.ana)
    room.say(room.ana, "Is it satire?")
    assignment.withdraw(
        by=room.max,
        slug=room.article.project.slug,
        person="ana",
        role=Task.ANNOTATE,
        articles=[room.article.uuid],
    )
    assert room.read(room.ben) == []


def test_reading_leaves_only_what_comes_later_and_a_word_opens_it_again(room: Room) -> None:
    room.say(room.rita, "One.")
    comment.read_on_article(by=room.ana, uuid=room.article.uuid)
    assert told(room.ana) == [("One.", 0, False)]
    room.say(room.rita, "", resolves=True)
    (thread,) = conversation.threads(room.ana)
    assert (thread.resolved, thread.unread, thread.set) == (True, 1, None)
    room.say(room.ana, "Two.")
    assert [each.resolved for each in conversation.threads(room.rita)] == [False]
    assert Reading.objects.filter(person=room.ana.person).count() == 1


def test_who_has_not_the_article_says_and_reads_nothing(room: Room) -> None:
    room.say(room.max, "Careful.")
    eve = make_member(room.article.project, Role.REVIEWER, "eve")
    with pytest.raises(Forbidden):
        room.say(eve, "Hm.")
    with pytest.raises(Forbidden):
        comment.read_on_article(by=eve, uuid=room.article.uuid)
    with pytest.raises(Invalid):
        room.say(room.ana, " ")
    assert told(eve) == []


@pytest.mark.parametrize("where", [{}, {"both": True}])
def test_a_comment_is_on_a_set_or_on_an_article(room: Room, where: dict[str, bool]) -> None:
    row = make_set(room.article, room.ana) if where else None
    article = room.article if where else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(
            annotation_set=row,
            article=article,
            author=room.ana.person,
            text="Hm.",
            created_at=timezone.now(),
        )
