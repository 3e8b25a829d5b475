"""How far a project is, what happened in it, and what is next."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access
from ..queries import assignment as queue
from ..queries import project as projects
from ..queries import revision as log
from ..vocabulary import Role, Scope
from .contract import PAGED, Parameter, promises
from .shapes import annotation, assignment
from .shapes import project as shapes
from .view import View

SINCE = Parameter(
    "since", "The `id` of the last line you have, or 0.", {"type": "integer", "minimum": 0}
)
LONGEST_NUMBER = 18
"""Digits of a number that fits 64 bits."""


class Progress(View):
    """`projects/{slug}/progress/`"""

    @promises(shapes.Progress)
    def get(self, request: Request, slug: str) -> Response:
        """Get one's own figures; reviewers also those of what they review, managers the project's."""
        found, standing = access.project_standing(by=self.actor, slug=slug)
        figures = {"own": queue.progress(self.actor, found)}
        if standing.role == Role.REVIEWER:
            figures["review"] = queue.reviewing(self.actor, found)
        if standing.role == Role.MANAGER:
            figures["project"] = projects.counts(found)
        return Response(figures)


class Changes(View):
    """`projects/{slug}/changes/`"""

    @promises(annotation.Revision, many=True, parameters=(SINCE, *PAGED), refuses=(errors.Invalid,))
    def get(self, request: Request, slug: str) -> Response:
        """List what happened after a place in the log, oldest first.

        Annotators see their own annotation sets, reviewers those they may read, managers everything.
        """
        found, standing = access.project_standing(by=self.actor, slug=slug)
        since = self.parameter("since", "0")
        if not (since.isascii() and since.isdecimal()) or len(since) > LONGEST_NUMBER:
            raise errors.Invalid(
                "since: the id of the last line you have, or 0.",
                errors=[{"field": "since", "code": "invalid"}],
            )
        lines = log.of_project(found, int(since))
        if standing.role == Role.ANNOTATOR:
            lines = lines.filter(annotation_set__annotator=self.actor.person)
        elif standing.role == Role.REVIEWER:
            lines = log.reviewed_by(lines, self.actor.person)
        return self.paged(log.shown(lines, self.actor.person), log.payload)


class Next(View):
    """`projects/{slug}/next/`"""

    @promises(assignment.QueueItem, (200, 204))
    def post(self, request: Request, slug: str) -> Response:
        """Get the next article for me: something to label, else something to review; 204 if there is nothing."""
        found, _standing = access.project_standing(by=self.actor, slug=slug, scope=Scope.ANNOTATE)
        item = queue.next_for(self.actor, found)
        return Response(status=204) if item is None else Response(queue.item_payload(item))
