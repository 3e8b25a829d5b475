"""Requests at the same moment: one truth, on either database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from threading import Barrier, Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from labels.actions import carrying, doctor, migration
from labels.actions.access import Actor
from labels.models import (
    AnnotationSet,
    Article,
    Comment,
    Fragment,
    IdempotencyKey,
    Project,
    Revision,
    Span,
)
from labels.queries.migration import MIGRATE
from labels.vocabulary import Role, Task

from ..factories import (
    TEXT,
    add_span,
    apply,
    assign,
    make_article,
    make_member,
    make_project,
    make_set,
)
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ["Taxes", "fell", "Ruiz", "said", "jobs", "rose", "Mayor", "spoke", "Monday", "Lima"]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make all calls at the same moment, each on a connection of its own."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


def statuses(answers: list[Any]) -> Counter[int]:
    return Counter(each.status_code for each in answers)


def whole(row: AnnotationSet) -> None:
    """Hold the set, its log and its counts against each other."""
    fresh = AnnotationSet.objects.get(pk=row.pk)
    versions = list(
        Revision.objects.filter(annotation_set=row)
        .order_by("version")
        .values_list("version", flat=True)
    )
    assert versions == list(range(1, fresh.version + 1))
    assert list(doctor.findings()) == []


@pytest.fixture
def callers(row: AnnotationSet, ana: Actor) -> list[Caller]:
    """Ana on six devices; the day's first use of each token is written down beforehand."""
    made = [with_token(ana) for _ in range(6)]
    for each in made:
        answered(each.get("me/"))
    return made


def test_one_key_at_once_is_done_once_and_answered_alike(
    row: AnnotationSet, callers: list[Caller]
) -> None:
    key, span = uuid4(), add_span(TEXT, "CUE", "said")
    answers = at_once(
        *[lambda each=each: each.operations(row, span, key=key, version=1) for each in callers]
    )
    # A server may also say that the first is still at it; ours lets the others wait for its answer.
    assert statuses(answers) == {200: 6}
    first = answers[0].json()
    assert all(each.json() == first for each in answers)
    assert (Span.objects.count(), Fragment.objects.count()) == (1, 1)
    assert IdempotencyKey.objects.count() == 1
    whole(row)


def test_of_two_changes_at_one_version_one_wins_and_the_others_are_told(
    row: AnnotationSet, callers: list[Caller]
) -> None:
    calls = [
        lambda each=each, word=word: each.operations(row, add_span(TEXT, "ENTITY", word), version=1)
        for each, word in zip(callers, WORDS, strict=False)
    ]
    answers = at_once(*calls)
    assert statuses(answers) == {200: 1, 412: 5}
    winner = next(each for each in answers if each.status_code == 200).json()
    for each in answers:
        if each.status_code == 412:
            told = problem(each, 412, "stale_version")
            assert told["version"] == winner["version"] == 2
            assert [step["id"] for step in told["operations"]] == [winner["results"][0]["id"]]
    assert Span.objects.count() == 1
    whole(row)


def test_clients_that_rebase_all_come_through(row: AnnotationSet, callers: list[Caller]) -> None:
    """Each sends its words one by one and, when told that it is stale, sends again under the same key."""

    def send_all(caller: Caller, words: list[str]) -> int:
        version, sent = 1, 0
        for word in words:
            key, span = uuid4(), add_span(TEXT, "ENTITY", word)
            answer = caller.operations(row, span, key=key, version=version)
            while answer.status_code == 412:
                version = answer.json()["version"]
                answer = caller.operations(row, span, key=key, version=version)
            version = answered(answer)["version"]
            sent += 1
        return sent

    shares = [WORDS[number::3] for number in range(3)]
    calls = [
        lambda each=each, share=share: send_all(each, share)
        for each, share in zip(callers, shares, strict=False)
    ]
    assert at_once(*calls) == [len(share) for share in shares]
    assert AnnotationSet.objects.get(pk=row.pk).version == 1 + len(WORDS)
    quotes = {TEXT[each.start : each.end] for each in Fragment.objects.all()}
    assert quotes == set(WORDS)
    whole(row)


def test_who_reads_meanwhile_sees_a_version_with_its_own_units(
    row: AnnotationSet, callers: list[Caller]
) -> None:
    writer, *readers = callers
    path = f"annotation-sets/{row.uuid}/"

    def write() -> list[Any]:
        return [answered(writer.operations(row, add_span(TEXT, "ENTITY", word))) for word in WORDS]

    def read(reader: Caller) -> list[Any]:
        return [reader.get(path) for _ in range(30)]

    _written, *read_by = at_once(write, *[lambda each=each: read(each) for each in readers[:3]])
    for answer in (answer for answers in read_by for answer in answers):
        found = answered(answer)
        # The set begins at version 1, and each version after it has one span more.
        assert len(found["spans"]) == found["version"] - 1
        assert answer.headers["ETag"] == f'"{found["version"]}"'


