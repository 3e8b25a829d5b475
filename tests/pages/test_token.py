"""Access tokens: shown once, ended for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labels.actions import token
from labels.actions.access import Actor
from labels.models import Project, Token

from .conftest import Visit, texts

pytestmark = pytest.mark.django_db


def make(client: Client, **given: Any) -> Any:
    form = {"do": "make", "name": "Nightly", "scopes": ["read", "export"], "days": "30"}
    return client.post("/me/tokens/", form | given)


def test_a_token_is_shown_once_and_works(project: Project, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    answer = make(client)
    secret = answer.context["made"]
    assert f'value="{secret}"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    actor = token.actor(secret)
    assert actor is not None
    assert (actor.person, sorted(actor.scopes or ())) == (manager.person, ["export", "read"])
    assert secret not in client.get("/me/tokens/").content.decode()


def test_the_list_says_what_each_may_and_until_when(
    project: Project, manager: Actor, visit: Visit
) -> None:
    client = visit(manager)
    make(client, project=project.slug, days="")
    (row,) = client.get("/me/tokens/").context["tokens"]
    assert (row.name, row.scopes, row.project, row.expires, row.used) == (
        "Nightly",
        "export, read",
        project.name,
        "never",
        "not yet",
    )
    make(client, name="Soon", days="30")
    row, _older = client.get("/me/tokens/").context["tokens"]
    ends = timezone.now() + timedelta(days=30)
    assert (row.name, row.expires) == ("Soon", f"{ends.day} {ends:%B %Y}")


def test_a_token_without_scopes_or_name_is_refused_at_the_field(
    project: Project, manager: Actor, visit: Visit
) -> None:
    answer = make(visit(manager), name="", scopes=[])
    assert answer.status_code == 422
    assert texts(answer, "error") == ["This is needed.", "This is needed."]
    assert not Token.objects.exists()


def test_a_token_for_a_project_of_others_is_refused(
    project: Project, manager: Actor, stranger: Actor, visit: Visit
) -> None:
    answer = make(visit(stranger), project=project.slug)
    assert answer.status_code == 422
    assert not Token.objects.exists()


def test_a_scope_that_is_none_is_refused(manager: Actor, visit: Visit) -> None:
    assert make(visit(manager), scopes=["read", "everything"]).status_code == 422
    assert not Token.objects.exists()


def test_a_link_may_fill_the_form_in(project: Project, manager: Actor, visit: Visit) -> None:
    answer = visit(manager).get("/me/tokens/", {"scopes": "export", "project": project.slug})
    form = answer.context["form"]
    assert (form["scopes"].value(), form["project"].value()) == (["export"], project.slug)


def test_a_revoked_token_lets_nobody_in(manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    secret = make(client).context["made"]
    uuid = str(Token.objects.get().uuid)
    answer = client.post("/me/tokens/", {"do": "revoke", "token": uuid}, follow=True)
    assert texts(answer, "notice") == ["“Nightly” no longer lets anybody in."]
    assert token.actor(secret) is None
    assert answer.context["tokens"] == []


@pytest.mark.parametrize("uuid", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_a_token_that_is_none_cannot_be_revoked(manager: Actor, visit: Visit, uuid: str) -> None:
    answer = visit(manager).post("/me/tokens/", {"do": "revoke", "token": uuid})
    assert answer.status_code == 404


def test_nobody_sees_or_ends_the_tokens_of_others(
    manager: Actor, stranger: Actor, visit: Visit
) -> None:
    secret = make(visit(manager)).context["made"]
    client = visit(stranger)
    assert client.get("/me/tokens/").context["tokens"] == []
    given = {"do": "revoke", "token": str(Token.objects.get().uuid)}
    assert client.post("/me/tokens/", given).status_code == 404
    assert token.actor(secret) is not None


def test_no_tokens_says_what_they_are_for(manager: Actor, visit: Visit) -> None:
    answer = visit(manager).get("/me/tokens/")
    assert texts(answer, "empty")[0].startswith("No tokensPrograms sign in with a token")


def test_it_costs_the_same_with_one_token_and_with_three(
    project: Project,
    manager: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = visit(manager)
    for count, more in ((1, 1), (3, 2)):
        for _ in range(more):
            make(client, project=project.slug)
        with django_assert_num_queries(4):
            answer = client.get("/me/tokens/")
        assert len(answer.context["tokens"]) == count
