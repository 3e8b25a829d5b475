"""Requests that may be sent again: what a person's key has done to a set is done once, and answered the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField

from ..errors import KeyReused
from ..models import AnnotationSet, IdempotencyKey
from ..queries.access import Actor
from ..queries.prepared import Place, prepared
from .row import put


@prepared
def _kept() -> QuerySet[IdempotencyKey, tuple[str, Any]]:
    key = Place("key", UUIDField())
    kept = IdempotencyKey.objects.filter(
        annotation_set=Place("set"), person=Place("person"), key=key
    )
    return kept.values_list("request_digest", "answer")


def known(row: AnnotationSet, by: Actor, key: UUID | None, digest: str) -> dict[str, Any] | None:
    """Return what was kept when this request came before. Raises `KeyReused` when it was another one.

    The caller holds the set, so that of two equal requests at once the second waits for the first.
    """
    if key is None:
        return None
    for request_digest, answer in _kept(set=row.pk, person=by.person.pk, key=key):
        if request_digest != digest:
            raise KeyReused("This Idempotency-Key came with another body before. Make a new key.")
        return dict(answer)
    return None


def keep(
    row: AnnotationSet,
    by: Actor,
    key: UUID | None,
    *,
    digest: str,
    answer: dict[str, Any],
    at: datetime,
) -> None:
    """Keep the answer to a request, in the transaction that does what it asks."""
    if key is None:
        return
    put(
        IdempotencyKey(
            person=by.person,
            annotation_set=row,
            key=key,
            request_digest=digest,
            answer=answer,
            created_at=at,
        )
    )
