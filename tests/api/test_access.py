"""Every route, method and person against DESIGN, section 6. A route without a row in the table fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from labels.actions import bench as benches
from labels.api import urls as api
from labels.pages import urls as pages
from labels.vocabulary import Scope

from ..factories import TEXT, add_span, make_project
from .caller import PROBLEM, Caller, anonymous, signed_in, with_token
from .desk import PEOPLE, Desk, make_desk
from .rights import API_ROWS, COMPARED, PAGE_ROWS, Row
from .visit import anas_token, page_call

pytestmark = pytest.mark.django_db


def routes(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns)
        elif isinstance(each, URLPattern):
            yield each.name or "", each.callback


def methods(view: Any) -> set[str]:
    if not hasattr(view, "cls"):
        return {"GET"}
    known = ("get", "post", "put", "patch", "delete")
    return {each.upper() for each in known if hasattr(view.cls, each)}


# What is sent


def api_call(desk: Desk, row: Row) -> Callable[[Caller], Any]:
    """Return the call that a row is about: whole and right but for who makes it."""
    address, body = api_address(desk, row), BODIES.get(f"{row.route} {row.method}")
    headers = {}
    if row.route in {"operations", "submit", "reopen", "return", "approve"}:
        headers["if_match"] = f'"{desk.version(row.object)}"'
    if row.route in ADJUDICATED and row.method == "POST" and row.route != "adjudication":
        headers["if_match"] = f'"{_bench(desk, row).gold.version}"'
    if row.route in {"operations", "decisions", "agreements", "undo"}:
        headers["idempotency_key"] = str(uuid4())
    if callable(body):
        body = body(desk, row)
    if row.route == "imports" and row.method == "POST":
        return lambda caller: caller.upload(address, SimpleUploadedFile("b.txt", b"Another story."))
    return lambda caller: caller(row.method, address, body, **headers)


def api_address(desk: Desk, row: Row) -> str:
    slug = desk.project.slug
    if row.route in {"me", "tokens", "projects", "schema", "docs"}:
        return f"{row.route}/" + (f"?id={anas_token(desk)}" if row.method == "DELETE" else "")
    if row.route == "import":
        return f"projects/{slug}/imports/{desk.imported.uuid}/"
    if row.method == "DELETE" and row.route in {"members", "looks"}:
        named = {"members": "username", "looks": "person"}[row.route]
        return f"projects/{slug}/{row.route}/?{named}={row.object}"
    if row.route in OF_ARTICLE:
        article = desk.articles[row.object if row.object != "-" else "open"].uuid
        return f"articles/{article}/{OF_ARTICLE[row.route]}"
    if row.object != "-":
        own = f"annotation-sets/{desk.sets[row.object].uuid}/"
        tails = {
            "annotation_set": "",
            "active_time": "active-time/",
            "accept_rest": "reviews/accept-rest/",
            "comments_read": "comments/read/",
            **{
                route: f"carrying/{desk.articles['newer'].uuid}/{tail}"
                for route, tail in CARRYING.items()
            },
        }
        return own + tails.get(row.route, f"{row.route}/")
    tails = {
        "project": "",
        "migration": f"scheme/migrations/{desk.migrated.uuid}/",
        "migrations": "scheme/migrations/",
        "making": f"releases/making/{desk.making.uuid}/",
        "release": "releases/1.0.0/",
        "self_agreement": "agreement/self/",
        "passes": "qualification/passes/",
        "feedback_summary": "feedback/summary/",
        "release_file": "releases/1.0.0/README.md",
    } | COMPARED
    return f"projects/{slug}/" + tails.get(row.route, f"{row.route}/")


CARRYING = {"carrying": "", "settle": "settle/", "take_back": "undo/"}
ADJUDICATED = {
    "adjudication": "",
    "decisions": "decisions/",
    "agreements": "agreements/",
    "undo": "undo/",
    "finish": "finish/",
    "reopen_adjudication": "reopen/",
}


OF_ARTICLE = {
    "article": "",
    "versions": "versions/",
    "article_sets": "annotation-sets/",
    "article_comments": "comments/",
    "article_comments_read": "comments/read/",
} | {route: f"adjudication/{tail}" for route, tail in ADJUDICATED.items()}


def _bench(desk: Desk, row: Row) -> Any:
    return benches.look(by=desk.people["rob"], article=desk.articles[row.object].uuid)


def _assignment(desk: Desk, row: Row) -> dict[str, Any]:
    who = {"POST": "bob", "DELETE": "carl"}[row.method]
    articles = [str(each.uuid) for each in desk.articles.values()]
    return {"person": who, "role": "annotate", "articles": articles}


BODIES: dict[str, Any] = {
    "tokens POST": {"name": "mine", "scopes": ["manage"]},
    "feedback POST": {"correction": str(UUID(int=7)), "text": "Why?"},
    "me PATCH": {"display_name": "Me"},
    "projects POST": {"name": "Mine"},
    "project PATCH": {"description": "Changed"},
    "scheme PUT": {"name": "Small", "labels": [{"name": "CLAIM"}]},
    "migrations POST": {"kind": "retire", "label": "ENTITY"},
    "articles POST": {"text": "A story of its own."},
    "members POST": {"username": "nina", "role": "annotator"},
    "assignments POST": _assignment,
    "assignments DELETE": _assignment,
    "qualification PUT": {"percent": None, "articles": []},
    "passes POST": {"person": "ana"},
    "looks POST": {"person": "ana", "count": 1, "days": 0},
    "article PATCH": {"title": "Another title"},
    "operations POST": lambda _desk, _row: {"operations": [add_span(TEXT, "ENTITY", "Lima")]},
    "active_time POST": {"seconds": 30},
    "reviews POST": lambda desk, row: {
        "span": str(desk.spans[row.object].uuid),
        "verdict": "accept",
    },
    "carrying POST": {},
    "take_back POST": {},
    "settle POST": lambda desk, row: {
        "span": str(desk.spans[row.object].uuid),
        "outcome": "dropped",
        "reason": "Gone.",
    },
    "comments POST": {"text": "Well."},
    "article_comments POST": {"text": "Well."},
    "decisions POST": lambda desk, row: {
        "unit": _bench(desk, row).items[0].key,
        "choice": "none",
    },
}


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    """Make the desk once for all tests here: it takes longer than any of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_desk()
        transaction.set_rollback(True)


