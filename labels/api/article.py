"""Articles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, article
from ..queries import article as articles
from ..queries.access import seen
from ..vocabulary import State
from .contract import PAGED, Parameter, promises
from .shapes import article as shapes
from .view import View

STATES = [*State.values, articles.UNTOUCHED]
STATE = Parameter(
    "state",
    "Articles with a set in this state, of the sets that you may read; `untouched`: with none.",
    {"type": "string", "enum": STATES},
)
WORDS = Parameter("q", "Words that title, publisher or external id have.")


class Articles(View):
    """`projects/{slug}/articles/`"""

    @promises(
        shapes.ArticleHead, many=True, parameters=(WORDS, STATE, *PAGED), refuses=(errors.Invalid,)
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the articles that one may read, without their texts."""
        project, standing = access.project_standing(by=self.actor, slug=slug)
        found = articles.visible(project, self.actor, standing.role)
        found = articles.search(found, self.parameter("q"))
        state = self.chosen("state", STATES)
        found = articles.in_state(found, state, seen(self.actor, project, standing.role))
        return self.paged(found, lambda each: articles.payload(each, text=False))

    @promises(
        shapes.StoredArticle,
        (201, 200),
        takes=shapes.NewArticle,
        or_list=True,
        refuses=(errors.BadText, errors.Invalid, errors.Conflict),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Store one article, or a list of up to 1,000, all or nothing.

        A text that the project has is not doubled: its article is answered with `duplicate`. 201 if anything
        was stored, 200 if all of it was there. A list is answered with a list.

        Another text of an `external_id` that the project has becomes the next version of that article, as does a
        text whose `supersedes` names the article that it follows.
        """
        data: Any = request.data
        if not isinstance(data, (dict, list)) or not data:
            raise errors.Malformed("Send an article as an object, or a list of them.")
        items = data if isinstance(data, list) else [data]
        stored = article.add(by=self.actor, slug=slug, items=items)
        payloads = _payloads(stored)
        status = 200 if all(each.duplicate for each in stored) else 201
        return Response(payloads if isinstance(data, list) else payloads[0], status=status)


def _payloads(stored: list[article.Stored]) -> list[dict[str, Any]]:
    """Return articles as the project has them: a duplicate keeps the metadata that it came with first."""
    known = articles.by_id({each.id for each in stored if each.duplicate})
    return [
        articles.payload(known[each.id]) | {"duplicate": True}
        if each.duplicate
        else articles.payload(each.article) | {"id": str(each.id), "version": each.version}
        for each in stored
    ]


class Article(View):
    """`articles/{id}/`"""

    @promises(shapes.OneArticle)
    def get(self, request: Request, uuid: UUID) -> Response:
        """Get an article with its text."""
        found, _standing = access.article_standing(by=self.actor, uuid=uuid, text=True)
        return Response(articles.whole(found))

    @promises(shapes.OneArticle, takes=shapes.ArticleChanges, refuses=(errors.Invalid,))
    def patch(self, request: Request, uuid: UUID) -> Response:
        """Change what is known of an article. Its text and external id never change."""
        return Response(
            articles.whole(article.describe(by=self.actor, uuid=uuid, changes=request.data))
        )
