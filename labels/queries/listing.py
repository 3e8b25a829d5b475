"""A long list, page by page: by the place of its rows, so that the last page is as fast as the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet, Subquery

Listed = TypeVar("Listed", bound=Model)


@dataclass(frozen=True, slots=True)
class Slice(Generic[Listed]):
    """Rows of a list, and the ids before and after which there are more (None at the ends)."""

    rows: Sequence[Listed]
    before: UUID | None
    after: UUID | None


def slice_of(
    found: QuerySet[Listed], *, after: str = "", before: str = "", size: int
) -> Slice[Listed]:
    """Return up to `size` rows after or before the row of an id, in order of arrival.

    An id that is none leads to the beginning; one that is not in the table to an empty list.
    """
    backwards, edge = (True, _uuid(before)) if before else (False, _uuid(after))
    if edge is not None:
        rows_there = found.model._default_manager.filter(uuid=edge)  # noqa: SLF001 - Django's documented name
        at = Subquery(rows_there.values("pk")[:1])
        found = found.filter(pk__lt=at) if backwards else found.filter(pk__gt=at)
    rows = list(found.order_by("-pk" if backwards else "pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Slice(rows, None, None)
    first, last = rows[0].uuid, rows[-1].uuid  # type: ignore[attr-defined]
    # Whoever came from one side can go back there; to the other only if there is more.
    return Slice(
        rows,
        before=first if (more if backwards else edge is not None) else None,
        after=last if (backwards or more) else None,
    )


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
