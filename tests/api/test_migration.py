"""Migrations by the API: looked at, made, gone on with, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import carrying, migration
from labels.actions.access import Actor
from labels.models import AnnotationSet, Project, Scheme

from ..factories import TEXT, add_span, apply, make_article, make_set
from .caller import Caller, problem

pytestmark = pytest.mark.django_db

RENAME = {"kind": "rename", "label": "CLAIM", "to": "STATEMENT"}


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/scheme/migrations/"


@pytest.fixture
def sets(project: Project, ana: Actor) -> list[AnnotationSet]:
    found = []
    for number in range(3):
        found.append(row := make_set(make_article(project, f"{TEXT} Number {number}."), ana))
        apply(row, ana, add_span(TEXT, "CLAIM", "Taxes fell 5%", attributes={"form": "direct"}))
    return found


def test_a_look_changes_nothing_and_the_act_what_the_look_told(
    path: str, project: Project, sets: list[AnnotationSet], manager: Caller
) -> None:
    looked = manager.post(path, RENAME | {"dry_run": True})
    assert looked.status_code == 200, looked.content
    told = looked.json()
    assert (told["id"], told["spans"], told["sets"], told["after"]) == (None, 3, 3, 2)
    assert [each["quote"] for each in told["samples"]] == ["Taxes fell 5%"] * 3
    assert Scheme.objects.filter(project=project).count() == 1
    answer = manager.post(path, RENAME)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["spans"], made["done"], made["finished"]) == (3, 3, True)
    assert (made["said"], made["created_by"]) == ("CLAIM is now STATEMENT.", "max")
    assert manager.get(f"{path}{made['id']}/").json() == made
    assert manager.get(path).json()["results"] == [made]
    whole = manager.get(f"annotation-sets/{sets[0].uuid}/").json()
    assert (whole["scheme_version"], whole["spans"][0]["label"]) == (2, "STATEMENT")


def test_a_long_one_is_gone_on_with(
    path: str, sets: list[AnnotationSet], manager: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "SPANS", 1)
    monkeypatch.setattr(migration, "SECONDS", 0)
    answer = manager.post(path, RENAME)
    assert (answer.status_code, answer.json()["done"]) == (202, 1)
    address = f"{path}{answer.json()['id']}/"
    problem(manager.post(path, {"kind": "retire", "label": "CUE"}), 409, "migration_running")
    assert [manager.post(address).status_code for _ in range(4)] == [202, 202, 200, 200]
    assert manager.get(address).json()["finished"] is True


def test_it_is_taken_back(path: str, sets: list[AnnotationSet], manager: Caller) -> None:
    made = manager.post(path, RENAME).json()
    back = manager.post(path, {"undoes": made["id"]}).json()
    assert (back["undoes"], back["said"], back["after"]) == (
        made["id"],
        "STATEMENT is now CLAIM.",
        3,
    )
    whole = manager.get(f"annotation-sets/{sets[0].uuid}/").json()
    assert whole["spans"][0]["label"] == "CLAIM"
    problem(manager.post(path, {"undoes": made["id"]}), 409, "conflict")


def test_clashes_are_named(
    path: str, sets: list[AnnotationSet], ana: Actor, manager: Caller
) -> None:
    apply(sets[0], ana, add_span(TEXT, "CUE", "said"), add_span(TEXT, "ENTITY", "Ruiz said"))
    answer = manager.post(path, {"kind": "merge", "labels": ["CUE"], "to": "ENTITY"})
    problem(answer, 422, "overlap")
    (error,) = answer.json()["errors"]
    assert error["set"] == str(sets[0].uuid)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ([], 400, "malformed"),
        ({"colour": "red"}, 422, "invalid"),
        ({"kind": "rename", "label": "CLAIM"}, 422, "invalid"),
        ({"kind": "rename", "label": "CLAIM", "to": "no name"}, 422, "bad_scheme"),
        (RENAME | {"dry_run": "yes"}, 422, "invalid"),
        ({"undoes": "0190b2f0-0000-7000-8000-000000000000"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_refused(
    path: str, manager: Caller, body: Any, status: int, code: str
) -> None:
    problem(manager.post(path, body), status, code)


def test_the_list_costs_the_same_with_one_and_with_three(
    path: str, manager: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = manager.post(path, RENAME).json()
    with django_assert_num_queries(3):
        manager.get(path)
    manager.post(path, {"undoes": made["id"]})
    manager.post(path, {"kind": "retire", "label": "CUE"})
    with django_assert_num_queries(3):
        assert len(manager.get(path).json()["results"]) == 3
