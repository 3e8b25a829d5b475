"""Members by the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from labels.actions import person
from labels.actions.access import Actor
from labels.models import Membership, Project, User

from ..factories import make_person
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/members/"


def test_somebody_new_comes_with_a_sign_in_link(path: str, manager: Caller) -> None:
    given = {"username": "nina", "display_name": "Nina É.", "role": "annotator"}
    made = answered(manager.post(path, given), 201)
    link = made.pop("sign_in_link")
    assert made | {"created_at": ""} == given | {"can_export": False, "created_at": ""}
    assert link.startswith("http://testserver/sign-in/")
    browser = Client()
    browser.get(link)
    assert browser.get("/me/").status_code == 200
    names = [each["username"] for each in answered(manager.get(path))["results"]]
    assert names == ["max", "nina"]


def test_somebody_known_is_added_without_a_link_and_changed_by_a_second_call(
    path: str, manager: Caller
) -> None:
    make_person("nina")
    given = {"username": "nina", "role": "reviewer", "can_export": True}
    made = answered(manager.post(path, given), 201)
    assert ("sign_in_link" in made, made["can_export"]) == (False, True)
    changed = answered(manager.post(path, {"username": "nina", "role": "annotator"}), 201)
    assert (changed["role"], changed["can_export"]) == ("annotator", False)
    assert Membership.objects.count() == 2


def test_who_is_taken_out_is_a_stranger_and_may_come_back(
    path: str, project: Project, ana: Actor, annotator: Caller, manager: Caller
) -> None:
    own = f"projects/{project.slug}/"
    assert annotator.get(own).status_code == 200
    assert manager.delete(path, {"username": "ana"}).status_code == 204
    problem(annotator.get(own), 404, "not_found")
    problem(manager.delete(f"{path}?username=ana"), 404, "not_found")
    answered(manager.post(path, {"username": "ana", "role": "annotator"}), 201)
    assert annotator.get(own).status_code == 200


def test_the_last_manager_stays(path: str, ana: Actor, manager: Caller) -> None:
    problem(manager.delete(f"{path}?username=max"), 409, "last_manager")
    problem(manager.post(path, {"username": "max", "role": "annotator"}), 409, "last_manager")
    answered(manager.post(path, {"username": "ana", "role": "manager"}), 201)
    assert manager.delete(f"{path}?username=max").status_code == 204
    problem(manager.get(path), 404, "not_found")
    problem(with_token(ana).delete(f"{path}?username=ana"), 409, "last_manager")


WRONG: list[tuple[str, Any, int, str]] = [
    ("nothing", None, 422, "invalid"),
    ("no name", {"role": "annotator"}, 422, "invalid"),
    ("a number", {"username": 7, "role": "annotator"}, 422, "invalid"),
    ("blanks", {"username": "a b", "role": "annotator"}, 422, "invalid"),
    ("a long name", {"username": "x" * 151, "role": "annotator"}, 422, "invalid"),
    ("NUL", {"username": "a\0", "role": "annotator"}, 422, "bad_text"),
    ("no role", {"username": "nina"}, 422, "invalid"),
    ("a role", {"username": "nina", "role": "owner"}, 422, "invalid"),
    ("a list as role", {"username": "nina", "role": ["annotator"]}, 422, "invalid"),
    ("a grant", {"username": "nina", "role": "reviewer", "can_export": "yes"}, 422, "invalid"),
    (
        "a long display name",
        {"username": "n", "role": "reviewer", "display_name": "x" * 151},
        422,
        "invalid",
    ),
    ("another case", {"username": "MAX", "role": "annotator"}, 409, "already_exists"),
    ("a member", {"username": "nina", "role": "reviewer", "password": "x"}, 422, "invalid"),
    ("a list", [], 400, "malformed"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG]
)
def test_a_member_that_cannot_be_is_not_made(
    path: str, manager: Caller, body: Any, status: int, code: str
) -> None:
    before = User.objects.count(), Membership.objects.count()
    problem(manager.post(path, body), status, code)
    assert (User.objects.count(), Membership.objects.count()) == before


def test_an_account_that_is_not_in_use_cannot_be_added(path: str, manager: Caller) -> None:
    problem(manager.post(path, {"username": person.INSTANCE, "role": "manager"}), 403, "forbidden")


def test_taking_out_needs_a_name(path: str, manager: Caller) -> None:
    problem(manager.delete(path), 422, "invalid")
    problem(manager.delete(path, {"username": "ana", "x": 1}), 422, "invalid")
    problem(manager.delete(f"{path}?username=a%00"), 422, "bad_text")
    problem(manager.delete(f"{path}?username=nobody"), 404, "not_found")
