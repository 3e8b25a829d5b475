"""One's own page."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labels.actions import membership, person
from labels.actions.access import Actor
from labels.models import Project, User

from ..factories import make_project
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

PASSWORD = "a long way to Thailand"
NEXT = "and back again to Seoul"


def stored(who: Actor) -> User:
    return User.objects.get(pk=who.person.pk)


def test_it_shows_ones_name_and_projects(ana: Actor, project: Project, visit: Visit) -> None:
    answer = visit(ana).get("/me/")
    assert texts(answer, "h1") == ["ana"]
    assert texts(answer, "title") == ["Your page · Galley", project.name]


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/me/").headers["Location"] == "/sign-in/?next=/me/"


def test_ones_name_can_be_changed(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    assert client.post("/me/", {"do": "name", "display_name": "Ana K."}).status_code == 302
    assert stored(ana).name == "Ana K."
    assert texts(client.get("/me/"), "notice") == ["On the screens you are now “Ana K.”."]


def test_a_name_that_cannot_be_kept_is_refused_at_the_field(ana: Actor, visit: Visit) -> None:
    answer = visit(ana).post("/me/", {"do": "name", "display_name": "a\0b"})
    assert answer.status_code == 422
    assert texts(answer, "error") == ["Null characters are not allowed."]


def test_a_first_password_needs_no_present_one(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    given = {"do": "password", "new": PASSWORD, "again": PASSWORD}
    assert client.post("/me/", given).status_code == 302
    assert stored(ana).check_password(PASSWORD)
    # This device stays signed in.
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"present": "wrong", "new": NEXT, "again": NEXT}, "This is not your present password."),
        ({"present": PASSWORD, "new": NEXT, "again": "other"}, "The two are not the same."),
        (
            {"present": PASSWORD, "new": "12345", "again": "12345"},
            (
                "This password is too short. It must contain at least 10 characters."
                " This password is too common. This password is entirely numeric."
            ),
        ),
    ],
)
def test_a_change_that_is_not_right_is_refused(
    ana: Actor, visit: Visit, given: dict[str, str], said: str
) -> None:
    person.set_password(by=ana.person, password=PASSWORD)
    answer = visit(ana).post("/me/", {"do": "password", **given})
    assert answer.status_code == 422
    assert texts(answer, "error") == [said]
    assert stored(ana).check_password(PASSWORD)


def test_changing_it_signs_other_devices_out(ana: Actor, visit: Visit) -> None:
    person.set_password(by=ana.person, password=PASSWORD)
    here, elsewhere = visit(ana), visit(ana)
    given = {"do": "password", "present": PASSWORD, "new": NEXT, "again": NEXT}
    assert here.post("/me/", given).status_code == 302
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_dark_is_kept_on_the_device(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    assert b"data-theme" not in client.get("/me/").content
    client.post("/me/", {"do": "theme", "theme": "dark"})
    assert b'<html lang="en" data-theme="dark">' in client.get("/").content
    client.post("/me/", {"do": "theme", "theme": ""})
    assert b"data-theme" not in client.get("/").content


def test_a_theme_that_is_none_is_refused(ana: Actor, visit: Visit) -> None:
    answer = visit(ana).post("/me/", {"do": "theme", "theme": 'x" onload="'})
    assert answer.status_code == 422
    assert "theme" not in answer.cookies


def test_a_cookie_that_somebody_wrote_is_not_printed(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    client.cookies["theme"] = "evil"
    assert b"evil" not in client.get("/").content


def test_the_page_costs_the_same_with_one_and_three_projects(
    ana: Actor, manager: Actor, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = visit(ana)
    for more in (0, 2):
        for _ in range(more):
            slug = make_project(manager).slug
            membership.add(by=manager, slug=slug, username="ana", role="reviewer")
        with django_assert_num_queries(3):
            answer = client.get("/me/")
        assert len(answer.context["projects"]) == 1 + more


def test_ones_language_is_chosen_from_a_list_and_spoken_at_once(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    shown = client.get("/me/").content.decode()
    assert '<option value="de">' in shown
    assert client.post("/me/", {"do": "language", "language": "de"}).status_code == 302
    shown = client.get("/me/").content.decode()
    assert '<html lang="de"' in shown
    assert '<option value="de" selected>' in shown
