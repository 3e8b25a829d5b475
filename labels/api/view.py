"""What all views of the API share: who asks, and the headers and parameters that several read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_datetime
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from ..errors import Invalid, KeyMissing, Malformed, VersionMissing
from ..queries.access import Actor
from ..vocabulary import OffsetUnit

Row = TypeVar("Row", bound=Model)

PAGE = 50
LARGEST_PAGE = 500


class Pages(CursorPagination):
    """Pages by primary key: stable, and the last costs what the first does."""

    page_size = PAGE
    max_page_size = LARGEST_PAGE
    page_size_query_param = "page_size"
    ordering = "pk"


class NewestFirst(Pages):
    """The same from the newest on."""

    ordering = "-pk"


class View(APIView):
    """Base of the API's views."""

    @property
    def actor(self) -> Actor:
        """Who asks."""
        actor: Actor = self.request.auth
        return actor

    def body(self, *fields: str) -> dict[str, Any]:
        """Return the body, an object with none but these members. Raises `Malformed` or `Invalid`."""
        data = self.request.data
        if not isinstance(data, dict):
            raise Malformed("A JSON object is expected.")
        for name in data:
            if name not in fields:
                raise Invalid(
                    f"“{name}” is not known here. Known: {', '.join(fields)}.",
                    errors=[{"field": name, "code": "unknown_field"}],
                )
        return data

    def if_match(self) -> int:
        """Return the version that the client has seen. Raises `VersionMissing` or `Malformed`."""
        sent = self.request.META.get("HTTP_IF_MATCH", "").strip()
        if not sent:
            raise VersionMissing(
                'Send the version that you have seen as If-Match, such as If-Match: "7".'
            )
        number = sent.removeprefix("W/").strip('"')
        if not (number.isascii() and number.isdigit()) or len(number) > len("2147483647"):
            raise Malformed(f"If-Match holds one version number, not {sent[:40]}.")
        return int(number)

    def idempotency_key(self) -> UUID:
        """Return the key of this request. Raises `KeyMissing`."""
        sent = self.request.META.get("HTTP_IDEMPOTENCY_KEY", "").strip().strip('"')
        try:
            return UUID(sent)
        except ValueError:
            raise KeyMissing(
                "Send a new UUID as Idempotency-Key with each change, and the same one to repeat it."
            ) from None

    def parameter(self, name: str, otherwise: str = "") -> str:
        """Return a query parameter, the last if there are several."""
        return str(self.request.query_params.get(name, otherwise))

    def flag(self, name: str) -> bool:
        """Return a query parameter that is true or false."""
        return self.parameter(name).lower() in ("1", "true", "yes")

    def offset_unit(self) -> OffsetUnit:
        """Return the unit in which offsets are to be given. Raises `Invalid`."""
        sent = self.parameter("offset_unit", OffsetUnit.CODEPOINT)
        if sent not in OffsetUnit.values:
            raise Invalid(f"offset_unit is one of {', '.join(OffsetUnit.values)}.")
        return OffsetUnit(sent)

    def paged(
        self,
        rows: QuerySet[Row],
        payload: Callable[[Row], dict[str, Any]],
        pages: type[CursorPagination] = Pages,
    ) -> Response:
        """Answer with one page of rows."""
        pager = pages()
        page = pager.paginate_queryset(rows, self.request, view=self)
        return pager.get_paginated_response([payload(each) for each in page or ()])


def read_uuid(value: Any, field: str) -> UUID:
    """Read an id from a body. Raises `Invalid`."""
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise Invalid(
            f"{field}: a UUID is expected.", errors=[{"field": field, "code": "invalid"}]
        ) from None


def optional_uuid(body: dict[str, Any], field: str) -> UUID | None:
    """Read an id that may be left out."""
    return None if body.get(field) is None else read_uuid(body[field], field)


def read_moment(value: Any, field: str) -> Any:
    """Read a date-time with its zone, or None. Raises `Invalid`."""
    if value in (None, ""):
        return None
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Invalid(
            f"{field}: a date-time with its zone is expected, such as 2027-01-31T12:00:00Z.",
            errors=[{"field": field, "code": "invalid"}],
        )
    return found
