"""Assignments."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, assignment
from ..actions.access import Act
from ..errors import Invalid
from ..queries import assignment as assignments
from ..vocabulary import Task
from .view import View, read_uuid


class Assignments(View):
    """`projects/{slug}/assignments/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """List who has which article, to label or to review."""
        project = access.project(Act.ASSIGN, by=self.actor, slug=slug)
        return self.paged(assignments.of_project(project), assignments.payload)

    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Assign articles (`articles`, or one `article`) to a `person` in a `role`."""
        made = assignment.assign(by=self.actor, slug=slug, **self._wanted())
        return Response([assignments.payload(each) for each in made], status=201)

    def delete(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Take articles back; the work done on them stays."""
        assignment.withdraw(by=self.actor, slug=slug, **self._wanted())
        return Response(status=204)

    def _wanted(self) -> dict[str, Any]:
        body = self.body("article", "articles", "person", "role")
        if not isinstance(body.get("person"), str):
            raise Invalid("person: a user name is expected.", errors=[{"field": "person"}])
        if body.get("role") not in Task.values:
            raise Invalid(f"role: {' or '.join(Task.values)}.", errors=[{"field": "role"}])
        return {
            "person": body["person"],
            "role": Task(body["role"]),
            "articles": _articles(body.get("articles", [body.get("article")])),
        }


def _articles(raw: Any) -> list[UUID]:
    if not isinstance(raw, list) or not raw:
        raise Invalid("articles: a list of ids is expected.", errors=[{"field": "articles"}])
    return [read_uuid(each, "articles") for each in raw]
