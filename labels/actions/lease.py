"""Who does a work that waits beside the requests: one process, for as long as it says that it is at it.

Rows of such work have `held_by` and `beat_at`. A process takes what nobody holds, what one of its own place held
that is gone, and what has been silent for too long.
"""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

LEASE = timedelta(seconds=30)
"""A process of another machine that has said nothing for so long has died."""


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """The work is no longer this process' to do: it was cancelled, or another has taken it over."""


def here() -> str:
    """Return the name of this place, a data folder of a machine: one process works for it at a time."""
    return f"{socket.gethostname()}:{settings.DATA_DIR}"


def held(unfinished: QuerySet[Any], row: Any, place: str, **anew: Any) -> bool:
    """Take a row of those that are unfinished, if it is free; return whether it is ours. `anew` is set with it."""
    now = timezone.now()
    free = Q(held_by="") | Q(held_by__startswith=f"{place}#") | Q(beat_at__lt=now - LEASE)
    row.held_by = f"{place}#{uuid4().hex}"
    with transaction.atomic():
        found = unfinished.filter(free, pk=row.pk)
        return bool(found.update(held_by=row.held_by, beat_at=now, **anew))


def mine(unfinished: QuerySet[Any], row: Any) -> QuerySet[Any]:
    """Return the row if it is still ours, to be written to."""
    return unfinished.filter(pk=row.pk, held_by=row.held_by)
