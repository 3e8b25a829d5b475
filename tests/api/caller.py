"""How tests call the API: as a program with a token, or as a browser with a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import orjson
from django.test import Client

from labels.actions import token
from labels.actions.access import Actor
from labels.models import AnnotationSet, Project
from labels.vocabulary import Scope

ALL = tuple(Scope.values)
ROOT = "/api/v1/"
PROBLEM = "application/problem+json"


class Caller:
    """Somebody who calls the API. Answers are kept as they come, streams read to their end."""

    def __init__(self, client: Client, headers: dict[str, str] | None = None) -> None:
        self.client = client
        self.headers = headers or {}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send JSON (or bytes as they are); a header's name is written with underscores."""
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        kind = sent.pop("content-type", "application/json")
        address = path if path.startswith(("/", "http")) else ROOT + path
        return self.client.generic(
            method,
            address,
            data=b"" if body is None else content,
            content_type=kind,
            headers=sent,
        )

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("PATCH", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("DELETE", path, body, **headers)

    def upload(self, path: str, *files: Any, **fields: Any) -> Any:
        """Send files as a form does."""
        data = fields | ({"file": list(files)} if files else {})
        return self.client.post(ROOT + path, data, headers=self.headers)

    def operations(
        self, row: AnnotationSet, *operations: Any, key: object = None, version: object = None
    ) -> Any:
        """Send a batch at the set's present version, under a key of its own."""
        if version is None:
            version = AnnotationSet.objects.values_list("version", flat=True).get(pk=row.pk)
        return self.post(
            f"annotation-sets/{row.uuid}/operations/",
            {"operations": list(operations)},
            if_match=f'"{version}"',
            idempotency_key=str(key or uuid4()),
        )

    def move(self, row: AnnotationSet, name: str, body: Any = None) -> Any:
        """Make a move with the set's present version."""
        version = AnnotationSet.objects.values_list("version", flat=True).get(pk=row.pk)
        return self.post(f"annotation-sets/{row.uuid}/{name}/", body, if_match=f'"{version}"')


def with_token(
    who: Actor, scopes: Sequence[str] = ALL, *, project: Project | None = None
) -> Caller:
    """Return somebody who calls with a token."""
    _made, secret = token.create(by=who.person, scopes=scopes, project=project)
    return Caller(Client(), {"Authorization": f"Bearer {secret}"})


def anonymous() -> Caller:
    """Return somebody without token or session."""
    return Caller(Client())


def signed_in(who: Actor, *, csrf: bool = True) -> Caller:
    """Return somebody with a session; `csrf` tells whether they send the token that writes need."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(who.person)
    if not csrf:
        return Caller(client)
    client.get("/sign-in/")
    secret = "0123456789abcdef0123456789abcdef"
    client.cookies["csrftoken"] = secret
    return Caller(client, {"X-CSRFToken": secret})


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """Hold an answer to be a refusal of this kind, whole and in the right form, and return it."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.content
    found: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= set(found)
    assert (found["status"], found["code"], found["type"]) == (status, code, f"urn:galley:{code}")
    assert all((found["title"], found["detail"]))
    return found


def answered(answer: Any, status: int = 200) -> Any:
    """Hold an answer to be JSON with this status, and return it."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json"), (
        answer.content
    )
    return answer.json()
