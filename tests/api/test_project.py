"""Projects and schemes by the API."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Project, Revision, Scheme

from ..factories import SCHEME, make_person, make_project
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db

SMALL: dict[str, Any] = {"name": "Small", "labels": [{"name": "CLAIM"}]}


def stored() -> tuple[int, int, int]:
    return Project.objects.count(), Scheme.objects.count(), Revision.objects.count()


def test_a_project_is_made_with_the_default_scheme_and_managed_by_its_maker() -> None:
    whom = make_person("nina")
    caller = with_token(whom)
    made = answered(
        caller.post("projects/", {"name": " Election_2027 ", "description": "Ça va"}), 201
    )
    assert made | {"id": "", "created_at": ""} == {
        "id": "",
        "slug": "election-2027",
        "name": "Election_2027",
        "description": "Ça va",
        "peer_review": False,
        "open_after_submit": False,
        "blind": False,
        "review_which": "all",
        "review_share": 20,
        "review_below": 80,
        "gold_share": 0,
        "role": "manager",
        "created_at": "",
    }
    assert answered(caller.get("projects/election-2027/")) == made
    assert answered(caller.get("projects/"))["results"] == [made]
    assert answered(caller.get("projects/election-2027/scheme/")) == SCHEME | {"version": 1}
    again = answered(caller.post("projects/", {"name": "Election 2027"}), 201)
    assert again["slug"] == "election-2027-2"


def test_a_scheme_is_given_or_copied_from_a_project_of_ones_own(
    project: Project, manager: Caller, stranger: Caller
) -> None:
    answered(manager.post("projects/", {"name": "A", "slug": "a", "scheme": SMALL}), 201)
    assert answered(manager.get("projects/a/scheme/")) == SMALL | {"version": 1}
    answered(manager.post("projects/", {"name": "B", "slug": "b", "scheme": "a"}), 201)
    assert answered(manager.get("projects/b/scheme/")) == SMALL | {"version": 1}
    before = stored()
    problem(stranger.post("projects/", {"name": "C", "scheme": "a"}), 404, "not_found")
    assert stored() == before


NEW: list[tuple[str, Any, int, str]] = [
    ("nothing", None, 422, "invalid"),
    ("no name", {"name": " "}, 422, "invalid"),
    ("a number", {"name": 7}, 422, "invalid"),
    ("a long name", {"name": "x" * 151}, 422, "invalid"),
    ("NUL", {"name": "a\0"}, 422, "bad_text"),
    ("a slug", {"name": "a", "slug": "Not A Slug"}, 422, "invalid"),
    ("a long slug", {"name": "a", "slug": "x" * 81}, 422, "invalid"),
    ("a long description", {"name": "a", "description": "x" * 5001}, 422, "invalid"),
    ("a scheme", {"name": "a", "scheme": {}}, 422, "bad_scheme"),
    ("a scheme that is a list", {"name": "a", "scheme": [1]}, 422, "bad_scheme"),
    ("no project", {"name": "a", "scheme": "nowhere"}, 404, "not_found"),
    ("a member", {"name": "a", "owner": "ana"}, 422, "invalid"),
    ("a list", [], 400, "malformed"),
    ("no JSON", b"{", 400, "malformed"),
]


@pytest.mark.parametrize(("body", "status", "code"), [c[1:] for c in NEW], ids=[c[0] for c in NEW])
def test_a_project_that_cannot_be_is_not_made(
    manager: Caller, body: Any, status: int, code: str
) -> None:
    before = stored()
    problem(manager.post("projects/", body), status, code)
    assert stored() == before


def test_a_slug_that_is_taken_is_refused(
    project: Project, manager: Caller, stranger: Caller
) -> None:
    before = stored()
    wanted = {"name": "Mine", "slug": project.slug}
    problem(stranger.post("projects/", wanted), 409, "already_exists")
    assert stored() == before


def test_settings_are_changed_one_by_one(project: Project, manager: Caller) -> None:
    path = f"projects/{project.slug}/"
    before = answered(manager.get(path))
    changed = answered(manager.patch(path, {"peer_review": True, "name": "日本"}))
    assert changed == before | {"peer_review": True, "name": "日本"}
    for wrong in (
        {"peer_review": "yes", "name": "Lost"},
        {"name": ""},
        {"slug": "other"},
        {"open_after_submit": 1},
        {"description": None, "x": 1},
        [1],
    ):
        problem(manager.patch(path, wrong), 422, "invalid")
    assert answered(manager.get(path)) == changed


# Schemes


def test_a_changed_scheme_is_a_new_version_and_sets_keep_theirs(
    project: Project, row: AnnotationSet, annotator: Caller, manager: Caller
) -> None:
    path = f"projects/{project.slug}/scheme/"
    assert answered(manager.put(path, SMALL)) == SMALL | {"version": 2}
    assert answered(manager.put(path, SMALL | {"version": 77})) == SMALL | {"version": 2}
    assert answered(annotator.get(path))["name"] == "Small"
    assert answered(annotator.get(f"{path}?version=1"))["name"] == SCHEME["name"]
    found = answered(annotator.get(f"annotation-sets/{row.uuid}/"))
    assert found["scheme_version"] == 1


@pytest.mark.parametrize("version", ["0", "2", "x", "-1", "1.0", "٢", "9" * 20, "9" * 5000, "%00"])
def test_a_version_that_is_not_there(project: Project, manager: Caller, version: str) -> None:
    answer = manager.get(f"projects/{project.slug}/scheme/?version={version}")
    problem(
        answer, 422 if version == "%00" else 404, "bad_text" if version == "%00" else "not_found"
    )


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in SMALL.items() if key != name}


def changed(**values: Any) -> dict[str, Any]:
    return copy.deepcopy(SMALL) | values


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = {"in": value}
    return value


SCHEMES: list[tuple[str, Any, int, str]] = [
    ("nothing", None, 422, "bad_scheme"),
    ("a list", [SMALL], 422, "bad_scheme"),
    ("no name", without("name"), 422, "bad_scheme"),
    ("a long name", changed(name="x" * 151), 422, "bad_scheme"),
    ("no labels", changed(labels=[]), 422, "bad_scheme"),
    ("labels that are none", changed(labels={"name": "CLAIM"}), 422, "bad_scheme"),
    ("a label that is a text", changed(labels=["CLAIM"]), 422, "bad_scheme"),
    ("a name twice", changed(labels=SMALL["labels"] * 2), 422, "bad_scheme"),
    ("a key", changed(colour="red"), 422, "bad_scheme"),
    (
        "an unknown end",
        changed(relations=[{"name": "R", "from": ["CLAIM"], "to": ["X"]}]),
        422,
        "bad_scheme",
    ),
    (
        "a pattern",
        changed(
            labels=[{"name": "C", "attributes": [{"name": "a", "type": "text", "pattern": "("}]}]
        ),
        422,
        "bad_scheme",
    ),
    ("NUL", changed(guideline="a\0"), 422, "bad_text"),
    ("deep", orjson.dumps(changed(guideline={"a": deep(100)})), 400, "malformed"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [c[1:] for c in SCHEMES], ids=[c[0] for c in SCHEMES]
)
def test_a_scheme_with_faults_makes_no_version(
    project: Project, manager: Caller, body: Any, status: int, code: str
) -> None:
    before = stored()
    found = problem(manager.put(f"projects/{project.slug}/scheme/", body), status, code)
    if code == "bad_scheme":
        assert all({"field", "code", "message"} == set(each) for each in found["errors"])
        assert found["errors"]
    assert stored() == before


def test_all_faults_are_told_at_once(project: Project, manager: Caller) -> None:
    wrong = {"labels": [{"name": "1", "overlap": "maybe"}], "x": 1}
    found = problem(manager.put(f"projects/{project.slug}/scheme/", wrong), 422, "bad_scheme")
    fields = {each["field"] for each in found["errors"]}
    assert {"(scheme).x", "name", "labels[0].name", "labels[0].overlap"} <= fields


def test_a_project_that_was_put_away_is_not_there(
    project: Project, row: AnnotationSet, max_: Actor, manager: Caller, annotator: Caller
) -> None:
    Project.objects.filter(pk=project.pk).update(archived_at="2026-01-01T00:00:00Z")
    for caller in (manager, annotator):
        assert answered(caller.get("projects/"))["results"] == []
        for path in (
            f"projects/{project.slug}/",
            f"projects/{project.slug}/articles/",
            f"articles/{row.article.uuid}/",
            f"annotation-sets/{row.uuid}/",
        ):
            problem(caller.get(path), 404, "not_found")


def test_projects_are_those_one_is_in(project: Project, manager: Caller, stranger: Caller) -> None:
    make_project(make_person())
    slugs = [each["slug"] for each in answered(manager.get("projects/"))["results"]]
    assert slugs == [project.slug]
    assert project.slug not in str(answered(stranger.get("projects/")))
