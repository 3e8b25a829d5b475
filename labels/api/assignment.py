"""Assignments."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, assignment
from ..actions.access import Act
from ..queries import assignment as assignments
from ..vocabulary import Task
from .contract import PAGED, Parameter, promises
from .shapes import assignment as shapes
from .view import View, read_uuid

TAKEN = (
    Parameter("person", "A user name."),
    Parameter("role", "Which task is taken back.", {"type": "string", "enum": Task.values}),
    Parameter("article", "The id of an article; several may be named.", {"type": "string"}),
)


class Assignments(View):
    """`projects/{slug}/assignments/`"""

    @promises(shapes.Assignment, many=True, parameters=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        """List who has which article, to label or to review."""
        project = access.project(Act.READ_ASSIGNMENTS, by=self.actor, slug=slug)
        return self.paged(assignments.of_project(project), assignments.payload)

    @promises(
        shapes.Assignment(many=True), 201, takes=shapes.NewAssignment, refuses=(errors.Invalid,)
    )
    def post(self, request: Request, slug: str) -> Response:
        """Assign articles to a person. What they have already stays as it is.

        With `count` instead of articles: the next ones that nobody has, hidden gold among them as the
        project has it.
        """
        body = self._body()
        if "count" in body:
            made = assignment.assign_unassigned(by=self.actor, slug=slug, **_counted(body))
        else:
            made = assignment.assign(by=self.actor, slug=slug, **_wanted(body))
        return Response([assignments.payload(each) for each in made], status=201)

    @promises(status=204, parameters=TAKEN, refuses=(errors.Invalid,))
    def delete(self, request: Request, slug: str) -> Response:
        """Take articles back; the work done on them stays.

        Name them as parameters, or in a body as for POST.
        """
        asked = request.query_params
        body = {name: self.parameter(name) for name in ("person", "role") if name in asked}
        articles = {"articles": asked.getlist("article")} if "article" in asked else {}
        assignment.withdraw(
            by=self.actor, slug=slug, **_wanted(body | articles if asked else self._body())
        )
        return Response(status=204)

    def _body(self) -> dict[str, Any]:
        return self.body("article", "articles", "person", "role", "count")


def _counted(body: dict[str, Any]) -> dict[str, Any]:
    count = body["count"]
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= assignment.MOST:
        raise _invalid("count", f"a whole number from 1 to {assignment.MOST} is expected.")
    if "article" in body or "articles" in body:
        raise _invalid("count", "send either a count or articles.")
    return _whom(body) | {"count": count}


def _wanted(body: dict[str, Any]) -> dict[str, Any]:
    whom = _whom(body)
    raw = body.get("articles", [body["article"]] if "article" in body else None)
    if not isinstance(raw, list) or not raw:
        raise _invalid("articles", "a list of ids is expected.")
    if len(raw) > assignment.MOST:
        raise _invalid("articles", f"{assignment.MOST} at a time are the most.")
    return whom | {"articles": [read_uuid(each, "articles") for each in raw]}


def _whom(body: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(body.get("person"), str):
        raise _invalid("person", "a user name is expected.")
    if body.get("role") not in Task.values:
        raise _invalid("role", f"{' or '.join(Task.values)} is expected.")
    return {"person": body["person"], "role": Task(body["role"])}


def _invalid(field: str, message: str) -> errors.Invalid:
    return errors.Invalid(f"{field}: {message}", errors=[{"field": field, "code": "invalid"}])
