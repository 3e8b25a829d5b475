"""Articles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, article
from ..errors import Malformed
from ..queries import article as articles
from .view import View


class Articles(View):
    """`projects/{slug}/articles/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """List the articles that one may read, without their texts; `?q=` searches titles."""
        project, standing = access.project_standing(by=self.actor, slug=slug)
        found = articles.visible(project, self.actor, standing.role)
        found = articles.search(found, self.parameter("q"))
        found = articles.in_state(found, self.parameter("state"))
        return self.paged(found, lambda each: articles.payload(each, text=False))

    def post(self, request: Request, slug: str) -> Response:
        """Store one article, or a list, all or nothing. A text that is known answers `duplicate`."""
        data = request.data
        if not isinstance(data, (dict, list)) or not data:
            raise Malformed("Send an article as an object, or a list of them.")
        items = data if isinstance(data, list) else [data]
        stored = article.add(by=self.actor, slug=slug, items=items)
        payloads = [_payload(each) for each in stored]
        status = 200 if all(each.duplicate for each in stored) else 201
        return Response(payloads if isinstance(data, list) else payloads[0], status=status)


def _payload(stored: article.Stored) -> dict[str, Any]:
    known = articles.payload(stored.article) | {"id": str(stored.id), "version": stored.version}
    return known | ({"duplicate": True} if stored.duplicate else {})


class Article(View):
    """`articles/{id}/`"""

    def get(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Return an article with its text."""
        found, _standing = access.article_standing(by=self.actor, uuid=uuid, text=True)
        return Response(articles.payload(found))

    def patch(self, request: Request, uuid: UUID) -> Response:
        """Change an article's metadata; its text never changes."""
        return Response(
            articles.payload(article.describe(by=self.actor, uuid=uuid, changes=request.data))
        )
