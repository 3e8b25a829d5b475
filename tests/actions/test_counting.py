"""Gamma: small ones at once, large ones beside the requests, each kept for the sets that it is of."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import orjson
import pytest
from django.utils import timezone
from pytest_django import Settings

from labels.actions import annotation, counting
from labels.actions.access import Actor
from labels.errors import NotCounted
from labels.models import AnnotationSet, Membership, Project
from labels.queries.agreement import Asked, kept_as, payload, question
from labels.vocabulary import Role

from ..factories import (
    add_span,
    apply,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db
TEXT = " ".join(f"w{number}" for number in range(100, 150))


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "agreement"


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def label(project: Project, spans: int, *names: str) -> None:
    """Have people mark the same words of an article as cues, and submit."""
    article = make_article(project, TEXT)
    for name in names:
        whom = make_member(project, Role.ANNOTATOR, name)
        row = make_set(article, whom)
        quotes = [f"w{number}" for number in range(100, 100 + spans)]
        apply(row, whom, *[add_span(TEXT, "CUE", each) for each in quotes])
        row.refresh_from_db()
        annotation.submit(by=whom, uuid=row.uuid, if_match=row.version)


def asked(project: Project) -> Asked:
    return question(Actor(project.created_by), project, Role.MANAGER)


def key(project: Project) -> str:
    return kept_as(asked(project), ["gamma"])["gamma"]


def ask(project: Project) -> counting.Answer:
    return counting.ask(asked(project), ["gamma"])


def test_a_small_one_is_counted_at_once_and_kept(
    project: Project, data: Path, django_assert_max_num_queries: Any
) -> None:
    label(project, 3, "ana", "ben")
    first = ask(project)
    assert [(each.label, each.value) for each in first.figures] == [(None, 1), ("CUE", 1)]
    assert (data / "kept" / key(project)).exists()
    with django_assert_max_num_queries(2):
        again = ask(project)
    assert list(map(payload, again.figures)) == list(map(payload, first.figures))


def test_a_large_one_waits_and_is_counted_by_the_command(project: Project, data: Path) -> None:
    label(project, 36, "ana", "ben", "eve")
    begun = monotonic()
    assert ask(project) == counting.Answer([], ["gamma"])
    assert monotonic() - begun < 1
    assert ask(project).waiting == ["gamma"]
    assert [each.name for each in (data / "waiting").iterdir()] == [key(project)]
    counting.work()
    assert list((data / "waiting").iterdir()) == []
    answer = ask(project)
    assert answer.waiting == []
    assert {each.value for each in answer.figures} == {1}
    assert {len(each.annotators) for each in answer.figures} == {2, 3}


def test_what_was_compared_decides_whose_the_answer_is(
    project: Project, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(project, 3, "ana", "ben")
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    ask(project)
    old = key(project)
    AnnotationSet.objects.filter(annotator__username="ana").update(updated_at=timezone.now())
    counting.work()
    assert list((data / "waiting").iterdir()) == []
    assert not (data / "kept" / old).exists()
    assert ask(project).waiting == ["gamma"]
    counting.work()
    assert ask(project).figures


def test_who_has_left_is_counted_for_no_more(
    project: Project, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(project, 3, "ana", "ben")
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    ask(project)
    Membership.objects.filter(person=project.created_by).update(left_at=timezone.now())
    counting.work()
    assert list((data / "waiting").iterdir()) == []
    assert list((data / "kept").iterdir()) == []


def test_one_that_was_killed_is_begun_again_but_not_for_ever(
    project: Project, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(project, 3, "ana", "ben")
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    ask(project)
    waiting = data / "waiting" / key(project)
    question = orjson.loads(waiting.read_bytes())
    waiting.write_bytes(orjson.dumps(question | {"tries": counting.TRIES - 1}))
    counting.work()
    assert ask(project).figures
    (data / "kept" / waiting.name).unlink()
    waiting.write_bytes(orjson.dumps(question | {"tries": counting.TRIES}))
    counting.work()
    with pytest.raises(NotCounted, match="two people at a time"):
        ask(project)
    assert list((data / "waiting").iterdir()) == []


def test_what_was_given_up_is_not_counted_until_it_is_asked_for_again(
    project: Project, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label(project, 3, "ana", "ben")
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    ask(project)
    for _time in range(2):
        counting.cancel(asked(project), ["gamma"])
    assert list((data / "waiting").iterdir()) == []
    counting.work()
    assert list((data / "kept").iterdir()) == []
    assert ask(project).waiting == ["gamma"]
    counting.work()
    assert ask(project).figures


def test_one_that_is_given_up_under_way_ends_before_it_is_counted(
    project: Project, data: Path
) -> None:
    label(project, 36, "ana", "ben", "eve")
    ask(project)
    waiting = data / "waiting" / key(project)

    def give_up() -> None:
        # What `cancel` does; a thread has no part in the test's transaction.
        while orjson.loads(waiting.read_bytes())["tries"] == 0:
            sleep(0.01)
        waiting.unlink()

    meanwhile = Thread(target=give_up)
    meanwhile.start()
    counting.work()
    meanwhile.join()
    assert list((data / "waiting").iterdir()) == []
    assert list((data / "kept").iterdir()) == []
