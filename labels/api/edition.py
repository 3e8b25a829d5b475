"""The texts of an article: which there are, and carrying one's own set over from an older to a newer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, edition, outline
from ..queries import article as articles
from ..queries import edition as editions
from ..vocabulary import Carried
from .contract import promises
from .shapes import edition as shapes
from .view import View

REFUSES = (errors.Conflict, errors.Invalid, errors.SetLocked, errors.AlreadyExists)


class Versions(View):
    """`articles/{id}/versions/`"""

    @promises(shapes.ArticleVersions)
    def get(self, request: Request, uuid: UUID) -> Response:
        """List the texts of an article, oldest first, those that one may read."""
        found, standing = access.article_standing(by=self.actor, uuid=uuid)
        there = editions.readable(found, self.actor, standing.role)
        lines = [
            articles.payload(each, text=False) | {"created_at": each.created_at.isoformat()}
            for each in there
        ]
        return Response({"results": lines})


class Carrying(View):
    """`annotation-sets/{id}/carrying/{article}/`"""

    @promises(shapes.Carrying, refuses=(errors.Conflict,))
    def get(self, request: Request, uuid: UUID, article: UUID) -> Response:
        """See what becomes of one's own set in a newer text of its article, span by span. Nothing changes."""
        return Response(outline.payload(edition.look(by=self.actor, uuid=uuid, to=article)))

    @promises(shapes.Carrying, refuses=REFUSES)
    def post(self, request: Request, uuid: UUID, article: UUID) -> Response:
        """Start one's own set of the newer text, and mark in it what is unchanged or moved, with its links.

        Both are proven by comparing the texts; nothing else is marked. The older set stays as it is. Repeated, it
        carries over what is still missing.
        """
        self.body()
        return _answer(edition.carry(by=self.actor, uuid=uuid, to=article))


class Settle(View):
    """`annotation-sets/{id}/carrying/{article}/settle/`"""

    @promises(
        shapes.Carrying,
        takes=shapes.Settling,
        refuses=(*REFUSES, errors.QuoteMismatch, errors.BadOffsets, errors.OverlapRefused),
    )
    def post(self, request: Request, uuid: UUID, article: UUID) -> Response:
        """Settle a span that has not come along: mark it, say that it was marked again, or leave it out."""
        body = self.body("span", "outcome", "fragments", "reason")
        done = edition.settle(
            by=self.actor,
            uuid=uuid,
            to=article,
            span=_span(body.get("span")),
            outcome=_outcome(body),
            fragments=body.get("fragments"),
            reason=body.get("reason", ""),
        )
        return _answer(done)


class TakeBack(View):
    """`annotation-sets/{id}/carrying/{article}/undo/`"""

    @promises(shapes.Carrying, refuses=REFUSES)
    def post(self, request: Request, uuid: UUID, article: UUID) -> Response:
        """Take back what carrying over has marked and nobody has changed since, and what was settled."""
        self.body()
        return _answer(edition.take_back(by=self.actor, uuid=uuid, to=article))


def _answer(done: edition.Done) -> Response:
    return Response(outline.payload(done.outline) | {"refused": done.refused})


def _span(raw: Any) -> UUID:
    try:
        return UUID(raw)
    except (ValueError, TypeError, AttributeError):
        raise _fault("span", "the id of a span is expected.") from None


def _outcome(body: dict[str, Any]) -> Carried | None:
    given = body.get("outcome", "")
    if given is None:
        return None
    if given not in Carried.values:
        raise _fault("outcome", f"one of {', '.join(Carried.values)}, or null, is expected.")
    return Carried(given)


def _fault(name: str, said: str) -> errors.Invalid:
    return errors.Invalid(f"{name}: {said}", errors=[{"field": name, "code": "invalid"}])
