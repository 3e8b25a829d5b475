"""Verdicts and comments on a set."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, comment, review
from ..queries import review as reviews
from .view import View, optional_uuid


class Reviews(View):
    """`annotation-sets/{id}/reviews/`"""

    def get(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """List the verdicts, oldest first; the last of a unit counts."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return self.paged(reviews.reviews(row), reviews.payload)

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Give a verdict."""
        body = self.body("span", "relation", "verdict", "reason", "comment", "proposal")
        made = review.judge(
            by=self.actor,
            uuid=uuid,
            verdict=body.get("verdict", ""),
            span=optional_uuid(body, "span"),
            relation=optional_uuid(body, "relation"),
            reason=body.get("reason", ""),
            remark=body.get("comment", ""),
            proposal=body.get("proposal"),
        )
        return Response(reviews.payload(made), status=201)


class AcceptRest(View):
    """`annotation-sets/{id}/reviews/accept-rest/`"""

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Accept all that has no verdict yet."""
        made = review.accept_rest(by=self.actor, uuid=uuid)
        return Response({"accepted": [reviews.payload(each) for each in made]})


class Comments(View):
    """`annotation-sets/{id}/comments/`"""

    def get(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """List the comments, oldest first."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return self.paged(reviews.comments(row), reviews.comment_payload)

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Say something on the set, or on a span or relation of it."""
        body = self.body("span", "relation", "text")
        made = comment.add(
            by=self.actor,
            uuid=uuid,
            said=body.get("text", ""),
            span=optional_uuid(body, "span"),
            relation=optional_uuid(body, "relation"),
        )
        return Response(reviews.comment_payload(made), status=201)
