"""Error pages: what happened, in plain words, whatever state the instance is in."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from labels.actions.access import Actor
from labels.errors import Incomplete
from labels.models import Project
from labels.pages import problems

from .conftest import Visit, texts

pytestmark = pytest.mark.django_db


def away(*_args: Any) -> None:
    raise OperationalError("disk I/O error")


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        "/projects/no-such-project/",
        "/articles/00000000-0000-7000-8000-000000000000/",
        "/articles/00000000-0000-7000-8000-000000000000/label/",
        "/annotation-sets/00000000-0000-7000-8000-000000000000/review/",
    ],
)
def test_nothing_there_leads_back_to_ones_work(ana: Actor, visit: Visit, path: str) -> None:
    answer = visit(ana).get(path)
    assert answer.status_code == 404
    assert texts(answer, "button") == ["Sign out", "Your work"]
    assert len(texts(answer, "h1")) == 1


def test_a_database_that_is_away_is_503_and_the_page_needs_none(
    ana: Actor, project: Project, visit: Visit
) -> None:
    client = visit(ana)
    with connection.execute_wrapper(away):
        answer = client.get(f"/projects/{project.slug}/?q=taxes")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert texts(answer, "h1") == ["Try again in a moment"]
    assert f'href="/projects/{project.slug}/?q=taxes"'.encode() in answer.content
    assert b"ana" not in answer.content.split(b"<main")[0]


def test_what_breaks_is_500_and_the_page_needs_no_database(
    ana: Actor, project: Project, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visit(ana)
    client.raise_request_exception = False

    def broken(*_args: Any, **_more: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("labels.pages.project._found", broken)
    answer = client.get(f"/projects/{project.slug}/")
    assert answer.status_code == 500
    assert texts(answer, "h1") == ["Something broke"]
    with connection.execute_wrapper(away):
        alone = problems.broken(RequestFactory().get("/"))
    assert alone.status_code == 500


def test_too_much_is_413_before_it_is_read(ana: Actor, visit: Visit) -> None:
    length = str(settings.MAX_BODY_BYTES * 100)
    answer = visit(ana).post("/me/", {"do": "name"}, headers={"content-length": length})
    assert answer.status_code == 413
    assert texts(answer, "h1") == ["Too large"]


def test_a_form_from_elsewhere_is_403(ana: Actor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana.person)
    answer = client.post("/me/", {"do": "name", "display_name": "Eve"})
    assert answer.status_code == 403
    assert texts(answer, "h1") == ["This form is too old"]


def test_a_request_that_cannot_be_read_is_400(ana: Actor, visit: Visit) -> None:
    answer = visit(ana).get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert texts(answer, "h1") == ["The request cannot be read"]


def test_a_refusal_lists_what_it_names() -> None:
    refusal = Incomplete(
        "Two things are still missing.",
        errors=[{"field": "form", "message": "is needed"}, {"message": "A link is needed"}],
    )
    answer = problems.refused(RequestFactory().get("/"), refusal)
    assert answer.status_code == 422
    assert texts(answer, "li") == ["form: is needed", "A link is needed"]
