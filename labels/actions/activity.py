"""The time that somebody was at work on a set of theirs.

It is no part of the set's history: it changes no mark and no version, so it stands beside the log.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..models import AnnotationSet
from ..queries.access import SUBMITTED, Actor
from ..rules import activity as rules
from ..rules.permissions import Act
from . import access


def report(*, by: Actor, uuid: UUID, seconds: object, now: datetime | None = None) -> int:
    """Add seconds of work to one's own set, as far as they can be true; return all it has. Raises `Invalid`."""
    told, at = rules.seconds(seconds), now or timezone.now()
    with transaction.atomic():
        row = access.annotation_set(Act.WRITE_SET, by=by, uuid=uuid, lock=True)
        kept = AnnotationSet.objects.filter(pk=row.pk)
        ((known, last),) = kept.values_list("active_seconds", "active_at")
        until = row.submitted_at if row.state in SUBMITTED and row.submitted_at else at
        known = (known or 0) + rules.credited(
            told, since=max(last or row.created_at, row.created_at), until=until
        )
        kept.update(active_seconds=known, active_at=at)
    return known
