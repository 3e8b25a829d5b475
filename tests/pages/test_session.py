"""Coming in and going out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from labels.actions import person
from labels.actions.access import Actor

from ..factories import make_person
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

PASSWORD = "a long way to Thailand"


@pytest.fixture
def ana() -> Actor:
    """Somebody with a password, whom the tests sign in."""
    whom = make_person("ana")
    person.set_password(by=whom.person, password=PASSWORD)
    return whom


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_name_and_password_let_in(ana: Actor, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "ana", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_does_not_and_the_name_is_kept(ana: Actor, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "ana", "password": "guess"})
    assert answer.status_code == 422
    assert texts(answer, "notice") == ["This name and this password do not belong together."]
    assert b'value="ana"' in answer.content
    assert b"guess" not in answer.content
    assert not is_in(client)


def test_an_unknown_name_is_answered_as_a_wrong_password(ana: Actor, client: Client) -> None:
    known = client.post("/sign-in/", {"username": "ana", "password": "guess"})
    unknown = client.post("/sign-in/", {"username": "eve", "password": "guess"})
    assert texts(known, "notice") == texts(unknown, "notice")


def test_missing_fields_are_named_at_the_field(client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "", "password": ""})
    assert texts(answer, "error") == ["This is needed.", "This is needed."]


def test_who_was_going_somewhere_gets_there(ana: Actor, client: Client) -> None:
    asked = client.get("/me/tokens/?project=x")
    assert asked.headers["Location"] == "/sign-in/?next=/me/tokens/%3Fproject%3Dx"
    answer = client.post(
        "/sign-in/", {"username": "ana", "password": PASSWORD, "next": "/me/tokens/?project=x"}
    )
    assert answer.headers["Location"] == "/me/tokens/?project=x"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_elsewhere(ana: Actor, client: Client, elsewhere: str) -> None:
    given = {"username": "ana", "password": PASSWORD, "next": elsewhere}
    assert client.post("/sign-in/", given).headers["Location"] == "/"


def test_a_form_without_its_secret_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "ana", "password": PASSWORD})
    assert answer.status_code == 403
    assert texts(answer, "h1") == ["This form is too old"]


def test_a_link_lets_in_at_once(client: Client) -> None:
    ben = make_person("ben")
    answer = client.get(f"/sign-in/{person.sign_in_token(ben.person)}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)


def test_a_link_ends_when_a_password_is_set(client: Client) -> None:
    ben = make_person("ben")
    token = person.sign_in_token(ben.person)
    person.set_password(by=ben.person, password=PASSWORD)
    answer = client.get(f"/sign-in/{token}/")
    assert answer.status_code == 403
    assert texts(answer, "notice") == [
        "This sign-in link is no longer good. Sign in with your password."
    ]
    assert not is_in(client)


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_a_damaged_link_says_so(client: Client, token: str) -> None:
    answer = client.get(f"/sign-in/{token}/")
    assert answer.status_code == 403
    assert texts(answer, "notice")[0].startswith("This sign-in link does not work.")


def test_an_old_link_does_not_work(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ben = make_person("ben")
    long_ago = (timezone.now() - timedelta(days=person.LINK_DAYS, minutes=1)).timestamp()
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: long_ago)
        token = person.sign_in_token(ben.person)
    assert client.get(f"/sign-in/{token}/").status_code == 403


def test_signing_out_ends_the_session(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    answer = client.post("/sign-out/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert not is_in(client)


def test_signing_out_is_a_post(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)


def test_who_is_in_is_not_asked_again(ana: Actor, visit: Visit) -> None:
    assert visit(ana).get("/sign-in/").headers["Location"] == "/"
