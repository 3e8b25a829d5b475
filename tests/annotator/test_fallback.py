"""What neither a page nor an API call answers itself: programs get problem details, people a page."""

from __future__ import annotations

import logging

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return a client whose session cannot be read, for a reason that nobody thought of."""

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SessionStore, "load", broken)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "somebody"
    return client


def test_a_fault_is_a_page_for_people(fault: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = fault.get("/me/")
    assert answer.status_code == 500
    assert b"Something broke" in answer.content
    assert "ZeroDivisionError" in caplog.text


def test_a_fault_is_a_problem_for_programs(fault: Client) -> None:
    answer = fault.get("/api/v1/me/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "broken"


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/me/", "application/problem+json"), ("/me/", "text/html")]
)
def test_a_host_that_is_not_ours(path: str, kind: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["desk.example"]
    answer = Client().get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith(kind)


def test_what_scanners_ask_for_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert Client().get("/wp-login.php").status_code == 404
    assert Client().get("/me/", headers={"Host": "evil.example"}).status_code == 400
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []
