"""The time that people were at work."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import activity
from .contract import promises
from .shapes import activity as shapes
from .view import View


class ActiveTime(View):
    """`annotation-sets/{id}/active-time/`"""

    @promises(shapes.ActiveTime, takes=shapes.WorkReport, refuses=(errors.Invalid,))
    def post(self, request: Request, uuid: UUID) -> Response:
        """Add seconds in which one was at work on one's own set.

        What is told is taken as far as it can be true: no more than has passed since the last report, or since
        the set was begun, and nothing after it was submitted. So a report may be repeated.
        """
        told = self.body("seconds").get("seconds")
        found = activity.report(by=self.actor, uuid=uuid, seconds=told)
        return Response({"active_seconds": found})
