"""Nobody judges their own work: whatever they are, whatever the project allows, by whichever way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from labels.actions import adjudication, annotation
from labels.actions.access import Actor
from labels.models import AnnotationSet, Decision, Project, Review, Span
from labels.queries import assignment
from labels.vocabulary import Kind, Role, State, Task

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
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db

WAYS = [
    ("peer", {"peer_review": True, "open_after_submit": True}),
    ("plain", {}),
    ("blind", {"peer_review": True, "blind": True}),
]
CASES = [pytest.param(role, how, id=f"{role}-{name}") for role, (name, how) in product(Role, WAYS)]


@dataclass(slots=True)
class Work:
    """Somebody with a submitted set of an article that they are to label and to review, and a colleague's."""

    project: Project
    me: Actor
    own: AnnotationSet
    other: AnnotationSet
    gold: AnnotationSet

    @property
    def caller(self) -> Caller:
        """The API as they call it."""
        return with_token(self.me)


def make_work(role: Role, settings: dict[str, Any]) -> Work:
    chief = make_person("max")
    project = make_project(chief, **settings)
    article = make_article(project)
    me, colleague = make_member(project, role, "me"), make_member(project, Role.ANNOTATOR, "other")
    rows = []
    for whom in (me, colleague):
        row = make_set(article, whom)
        apply(row, whom, add_span(TEXT, "CUE", "said"))
        rows.append(annotation.submit(by=whom, uuid=row.uuid, if_match=2))
    if role != Role.ANNOTATOR or project.peer_review:
        assign(article, me, Task.REVIEW)
    gold = adjudication.start(by=chief, article=article.uuid)[0].gold
    assert gold
    return Work(project, me, rows[0], rows[1], gold)


def judgements(work: Work) -> Iterator[tuple[str, Any, dict[str, str]]]:
    """Yield each call that would judge one's own set: its path, its body, its headers."""
    own = f"annotation-sets/{work.own.uuid}/"
    span = str(Span.objects.get(annotation_set=work.own).uuid)
    for body in (
        {"span": span, "verdict": "accept"},
        {"span": span, "verdict": "reject", "reason": "label"},
        {"span": span, "verdict": "fix", "proposal": {"attributes": {}}},
        {"verdict": "missing", "proposal": {"label": "CUE"}},
    ):
        yield f"{own}reviews/", body, {}
    yield f"{own}reviews/accept-rest/", None, {}
    for move in ("return", "approve"):
        yield f"{own}{move}/", {}, {"if_match": f'"{work.own.version}"'}
    settling = f"articles/{work.own.article.uuid}/adjudication/"
    keyed = {"if_match": f'"{work.gold.version}"', "idempotency_key": str(uuid4())}
    yield settling, None, {}
    for taken in (work.own, work.other):
        body = {"unit": "x", "choice": "take", "set": str(taken.uuid)}
        yield f"{settling}decisions/", body, keyed
    for act in ("agreements", "undo", "finish", "reopen"):
        yield f"{settling}{act}/", None, keyed


@pytest.mark.parametrize(("role", "settings"), CASES)
def test_no_call_judges_it(role: Role, settings: dict[str, Any]) -> None:
    work = make_work(role, settings)
    for path, body, headers in judgements(work):
        problem(work.caller.post(path, body, **headers), 403, "own_work")
    work.own.refresh_from_db()
    assert work.own.state == State.SUBMITTED
    assert (Review.objects.count(), Decision.objects.count()) == (0, 0)


@pytest.mark.parametrize(("role", "settings"), CASES)
def test_no_queue_and_no_list_offers_it(role: Role, settings: dict[str, Any]) -> None:
    work = make_work(role, settings)
    offered = {each.set for each in assignment.to_review(work.me, work.project)}
    assert work.own.uuid not in offered
    following = assignment.next_for(work.me, work.project)
    assert following is None or following.set != work.own.uuid
    if role != Role.ANNOTATOR:
        path = f"projects/{work.project.slug}/disagreements/"
        assert answered(work.caller.get(path))["results"] == []


@pytest.mark.parametrize(("role", "settings"), CASES)
def test_no_page_judges_it(role: Role, settings: dict[str, Any]) -> None:
    work = make_work(role, settings)
    client = Client()
    client.force_login(work.me.person)
    answer = client.get(f"/annotation-sets/{work.own.uuid}/review/")
    assert answer.headers["Location"] == f"/articles/{work.own.article.uuid}/label/"
    page = f"/articles/{work.own.article.uuid}/adjudication/"
    assert client.get(page).status_code == 403
    for do in ("start", "agree", "undo", "finish", "reopen", f"take:{work.own.uuid}", "none"):
        sent = {"do": do, "version": work.gold.version, "key": str(uuid4()), "unit": "x"}
        assert client.post(page, sent).status_code == 403
    assert Decision.objects.count() == 0
    assert AnnotationSet.objects.get(kind=Kind.GOLD).version == work.gold.version


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MANAGER])
def test_agreement_counts_it_all_the_same(role: Role) -> None:
    work = make_work(role, {})
    path = f"projects/{work.project.slug}/agreement/?measure=span_f1_exact"
    figures = answered(work.caller.get(path))["results"]
    assert {tuple(each["annotators"]) for each in figures} == {("me", "other")}
    assert {each["value"] for each in figures if each["undefined"] is None} == {1.0}
