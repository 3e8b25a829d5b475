"""Annotation sets: starting, reading, changing, handing in, judging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, annotation, operation
from ..actions.access import Act
from ..models import AnnotationSet
from ..queries import annotation as sets
from ..queries import article as articles
from ..queries import revision as log
from .view import View


def tagged(payload: dict[str, Any], status: int = 200) -> Response:
    """Answer with a version as ETag."""
    return Response(payload, status=status, headers={"ETag": f'"{payload["version"]}"'})


class ArticleSets(View):
    """`articles/{id}/annotation-sets/`: the sets that one may read; POST starts one's own."""

    def get(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """List the sets of an article, without their units."""
        article, standing = access.article_standing(by=self.actor, uuid=uuid)
        found = articles.sets_of(article)
        if not access.may(Act.REVIEW_SET, standing):
            found = found.filter(annotator=self.actor.person)
        return self.paged(found, lambda row: sets.head(row))

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Start one's own set: 201 with it, or 200 with the one that is there."""
        row, made = annotation.start(by=self.actor, article=uuid)
        row, _standing = access.set_standing(by=self.actor, uuid=row.uuid)
        payload = sets.payload(row, unit=self.offset_unit())
        return tagged(payload, 201 if made else 200)


class Set(View):
    """`annotation-sets/{id}/`"""

    def get(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Return a set with its spans and relations."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        unit = self.offset_unit()
        return tagged(sets.payload(row, unit=unit))


class Operations(View):
    """`annotation-sets/{id}/operations/`"""

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Apply a batch of operations, all or nothing, once per Idempotency-Key."""
        key, version = self.idempotency_key(), self.if_match()
        answer = operation.apply(
            by=self.actor,
            uuid=uuid,
            if_match=version,
            key=key,
            operations=self.body("operations").get("operations"),
        )
        return tagged(answer.payload())


class Move(View):
    """Base of the moves from state to state; each answers with the whole set."""

    def moved(self, uuid: UUID, act: Callable[..., AnnotationSet], **more: Any) -> Response:
        """Make the move and return the set after it."""
        act(by=self.actor, uuid=uuid, if_match=self.if_match(), **more)
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return tagged(sets.payload(row))

    def note(self) -> Any:
        """Return the note that may go with a judgement."""
        return self.body("note").get("note", "") if self.request.data else ""


class Submit(Move):
    """`annotation-sets/{id}/submit/`"""

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Hand in; 422 with what is missing."""
        return self.moved(uuid, annotation.submit)


class Reopen(Move):
    """`annotation-sets/{id}/reopen/`"""

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Take back, as long as nobody has reviewed it."""
        return self.moved(uuid, annotation.reopen)


class Return(Move):
    """`annotation-sets/{id}/return/`"""

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Return to the annotator."""
        return self.moved(uuid, annotation.give_back, note=self.note())


class Approve(Move):
    """`annotation-sets/{id}/approve/`"""

    def post(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Approve."""
        return self.moved(uuid, annotation.approve, note=self.note())


class Revisions(View):
    """`annotation-sets/{id}/revisions/`"""

    def get(self, request: Request, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """List a set's history, oldest first."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return self.paged(log.of_set(row), log.payload)
