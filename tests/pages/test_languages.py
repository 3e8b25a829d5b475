"""The language of a page: one's own choice, else what the browser asks for, else English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from labels.actions import person
from labels.actions.access import Actor
from labels.errors import Invalid
from labels.models import Project
from labels.pages.dates import day
from labels.pages.frame import characters
from labels.words import say, say_many

from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

WORK = {"en": "Your work", "de": "Ihre Arbeit", "ja": "あなたの作業", "es": "Su trabajo"}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the language as it was found: a request leaves its own to the next one."""
    yield
    translation.deactivate()


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9", "de"),
        ("ja,en;q=0.5", "ja"),
        ("es-419", "es"),
        ("fr,en;q=0.8", "en"),
        ("fr", "en"),
        ("nonsense;;q=,*", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(
    ana: Actor, visit: Visit, asked: str, language: str
) -> None:
    answer = visit(ana).get("/", headers={"accept-language": asked})
    assert texts(answer, "h1") == [WORK[language]]
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == language


def test_ones_own_choice_goes_before_and_along(ana: Actor, visit: Visit) -> None:
    client = visit(ana)
    assert client.post("/me/", {"do": "language", "language": "ja"}).status_code == 302
    for browser in (client, visit(ana)):
        answer = browser.get("/", headers={"accept-language": "de"})
        assert texts(answer, "h1") == [WORK["ja"]]
    client.post("/me/", {"do": "language", "language": ""})
    answer = client.get("/", headers={"accept-language": "de"})
    assert texts(answer, "h1") == [WORK["de"]]


def test_a_language_that_is_none_is_refused(ana: Actor, visit: Visit) -> None:
    answer = visit(ana).post("/me/", {"do": "language", "language": "xx"})
    assert answer.status_code == 422
    with pytest.raises(Invalid, match=r"Choose one of en, de, ja, es\."):
        person.set_language(by=ana.person, language="xx")


def test_strangers_are_spoken_to_in_their_language(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"accept-language": "es"})
    assert texts(answer, "h1") == ["Iniciar sesión"]
    answer = client.post("/sign-in/", {"username": "x"}, headers={"accept-language": "de"})
    assert texts(answer, "error") == ["Diese Angabe wird gebraucht."]


def test_nobody_gets_anothers_language(ana: Actor, rita: Actor, visit: Visit) -> None:
    person.set_language(by=ana.person, language="de")
    assert texts(visit(ana).get("/"), "h1") == [WORK["de"]]
    assert texts(visit(rita).get("/"), "h1") == [WORK["en"]]


def test_pages_that_are_not_there_are_in_ones_language_too(ana: Actor, visit: Visit) -> None:
    person.set_language(by=ana.person, language="de")
    for address in ("/nowhere/", "/projects/nowhere/"):
        answer = visit(ana).get(address, headers={"accept-language": "es"})
        assert answer.status_code == 404
        assert answer.headers["Content-Language"] == "de"


def test_refusals_of_the_api_are_told_in_ones_language_and_their_codes_are_not(
    ana: Actor, project: Project, visit: Visit
) -> None:
    person.set_language(by=ana.person, language="de")
    body = {"keys": {"link": "Escape"}}
    answer = visit(ana).patch("/api/v1/me/", body, content_type="application/json")
    assert answer.json() == {
        "type": "urn:galley:invalid",
        "title": "Einige Felder stimmen nicht",
        "status": 422,
        "detail": "keys.link: Escape führt aus allem hinaus: Wählen Sie eine andere Taste.",
        "code": "invalid",
        "errors": [
            {
                "field": "keys.link",
                "code": "invalid",
                "message": "Escape führt aus allem hinaus: Wählen Sie eine andere Taste.",
            }
        ],
    }


@pytest.mark.parametrize(
    ("language", "date", "length"),
    [
        ("en", "1 February 2026", "12,345 characters"),
        ("de", "1. Februar 2026", "12.345 Zeichen"),
        ("ja", "2026年2月1日", "12,345 文字"),
        ("es", "1 de febrero de 2026", "12\xa0345 caracteres"),
    ],
)
def test_dates_and_numbers_are_in_the_language(language: str, date: str, length: str) -> None:
    with translation.override(language):
        assert (day("2026-02-01"), characters(12345)) == (date, length)


def test_the_language_costs_no_query(
    ana: Actor, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = visit(ana)
    client.get("/me/")
    # The session, the person, their projects.
    with django_assert_num_queries(3):
        client.get("/me/")
    person.set_language(by=ana.person, language="de")
    with django_assert_num_queries(3):
        client.get("/me/")


def test_a_sentence_has_its_values_and_its_number() -> None:
    assert say("“{title}”", title="{n}") == "“{n}”"
    assert say_many("{number} label", "{number} labels", 1) == "1 label"
    with translation.override("ja"):
        assert say_many("{number} label", "{number} labels", 2) == "ラベル 2 種"
