"""Where the pages of the table of rights are, and what is sent to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

from labels.actions import token

from .desk import Desk
from .rights import COMPARED, Row


def anas_token(desk: Desk) -> Any:
    """Return the id of a new token of Ana's."""
    made, _secret = token.create(by=desk.people["ana"].person, scopes=["read"])
    return made.uuid


def page_call(desk: Desk, row: Row) -> Callable[[Client], Any]:
    """Return a visit as a browser without script makes it."""
    slug, route = desk.project.slug, row.route
    inside = {"project": "", "import": "import/", "people": "people/", "scheme": "scheme/"}
    inside |= {"migrations": "scheme/migrations/", "making": f"releases/making/{desk.making.uuid}/"}
    inside |= {"migration": f"{inside['migrations']}{desk.migrated.uuid}/"}
    inside |= {"adjudications": "adjudication/", "feedback": "feedback/", "settings": "settings/"}
    inside |= {"qualification": "qualification/"} | COMPARED
    if route in {"article", "versions", "label", "adjudication"}:
        article = desk.articles[row.object if row.object != "-" else "open"].uuid
        address = f"/articles/{article}/" + ("" if route == "article" else f"{route}/")
    elif route == "review":
        address = f"/annotation-sets/{desk.sets[row.object].uuid}/review/"
    elif route in {"releases", "release"}:
        address = f"/projects/{slug}/releases/" + ("" if route == "releases" else "1.0.0/")
    elif route in {"agreement", "agreement_spans", "agreement_marks", "agreement_units"}:
        address = f"/projects/{slug}/agreement/"
        address += route.removeprefix("agreement").replace("_", "") + "/" * (route != "agreement")
    elif route in {"pace", "pace_sets"}:
        address = f"/projects/{slug}/progress/" + ("sets/" if route != "pace" else "")
    elif route in inside or route == "export":
        address = f"/projects/{slug}/{inside.get(route, 'export/')}"
    else:
        address = PLACES[route]
    data = PAGE_FORMS.get(route, {})
    if route == "tokens":
        data = {"do": "revoke", "token": str(anas_token(desk))}
    if row.method == "POST":
        return lambda client: client.post(address, data)
    return lambda client: client.get(address)


PLACES = {
    "home": "/",
    "health": "/health/",
    "sign_in": "/sign-in/",
    "sign_in_link": "/sign-in/nonsense/",
    "sign_out": "/sign-out/",
    "me": "/me/",
    "tokens": "/me/tokens/",
    "project_new": "/projects/new/",
    "conversations": "/conversations/",
}
PAGE_FORMS = {
    "adjudication": {"do": "start"},
    "feedback": {"correction": str(uuid4()), "text": "Why?"},
    "releases": {"with_text": "yes", "pseudonyms": "yes", "split": "none"},
    "sign_in": {"username": "ana", "password": "a guess"},
    "project_new": {"name": "Mine"},
    "scheme": {"definition": "{"},
    "people": {"do": "add", "username": ""},
    "settings": {"name": ""},
    "article": {"title": ""},
}
