"""Lists in pages: by the place of a row, so that pages are stable and the last costs what the first does.

A cursor holds a direction and the key of the row where the page begins. It is for following `next` and
`previous`, not for building; one that is none of ours is refused.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request

from ..errors import Invalid, Malformed

Row = TypeVar("Row", bound=Model)

PAGE = 50
LARGEST_PAGE = 500
_CURSOR = re.compile(r"([ab])([0-9]{1,60})", re.ASCII)
"""After or before a key."""
_DIGITS = 18
"""A key of so many fits every database's 64 bits; those of rows that are no table's may be longer."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is ordered by: a unique, whole number of its rows."""

    field: str = "pk"
    newest_first: bool = False


OLDEST_FIRST = Order()
NEWEST_FIRST = Order(newest_first=True)
BY_VERSION = Order("version")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page begins: behind (or, going back, before) the row of a key."""

    key: int
    backwards: bool


def page(
    request: Request,
    rows: QuerySet[Row],
    payload: Callable[[Row], dict[str, Any]],
    order: Order = OLDEST_FIRST,
) -> dict[str, Any]:
    """Return one page of rows with the addresses of the pages beside it. Raises `Malformed` or `Invalid`."""
    return page_together(request, rows, lambda found: [payload(each) for each in found], order)


def page_together(
    request: Request,
    rows: QuerySet[Row],
    payloads: Callable[[Sequence[Row]], list[dict[str, Any]]],
    order: Order = OLDEST_FIRST,
) -> dict[str, Any]:
    """Return one page of rows that are looked up together."""
    size, place = _size(request), _place(request)
    found, more = _slice(rows, order, place, size)
    backwards = place is not None and place.backwards
    # Whoever came from one side can go back there; to the other side only if there is more.
    has_next = more or backwards
    has_previous = more if backwards else place is not None
    return {
        "next": _address(request, "a", found[-1:], order) if has_next else None,
        "previous": _address(request, "b", found[:1], order) if has_previous else None,
        "results": payloads(found),
    }


def page_of_made(
    request: Request,
    rows: Sequence[Made],
    key: Callable[[Made], int],
    payload: Callable[[Made], dict[str, Any]],
) -> dict[str, Any]:
    """Return one page of rows that are made, not read, and whose unique keys descend."""
    size, place = _size(request), _place(request, digits=60)
    kept = [each for each in rows if place is None or _beyond(place, key(each))]
    backwards = place is not None and place.backwards
    found = kept[-size:] if backwards else kept[:size]
    more = len(kept) > size
    has_next, has_previous = more or backwards, more if backwards else place is not None
    return {
        "next": _to(request, f"a{key(found[-1])}") if has_next and found else None,
        "previous": _to(request, f"b{key(found[0])}") if has_previous and found else None,
        "results": [payload(each) for each in found],
    }


def _beyond(place: _Place, key: int) -> bool:
    return key > place.key if place.backwards else key < place.key


def _slice(
    rows: QuerySet[Row], order: Order, place: _Place | None, size: int
) -> tuple[Sequence[Row], bool]:
    """Return the rows of a page in the list's order, and whether there are more in the direction it was read."""
    backwards = place is not None and place.backwards
    descending = order.newest_first != backwards
    if place is not None:
        rows = rows.filter(**{f"{order.field}__{'lt' if descending else 'gt'}": place.key})
    found = list(rows.order_by(f"{'-' if descending else ''}{order.field}")[: size + 1])
    page_rows = found[:size]
    return (page_rows[::-1] if backwards else page_rows), len(found) > size


def _size(request: Request) -> int:
    sent = request.query_params.get("page_size", "")
    if not sent:
        return PAGE
    if not (sent.isascii() and sent.isdecimal()) or not sent.strip("0"):
        raise Invalid(
            f"page_size: a number from 1 to {LARGEST_PAGE} is expected.",
            errors=[{"field": "page_size", "code": "invalid"}],
        )
    # More digits than any page has are not worth reading as a number.
    return (
        min(int(sent[-4:]), LARGEST_PAGE) if len(sent.lstrip("0")) < len("9999") else LARGEST_PAGE
    )


def _place(request: Request, digits: int = _DIGITS) -> _Place | None:
    sent = request.query_params.get("cursor", "")
    if not sent:
        return None
    try:
        found = _CURSOR.fullmatch(urlsafe_b64decode(sent.encode()).decode())
    except ValueError:
        found = None
    if found is None or len(found[2]) > digits:
        raise Malformed(
            "This cursor is none of ours: take the addresses “next” and “previous” as they are.",
            errors=[{"field": "cursor", "code": "malformed"}],
        )
    return _Place(int(found[2]), found[1] == "b")


def _address(request: Request, direction: str, edge: Sequence[Row], order: Order) -> str | None:
    """Return the address of the page behind or before a row; None where there is no row to begin at."""
    for row in edge:
        return _to(request, f"{direction}{getattr(row, order.field)}")
    return None


def _to(request: Request, place: str) -> str:
    """Return the address of the page that begins at a place."""
    asked = request.query_params.copy()
    asked["cursor"] = urlsafe_b64encode(place.encode()).decode()
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
