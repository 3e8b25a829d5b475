"""Verdicts and comments on a set."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, comment, renewing, review
from ..actions.access import Act
from ..queries import comment as comments
from ..queries import review as reviews
from .contract import MARKING, MAY_REPEAT, PAGED, promises
from .shapes import review as shapes
from .view import View, optional_uuid

REPEATED = (errors.Malformed, errors.KeyReused)


class Reviews(View):
    """`annotation-sets/{id}/reviews/`"""

    @promises(shapes.Review, many=True, parameters=PAGED)
    def get(self, request: Request, uuid: UUID) -> Response:
        """List the verdicts, oldest first; the last of a unit counts."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return self.paged_together(
            reviews.reviews(row),
            lambda page: [reviews.payload(each) for each in renewing.reviews(page)],
        )

    @promises(
        shapes.Review,
        201,
        takes=shapes.NewReview,
        parameters=(MAY_REPEAT,),
        refuses=(
            *REPEATED,
            *MARKING,
            errors.Invalid,
            errors.BadReview,
            errors.OwnWork,
            errors.WrongState,
        ),
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Give a verdict on a span or relation of a submitted set, or propose what is missing."""
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
            key=self.optional_key(),
        )
        return Response(reviews.payload(made), status=201)


class AcceptRest(View):
    """`annotation-sets/{id}/reviews/accept-rest/`"""

    @promises(shapes.Accepted, refuses=(errors.OwnWork, errors.WrongState))
    def post(self, request: Request, uuid: UUID) -> Response:
        """Accept all that has no verdict yet."""
        made = review.accept_rest(by=self.actor, uuid=uuid)
        return Response({"accepted": [reviews.payload(each) for each in made]})


class Comments(View):
    """`annotation-sets/{id}/comments/`"""

    @promises(shapes.Comment, many=True, parameters=PAGED)
    def get(self, request: Request, uuid: UUID) -> Response:
        """List the comments, oldest first."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return self.paged(reviews.comments(row), reviews.comment_payload)

    @promises(
        shapes.Comment,
        201,
        takes=shapes.NewComment,
        parameters=(MAY_REPEAT,),
        refuses=(*REPEATED, errors.Invalid, errors.UnknownUnit),
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Say something on the set, or on a span or relation of it."""
        body = self.body("span", "relation", "text", "resolves")
        made = comment.add(
            by=self.actor,
            uuid=uuid,
            said=body.get("text", ""),
            span=optional_uuid(body, "span"),
            relation=optional_uuid(body, "relation"),
            resolves=body.get("resolves", False),
            key=self.optional_key(),
        )
        return Response(reviews.comment_payload(made), status=201)


class CommentsRead(View):
    """`annotation-sets/{id}/comments/read/`"""

    @promises(status=204)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Note that one has read the comments that are there."""
        comment.read(by=self.actor, uuid=uuid)
        return Response(status=204)


class ArticleComments(View):
    """`articles/{id}/comments/`"""

    @promises(shapes.Comment, many=True, parameters=PAGED)
    def get(self, request: Request, uuid: UUID) -> Response:
        """List the comments on the article itself, oldest first.

        Who labels it is not told what others who label it say there.
        """
        article, standing = access.article_standing(by=self.actor, uuid=uuid)
        everything = access.may(Act.READ_ALL_COMMENTS, standing)
        found = comments.of_article(self.actor, article, all_of_them=everything)
        return self.paged(found, reviews.comment_payload)

    @promises(shapes.Comment, 201, takes=shapes.NewRemark, refuses=(errors.Invalid,))
    def post(self, request: Request, uuid: UUID) -> Response:
        """Say something on the article, to all who work on it."""
        body = self.body("text", "resolves")
        made = comment.add_on_article(
            by=self.actor,
            uuid=uuid,
            said=body.get("text", ""),
            resolves=body.get("resolves", False),
        )
        return Response(reviews.comment_payload(made), status=201)


class ArticleCommentsRead(View):
    """`articles/{id}/comments/read/`"""

    @promises(status=204)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Note that one has read the comments that are on the article."""
        comment.read_on_article(by=self.actor, uuid=uuid)
        return Response(status=204)
