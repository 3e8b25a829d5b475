"""Annotation sets: starting, reading, changing, handing in, judging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, annotation, operation
from ..queries import access as found_for
from ..queries import annotation as sets
from ..queries import article as articles
from ..queries import revision as log
from ..queries.snapshot import snapshot
from .contract import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    KEYED,
    MARKING,
    OFFSET_UNIT,
    PAGED,
    VERSIONED,
    promises,
)
from .paging import BY_VERSION
from .shapes import annotation as shapes
from .shapes import operation as operations
from .view import View


def tagged(payload: dict[str, Any], status: int = 200) -> Response:
    """Answer with a version as ETag."""
    return Response(payload, status=status, headers={"ETag": f'"{payload["version"]}"'})


class SetView(View):
    """Base of what answers with a whole set."""

    def whole(self, uuid: UUID, status: int = 200) -> Response:
        """Answer with a set that was just written: who may write it need not have the scope to read."""
        unit = self.offset_unit()
        with snapshot():
            row, _standing = found_for.annotation_set(self.actor, uuid)
            return tagged(sets.payload(row, unit), status)


class ArticleSets(SetView):
    """`articles/{id}/annotation-sets/`"""

    @promises(shapes.AnnotationSetHead, many=True, parameters=PAGED)
    def get(self, request: Request, uuid: UUID) -> Response:
        """List the sets of an article that one may read, without their units."""
        article, standing = access.article_standing(by=self.actor, uuid=uuid)
        seen = found_for.seen(self.actor, article.project, standing.role)
        return self.paged(articles.sets_of(article, seen), sets.head)

    @promises(shapes.AnnotationSet, (201, 200), parameters=(OFFSET_UNIT,))
    def post(self, request: Request, uuid: UUID) -> Response:
        """Start one's own set, or get the one that is there.

        201 if it was made just now, 200 if it was there. A manager who starts one is assigned by it.
        """
        self.offset_unit()
        row, made = annotation.start(by=self.actor, article=uuid)
        return self.whole(row.uuid, 201 if made else 200)


class Set(View):
    """`annotation-sets/{id}/`"""

    @promises(shapes.AnnotationSet, parameters=(OFFSET_UNIT,))
    def get(self, request: Request, uuid: UUID) -> Response:
        """Get a set with its spans and relations.

        Spans stand in the order of the text, relations in that of their making. The header `ETag` holds the
        version: send it with changes as `If-Match`.
        """
        unit = self.offset_unit()
        # As of one moment, so that the units are those of the version.
        with snapshot():
            row, _standing = access.set_standing(by=self.actor, uuid=uuid)
            return tagged(sets.payload(row, unit))


class Operations(View):
    """`annotation-sets/{id}/operations/`"""

    @promises(
        operations.OperationsAnswer,
        takes=operations.Batch,
        parameters=(IF_MATCH, IDEMPOTENCY_KEY),
        refuses=(*VERSIONED, *KEYED, *MARKING),
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Change one's own set by a batch of operations, all or nothing.

        Each operation is one step of the version. The same request under the same key is done once and
        answered the same, however often it is sent.
        """
        key, version = self.idempotency_key(), self.if_match()
        answer = operation.apply(
            by=self.actor,
            uuid=uuid,
            if_match=version,
            key=key,
            operations=self.body("operations").get("operations"),
        )
        return tagged(answer.payload())


class Move(SetView):
    """Base of the moves from state to state."""

    def moved(self, uuid: UUID, act: Callable[..., Any], **more: Any) -> Response:
        """Make the move and answer with the set after it."""
        self.offset_unit()
        act(by=self.actor, uuid=uuid, if_match=self.if_match(), **more)
        return self.whole(uuid)

    def note(self) -> Any:
        """Return the note that may go with a judgement."""
        return self.body("note").get("note", "")


HANDED = (*VERSIONED, errors.WrongState, errors.Incomplete)
JUDGED = (*VERSIONED, errors.WrongState, errors.OwnWork, errors.Invalid)


class Submit(Move):
    """`annotation-sets/{id}/submit/`"""

    @promises(shapes.AnnotationSet, parameters=(IF_MATCH, OFFSET_UNIT), refuses=HANDED)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Hand one's own set in for review; 422 with what is missing."""
        return self.moved(uuid, annotation.submit)


class Reopen(Move):
    """`annotation-sets/{id}/reopen/`"""

    @promises(shapes.AnnotationSet, parameters=(IF_MATCH, OFFSET_UNIT), refuses=HANDED[:-1])
    def post(self, request: Request, uuid: UUID) -> Response:
        """Take one's own set back, as long as nobody has reviewed it and nobody else's was open to one."""
        return self.moved(uuid, annotation.reopen)


class Return(Move):
    """`annotation-sets/{id}/return/`"""

    @promises(
        shapes.AnnotationSet,
        takes=shapes.Note,
        parameters=(IF_MATCH, OFFSET_UNIT),
        refuses=JUDGED,
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Return a set to its annotator."""
        return self.moved(uuid, annotation.give_back, note=self.note())


class Approve(Move):
    """`annotation-sets/{id}/approve/`"""

    @promises(
        shapes.AnnotationSet,
        takes=shapes.Note,
        parameters=(IF_MATCH, OFFSET_UNIT),
        refuses=JUDGED,
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Approve a set."""
        return self.moved(uuid, annotation.approve, note=self.note())


class Revisions(View):
    """`annotation-sets/{id}/revisions/`"""

    @promises(shapes.Revision, many=True, parameters=PAGED)
    def get(self, request: Request, uuid: UUID) -> Response:
        """List the history of a set, oldest first."""
        row, _standing = access.set_standing(by=self.actor, uuid=uuid)
        return self.paged(log.of_set(row), log.payload, BY_VERSION)
