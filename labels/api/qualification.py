"""The qualification round: articles with gold that new annotators label before all others."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, feedback, qualification
from ..actions.access import Act
from ..actions.qualification import Result, Round
from ..vocabulary import Scope
from .contract import promises
from .shapes import qualification as shapes
from .view import View, read_uuid


class Qualification(View):
    """`projects/{slug}/qualification/`"""

    @promises(shapes.Qualification)
    def get(self, request: Request, slug: str) -> Response:
        """Get the round: managers with everybody's results, others with their own.

        Scores come once all of the round is handed in.
        """
        return Response(_payload(qualification.look(by=self.actor, slug=slug)))

    @promises(shapes.Qualification, takes=shapes.NewQualification, refuses=(errors.Invalid,))
    def put(self, request: Request, slug: str) -> Response:
        """Set the round's articles, and from which score one has passed; null: there is no round.

        Who comes as an annotator afterwards has the round before them: until they pass, nothing else is in their
        queue. Articles need a finished gold set. What is labelled in the round never counts in agreement.
        """
        body = self.body("percent", "articles")
        raw = body.get("articles")
        if not isinstance(raw, list):
            raise errors.Invalid(
                "articles: a list of ids is expected.",
                errors=[{"field": "articles", "code": "invalid"}],
            )
        qualification.change(
            by=self.actor,
            slug=slug,
            percent=body.get("percent"),
            articles=[read_uuid(each, "articles") for each in raw],
        )
        return Response(_payload(qualification.look(by=self.actor, slug=slug, scope=Scope.MANAGE)))


class Passes(View):
    """`projects/{slug}/qualification/passes/`"""

    @promises(shapes.Taker, 201, takes=shapes.NewPass, refuses=(errors.Invalid,))
    def post(self, request: Request, slug: str) -> Response:
        """Let somebody pass by hand, whatever their score."""
        person = self.body("person").get("person")
        if not isinstance(person, str):
            raise errors.Invalid(
                "person: a user name is expected.", errors=[{"field": "person", "code": "invalid"}]
            )
        qualification.let_pass(by=self.actor, slug=slug, person=person)
        found = qualification.look(by=self.actor, slug=slug, scope=Scope.MANAGE)
        (mine,) = [each for each in found.results if each.membership.person.username == person]
        return Response(_taker(mine), status=201)


def _payload(found: Round) -> dict[str, Any]:
    manages = access.may(Act.READ_MEMBERS, found.standing)
    return {
        "percent": found.project.qualify_from if manages else None,
        "articles": [str(each.article.uuid) for each in found.trials] if manages else [],
        "people": [_taker(each) for each in found.results],
    }


def _taker(result: Result) -> dict[str, Any]:
    score = result.score
    return {
        "person": result.membership.person.username,
        "state": result.state,
        "handed_in": result.handed_in,
        "total": result.total,
        "percent": score.percent if score else None,
        "labels": [
            {"label": label} | feedback.counted(near)
            for label, near in (score.labels if score else {}).items()
        ],
    }
