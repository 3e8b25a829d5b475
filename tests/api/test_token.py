"""Who am I, and tokens, by the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from labels.actions import token
from labels.actions.access import Actor
from labels.models import Project, Token

from ..factories import make_project
from .caller import ALL, Caller, answered, problem, signed_in, with_token

pytestmark = pytest.mark.django_db


def bearer(secret: str) -> Caller:
    return Caller(Client(), {"Authorization": f"Bearer {secret}"})


def test_me_tells_scopes_and_projects(project: Project, ana: Actor, annotator: Caller) -> None:
    found = answered(annotator.get("me/"))
    assert found == {
        "id": str(ana.person.uuid),
        "username": "ana",
        "display_name": "",
        "language": "",
        "keys": {},
        "scopes": sorted(ALL),
        "projects": [{"slug": project.slug, "role": "annotator"}],
    }
    narrow = answered(with_token(ana, ["export", "annotate"]).get("me/"))
    assert narrow["scopes"] == ["annotate", "export"]
    other = make_project(ana)
    listed = answered(with_token(ana, project=other).get("me/"))["projects"]
    assert listed == [{"slug": other.slug, "role": "manager"}]


def test_a_token_is_shown_once_and_works_until_it_is_ended(ana: Actor) -> None:
    caller = signed_in(ana)
    made = answered(caller.post("tokens/", {"name": "laptop", "scopes": ["read", "annotate"]}), 201)
    secret = made.pop("token")
    assert secret.startswith(made["start"])
    assert made | {"id": "", "created_at": "", "start": ""} == {
        "id": "",
        "name": "laptop",
        "start": "",
        "scopes": ["annotate", "read"],
        "project": None,
        "created_at": "",
        "expires_at": None,
        "last_used_on": None,
    }
    assert answered(caller.get("tokens/"))["results"] == [made]
    assert secret not in str(list(Token.objects.values()))
    assert answered(bearer(secret).get("me/"))["username"] == "ana"
    assert answered(caller.get("tokens/"))["results"][0]["last_used_on"] is not None
    assert caller.delete(f"tokens/?id={made['id']}").status_code == 204
    problem(bearer(secret).get("me/"), 401, "not_signed_in")
    assert answered(caller.get("tokens/"))["results"] == []
    problem(caller.delete("tokens/", {"id": made["id"]}), 404, "not_found")


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "bearer galley_x",
        "Bearer galley_\xe9",
        "Basic YTpi",
        "x" * 5000,
    ],
)
def test_a_token_that_is_none_is_asked_for(header: str) -> None:
    answer = Caller(Client(), {"Authorization": header}).get("me/")
    problem(answer, 401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_in_the_address_is_not_read(ana: Actor) -> None:
    _made, secret = token.create(by=ana.person, scopes=ALL)
    for name in ("token", "access_token", "Authorization"):
        problem(Caller(Client()).get(f"me/?{name}={secret}"), 401, "not_signed_in")


def test_an_expired_token_and_one_of_a_closed_account_are_asked_for_anew(ana: Actor) -> None:
    end = datetime.now(UTC) + timedelta(hours=1)
    _made, secret = token.create(by=ana.person, scopes=ALL, expires_at=end)
    assert bearer(secret).get("me/").status_code == 200
    Token.objects.update(expires_at=end - timedelta(hours=2))
    problem(bearer(secret).get("me/"), 401, "not_signed_in")
    Token.objects.update(expires_at=None)
    assert bearer(secret).get("me/").status_code == 200
    ana.person.is_active = False
    ana.person.save()
    problem(bearer(secret).get("me/"), 401, "not_signed_in")


def test_a_bad_token_is_not_helped_out_by_a_session(ana: Actor) -> None:
    caller = signed_in(ana)
    caller.headers["Authorization"] = "Bearer nonsense"
    problem(caller.get("me/"), 401, "not_signed_in")


WRONG: list[tuple[str, Any, int, str]] = [
    ("nothing", None, 422, "invalid"),
    ("no scope", {"scopes": []}, 422, "invalid"),
    ("an unknown scope", {"scopes": ["read", "everything"]}, 422, "invalid"),
    ("a number", {"scopes": 7}, 422, "invalid"),
    ("numbers", {"scopes": [7]}, 422, "invalid"),
    ("a name", {"scopes": "read", "name": "x" * 101}, 422, "invalid"),
    ("a past end", {"scopes": "read", "expires_at": "2001-01-01T00:00:00Z"}, 422, "invalid"),
    (
        "an end without zone",
        {"scopes": "read", "expires_at": "2999-01-01T00:00:00"},
        422,
        "invalid",
    ),
    ("an end that is none", {"scopes": "read", "expires_at": "never"}, 422, "invalid"),
    (
        "an end beyond time",
        {"scopes": "read", "expires_at": "9999-12-31T23:59:59-14:00"},
        422,
        "invalid",
    ),
    ("a number as end", {"scopes": "read", "expires_at": 4102444800}, 422, "invalid"),
    ("a foreign project", {"scopes": "read", "project": "nowhere"}, 404, "not_found"),
    ("a number as project", {"scopes": "read", "project": 7}, 422, "invalid"),
    ("NUL", {"scopes": "read", "name": "\0"}, 422, "bad_text"),
    ("a member", {"scopes": "read", "person": "max"}, 422, "invalid"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG]
)
def test_a_token_that_cannot_be_is_not_made(
    annotator: Caller, body: Any, status: int, code: str
) -> None:
    before = Token.objects.count()
    problem(annotator.post("tokens/", body), status, code)
    assert Token.objects.count() == before


def test_a_token_makes_none_that_reaches_further(project: Project, ana: Actor) -> None:
    narrow = with_token(ana, ["manage", "read"])
    problem(narrow.post("tokens/", {"scopes": ["read", "export"]}), 403, "forbidden")
    assert answered(narrow.post("tokens/", {"scopes": "read"}), 201)["scopes"] == ["read"]
    bound = with_token(ana, project=project)
    problem(bound.post("tokens/", {"scopes": "read"}), 403, "forbidden")
    own = make_project(ana)
    problem(bound.post("tokens/", {"scopes": "read", "project": own.slug}), 404, "not_found")
    made = answered(bound.post("tokens/", {"scopes": "read", "project": project.slug}), 201)
    assert made["project"] == project.slug


def test_a_token_makes_none_that_outlives_it(ana: Actor) -> None:
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    _made, secret = token.create(by=ana.person, scopes=ALL, expires_at=end)
    caller, later = bearer(secret), (end + timedelta(days=1)).isoformat()
    problem(caller.post("tokens/", {"scopes": "read", "expires_at": later}), 403, "forbidden")
    made = answered(caller.post("tokens/", {"scopes": "read"}), 201)
    assert datetime.fromisoformat(made["expires_at"]) == end


def test_a_token_for_one_project_sees_and_ends_no_other(project: Project, ana: Actor) -> None:
    wide, _secret = token.create(by=ana.person, scopes=ALL, name="wide")
    bound = with_token(ana, project=project)
    listed = answered(bound.get("tokens/"))["results"]
    assert [each["project"] for each in listed] == [project.slug]
    problem(bound.delete(f"tokens/?id={wide.uuid}"), 404, "not_found")
    assert Token.objects.get(pk=wide.pk).revoked_at is None


@pytest.mark.parametrize("query", ["", "?id=7", "?id=%00"])
def test_ending_needs_an_id(annotator: Caller, query: str) -> None:
    code = "bad_text" if "%00" in query else "invalid"
    problem(annotator.delete(f"tokens/{query}"), 422, code)


def test_a_token_for_one_project_makes_no_project(project: Project, ana: Actor) -> None:
    before = Project.objects.count()
    problem(with_token(ana, project=project).post("projects/", {"name": "x"}), 422, "invalid")
    assert Project.objects.count() == before


def test_keys_of_ones_own_are_kept(annotator: Caller) -> None:
    keys = {"link": "l", "label CLAIM": "q", "finish": "Mod+Enter"}
    assert answered(annotator.patch("me/", {"keys": keys}))["keys"] == keys
    assert answered(annotator.patch("me/", {"display_name": "Ana"}))["keys"] == keys
    assert answered(annotator.get("me/"))["keys"] == keys
    assert answered(annotator.patch("me/", {"keys": {}}))["keys"] == {}


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ([], "keys"),
        ({"link": "l", "flag": "l"}, "keys.flag"),
        ({"link": "Escape"}, "keys.link"),
        ({"link": "ab"}, "keys.link"),
        ({"link": ""}, "keys.link"),
        ({"link": None}, "keys.link"),
        ({"": "l"}, "keys"),
        ({f"c{number}": "l" for number in range(201)}, "keys"),
    ],
)
def test_keys_that_nobody_could_press_are_refused(annotator: Caller, keys: Any, field: str) -> None:
    refused = problem(annotator.patch("me/", {"keys": keys}), 422, "invalid")
    assert refused["errors"][0]["field"] == field
    assert answered(annotator.get("me/"))["keys"] == {}