def callers(desk: Desk) -> dict[str, Caller]:
    return {
        name: anonymous() if who is None else with_token(who) for name, who in desk.people.items()
    }


def tried(call: Callable[[Any], Any], caller: Any) -> Any:
    """Make a call and take back what it did."""
    with transaction.atomic():
        answer = call(caller)
        transaction.set_rollback(True)
    return answer


# The tests


def test_every_route_of_the_api_has_its_rows() -> None:
    there = {
        (name, method) for name, view in routes(api.urlpatterns) for method in methods(view) if name
    }
    assert {(row.route, row.method) for row in API_ROWS} == there


def test_every_page_has_its_rows() -> None:
    assert {row.route for row in PAGE_ROWS} == {name for name, _view in routes(pages.urlpatterns)}


def test_there_are_no_other_routes() -> None:
    resolver = get_resolver()
    included = [getattr(each, "urlconf_name", None) for each in resolver.url_patterns]
    assert included == [api, pages]


CODES = {401: {"not_signed_in"}, 403: {"forbidden", "own_work"}, 404: {"not_found"}}


@pytest.mark.parametrize("row", API_ROWS, ids=str)
def test_who_may(desk: Desk, row: Row) -> None:
    call = api_call(desk, row)
    answers = {name: tried(call, caller) for name, caller in callers(desk).items()}
    statuses = {name: answers[name].status_code for name in PEOPLE}
    assert statuses == dict(zip(PEOPLE, row.statuses, strict=True))
    for answer in answers.values():
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == PROBLEM
            assert answer.json()["code"] in CODES.get(answer.status_code, {answer.json()["code"]})


@pytest.mark.parametrize("row", [row for row in API_ROWS if min(row.statuses) < 300], ids=str)
def test_each_scope_covers_its_own_and_no_more(desk: Desk, row: Row) -> None:
    allowed = [name for name, status in zip(PEOPLE, row.statuses, strict=True) if status < 300]
    name = next(name for name in allowed if name != "anonymous")
    usual = dict(zip(PEOPLE, row.statuses, strict=True))[name]
    call = api_call(desk, row)
    expected, statuses = {}, {}
    for scope in Scope:
        answer = tried(call, with_token(desk.people[name], [scope]))
        expected[scope] = usual if row.scope in {None, scope} else 403
        statuses[scope] = answer.status_code
        if expected[scope] == 403:
            assert answer.json()["code"] == "scope_missing"
    assert statuses == expected


IN_PROJECT = [row for row in API_ROWS if row.statuses[1] == 404]