def test_submitting_and_changing_at_once_cannot_both_be(
    row: AnnotationSet, callers: list[Caller]
) -> None:
    one, other, *_rest = callers
    change, submit = at_once(
        lambda: one.operations(row, add_span(TEXT, "CUE", "said"), version=1),
        lambda: other.post(f"annotation-sets/{row.uuid}/submit/", if_match='"1"'),
    )
    assert sorted([change.status_code, submit.status_code]) in ([200, 409], [200, 412])
    whole(row)


def test_a_set_that_is_opened_twice_at_once_is_one(article: Article, ana: Actor) -> None:
    assign(article, ana, Task.ANNOTATE)
    path = f"articles/{article.uuid}/annotation-sets/"
    callers = [with_token(ana) for _ in range(4)]
    answers = at_once(*[lambda each=each: each.post(path) for each in callers])
    assert statuses(answers) == {201: 1, 200: 3}
    assert AnnotationSet.objects.count() == 1
    whole(AnnotationSet.objects.get())


def test_one_comment_under_one_key_is_said_once(row: AnnotationSet, callers: list[Caller]) -> None:
    path, key = f"annotation-sets/{row.uuid}/comments/", str(uuid4())
    answers = at_once(
        *[
            lambda each=each: each.post(path, {"text": "Once."}, idempotency_key=key)
            for each in callers
        ]
    )
    assert statuses(answers) == {201: 6}
    assert Comment.objects.count() == 1


def test_one_text_that_comes_twice_at_once_is_kept_once(project: Project, max_: Actor) -> None:
    path = f"projects/{project.slug}/articles/"
    callers = [with_token(max_) for _ in range(4)]
    for each in callers:
        answered(each.get("me/"))
    answers = at_once(*[lambda each=each: each.post(path, {"text": TEXT}) for each in callers])
    found = statuses(answers)
    assert found[201] == 1
    assert set(found) <= {200, 201, 409}
    assert Article.objects.count() == 1
    project.refresh_from_db()
    assert project.article_count == 1


def test_two_managers_cannot_take_each_other_out_at_once(
    project: Project, max_: Actor, ana: Actor, manager: Caller
) -> None:
    path = f"projects/{project.slug}/members/"
    answered(manager.post(path, {"username": "ana", "role": "manager"}), 201)
    one, other = with_token(max_), with_token(ana)
    answers = at_once(
        lambda: one.delete(f"{path}?username=ana"), lambda: other.delete(f"{path}?username=max")
    )
    assert sorted(each.status_code for each in answers) in ([204, 404], [204, 409])
    assert project.memberships.filter(role="manager", left_at=None).count() == 1


def test_schemes_that_come_at_once_are_counted_one_by_one(project: Project, max_: Actor) -> None:
    path = f"projects/{project.slug}/scheme/"
    callers = [with_token(max_) for _ in range(4)]
    calls = [
        lambda each=each, n=n: each.put(path, {"name": f"S{n}", "labels": [{"name": "CLAIM"}]})
        for n, each in enumerate(callers)
    ]
    versions = [answered(each)["version"] for each in at_once(*calls)]
    assert sorted(versions) == [2, 3, 4, 5]


def test_who_cannot_wait_any_longer_is_told_to_come_back(
    row: AnnotationSet, callers: list[Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the set (on SQLite: the database) for longer than a save waits."""
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            AnnotationSet.objects.select_for_update().get(pk=row.pk)
            held.set()
            done.wait(30)
        connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(hold)
        held.wait(30)
        if connection.vendor == "sqlite":
            monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        else:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 100")
        answer = callers[0].operations(row, add_span(TEXT, "CUE", "said"), version=1)
        done.set()
    problem(answer, 503, "busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert answered(callers[0].operations(row, add_span(TEXT, "CUE", "said"), version=1))
    connection.close()
    whole(row)


def test_saves_come_between_the_chunks_of_a_scheme_that_changes(
    row: AnnotationSet, ana: Actor, max_: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ana labels in one project while the scheme of another changes under a dozen sets, one a chunk."""
    chunks = 12
    other = make_project(max_)
    ben = make_member(other, Role.ANNOTATOR, "ben")
    for number in range(chunks):
        made = make_set(make_article(other, f"{TEXT} {number}"), ben)
        apply(made, ben, add_span(TEXT, "CUE", "said"))
    apply(row, ana, cue := add_span(TEXT, "CUE", "said"))
    monkeypatch.setattr(carrying, "SPANS", 1)
    done = Event()

    def migrate() -> None:
        try:
            what = {"kind": "rename", "label": "CUE", "to": "SIGNAL"}
            made = migration.begin(by=max_, slug=other.slug, what=what)
            while not made.finished_at:
                made = migration.go_on(by=max_, slug=other.slug, uuid=made.uuid)
        finally:
            done.set()

    def save() -> None:
        while not done.is_set():
            apply(row, ana, {"op": "set_attributes", "id": cue["id"], "flag": True})

    at_once(migrate, save)
    lines = Revision.objects.exclude(annotation_set=None).order_by("pk")
    order = [action == MIGRATE for action in lines.values_list("action", flat=True)]
    first, last = order.index(True), len(order) - order[::-1].index(True)
    runs = [is_chunk for is_chunk, _group in groupby(order[first:last])]
    # A save came in between at most of the chunks.
    assert runs.count(False) >= chunks // 2
    whole(row)
