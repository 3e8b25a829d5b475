"""The difference of two releases by the API: counts, then the rows behind each."""

from __future__ import annotations

import orjson
import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation, release
from labels.actions.access import Actor
from labels.models import Project

from ..factories import make_article, make_set
from .caller import Caller, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project, max_: Actor, ana: Actor) -> str:
    for number in range(3):
        row = make_set(make_article(project, f"Taxes fell {number} times."), ana)
        annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
        release.make(by=max_, slug=project.slug)
    return f"projects/{project.slug}/releases/"


def test_any_two_releases_are_compared(path: str, manager: Caller) -> None:
    before = manager.get(f"{path}1.2.0/diff/").json()
    assert (before["before"], before["after"]) == ("1.1.0", "1.2.0")
    found = manager.get(f"{path}1.2.0/diff/?against=1.0.0").json()
    counts = {each["of"]: each["added"] for each in found["tables"]}
    assert counts == {"articles": 2, "sets": 2, "spans": 0, "gold": 0, "relations": 0}
    back = manager.get(f"{path}1.0.0/diff/?against=1.2.0").json()
    assert {each["of"]: each["removed"] for each in back["tables"]} == counts


def test_the_rows_stream_as_both_have_them(path: str, manager: Caller) -> None:
    answer = manager.get(f"{path}1.2.0/diff/rows/?against=1.0.0&of=sets&change=added&name=own")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/jsonl")
    rows = [orjson.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [(each["of"], each["change"], each["before"]) for each in rows] == [
        ("sets", "added", None)
    ] * 2
    assert all(each["after"]["article"] == each["article"] for each in rows)
    none = manager.get(f"{path}1.2.0/diff/rows/?against=1.0.0&of=sets&name=gold")
    assert b"".join(none.streaming_content) == b""


@pytest.mark.parametrize(
    ("tail", "status", "code"),
    [
        ("1.0.0/diff/", 422, "invalid"),
        ("1.2.0/diff/?against=7.0.0", 404, "not_found"),
        ("1.2.0/diff/?against=%00", 422, "bad_text"),
        ("7.0.0/diff/", 404, "not_found"),
        ("1.2.0/diff/rows/", 422, "invalid"),
        ("1.2.0/diff/rows/?of=cats", 422, "invalid"),
        ("1.2.0/diff/rows/?of=sets&change=some", 422, "invalid"),
    ],
)
def test_what_cannot_be_compared_is_said(
    path: str, manager: Caller, tail: str, status: int, code: str
) -> None:
    problem(manager.get(path + tail), status, code)


def test_it_costs_the_same_for_one_change_and_for_three(
    path: str, manager: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = "diff/rows/?of=articles"
    for tail in (f"1.1.0/{rows}", f"1.2.0/{rows}&against=1.0.0"):
        list(manager.get(path + tail).streaming_content)
        with django_assert_num_queries(8):
            list(manager.get(path + tail).streaming_content)