@pytest.mark.parametrize("row", [row for row in IN_PROJECT if row.route != "tokens"], ids=str)
def test_a_token_for_one_project_knows_no_other(desk: Desk, row: Row) -> None:
    for name in ("ana", "rita", "max"):
        who = desk.people[name]
        own = make_project(who)
        call = api_call(desk, row)
        assert tried(call, with_token(who, project=own)).status_code == 404
        wide, narrow = with_token(who), with_token(who, project=desk.project)
        assert tried(call, narrow).status_code == tried(call, wide).status_code


@pytest.mark.parametrize("row", IN_PROJECT, ids=str)
def test_a_session_may_what_a_token_may(desk: Desk, row: Row) -> None:
    call = api_call(desk, row)
    for name in ("stranger", "ana", "rita", "max"):
        who = desk.people[name]
        expected = dict(zip(PEOPLE, row.statuses, strict=True))[name]
        assert tried(call, signed_in(who)).status_code == expected
        if row.method != "GET":
            answer = tried(call, signed_in(who, csrf=False))
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
            assert "CSRF" in answer.json()["detail"]


@pytest.mark.parametrize("row", [row for row in API_ROWS if row.method == "GET"], ids=str)
def test_head_answers_as_get_does_without_a_body(desk: Desk, row: Row) -> None:
    head = Row(row.route, "HEAD", row.object, row.statuses)
    for name, status in zip(PEOPLE, row.statuses, strict=True):
        answer = callers(desk)[name]("HEAD", api_address(desk, head))
        assert (answer.status_code, answer.content) == (status, b"")


ROUTES = sorted({row.route for row in API_ROWS} - {"docs"})


@pytest.mark.parametrize("route", ROUTES)
def test_other_methods_are_refused_and_the_right_ones_named(desk: Desk, route: str) -> None:
    row = next(each for each in API_ROWS if each.route == route)
    takes = {each.method for each in API_ROWS if each.route == route}
    allow = takes | {"OPTIONS"} | ({"HEAD"} if "GET" in takes else set())
    address, caller = api_address(desk, row), with_token(desk.people["max"])
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"):
        if method not in takes:
            answer = caller(method, address)
            assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
            assert set(answer.headers["Allow"].split(", ")) == allow
            if route != "schema":
                assert anonymous()(method, address).status_code == 401
    answer = caller("OPTIONS", address)
    assert (answer.status_code, answer.content) == (204, b"")
    assert set(answer.headers["Allow"].split(", ")) == allow


@pytest.mark.parametrize(
    "path",
    ["", "nowhere/", "projects", "me", "articles/7/", "annotation-sets/x/operations/", "v2/%00"],
)
def test_what_is_no_address_is_not_found(desk: Desk, path: str) -> None:
    for caller in callers(desk).values():
        for method in ("GET", "POST", "DELETE"):
            answer = caller(method, path)
            assert answer.status_code == 404
            assert (answer.headers["Content-Type"], answer.json()["code"]) == (PROBLEM, "not_found")


# What belongs to another project


def test_ids_of_another_project_lead_nowhere(desk: Desk) -> None:
    caller = with_token(desk.people["max"])
    own, theirs = f"projects/{desk.project.slug}/", make_desk("2")
    answers = [
        caller.get(f"{own}imports/{theirs.imported.uuid}/"),
        caller.post(f"{own}assignments/", _handing(theirs)),
        caller.delete(f"{own}assignments/", _handing(theirs)),
        caller.get(f"articles/{theirs.articles['open'].uuid}/"),
        caller.get(f"annotation-sets/{theirs.sets['ana open'].uuid}/"),
    ]
    assert [each.status_code for each in answers] == [404] * 5
    # A span of a foreign set, or of another set of the same article, is none of this set.
    comments = f"annotation-sets/{desk.sets['ana open'].uuid}/comments/"
    for span in (theirs.spans["ana open"], desk.spans["rita open"]):
        answer = caller.post(comments, {"text": "Hm.", "span": str(span.uuid)})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_unit")


# Pages


@pytest.mark.parametrize("row", PAGE_ROWS, ids=str)
def test_who_may_see_a_page(desk: Desk, row: Row) -> None:
    call, statuses = page_call(desk, row), {}
    for name, who in desk.people.items():
        client = Client()
        if who is not None:
            client.force_login(who.person)
        answer = tried(call, client)
        statuses[name] = answer.status_code
        if name == "anonymous" and answer.status_code == 302 and row.route != "sign_out":
            assert answer.headers["Location"].startswith("/sign-in/?next=/")
    assert {name: statuses[name] for name in PEOPLE} == dict(zip(PEOPLE, row.statuses, strict=True))


def _handing(desk: Desk) -> dict[str, Any]:
    return {"person": "ana", "role": "annotate", "article": str(desk.articles["open"].uuid)}
