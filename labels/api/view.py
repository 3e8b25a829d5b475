"""What all views of the API share: who asks, and the headers and parameters that several read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from rest_framework.response import Response
from rest_framework.views import APIView

from ..errors import BadText, Invalid, KeyMissing, Malformed, VersionMissing
from ..queries.access import Actor
from ..vocabulary import OffsetUnit
from . import paging
from .negotiation import OneAnswer

Row = TypeVar("Row", bound=Model)
Made = TypeVar("Made")

TRUE, FALSE = ("true", "1"), ("false", "0")


class View(APIView):
    """Base of the API's views."""

    content_negotiation_class = OneAnswer

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Name the methods, and let nobody keep what only one person may read."""
        return {
            "Allow": ", ".join(self.allowed_methods),
            "Cache-Control": "private, no-cache",
        }

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Answer which methods there are, whether or not the thing itself exists."""
        return Response(status=204)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return cast("Actor", self.request.auth)

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

    def optional_key(self) -> UUID | None:
        """Return the key of a request that may go without. Raises `Malformed`."""
        sent = self.request.META.get("HTTP_IDEMPOTENCY_KEY", "").strip()
        return self.idempotency_key() if sent else None

    def parameter(self, name: str, otherwise: str = "") -> str:
        """Return a query parameter, the last if there are several. Raises `BadText`."""
        found = str(self.request.query_params.get(name, otherwise))
        if "\0" in found:
            raise BadText(
                f"{name}: a NUL character stands in it.",
                errors=[{"field": name, "code": "nul"}],
            )
        return found

    def chosen(self, name: str, values: Sequence[str], otherwise: str = "") -> str:
        """Return a query parameter that is one of several words, or is not given. Raises `Invalid`."""
        found = self.parameter(name, otherwise)
        if found and found not in values:
            raise Invalid(
                f"{name}: one of {', '.join(values)} is expected.",
                errors=[{"field": name, "code": "invalid"}],
            )
        return found

    def flag(self, name: str, *, otherwise: bool = False) -> bool:
        """Return a query parameter that is true or false. Raises `Invalid`."""
        return self.chosen(name, TRUE + FALSE, TRUE[0] if otherwise else "") in TRUE

    def offset_unit(self) -> OffsetUnit:
        """Return the unit in which offsets are to be given. Raises `Invalid`."""
        sent = self.chosen("offset_unit", OffsetUnit.values)
        return OffsetUnit(sent or OffsetUnit.CODEPOINT)

    def paged(
        self,
        rows: QuerySet[Row],
        payload: Callable[[Row], dict[str, Any]],
        order: paging.Order = paging.OLDEST_FIRST,
    ) -> Response:
        """Answer with one page of rows."""
        return Response(paging.page(self.request, rows, payload, order))

    def paged_made(
        self,
        rows: Sequence[Made],
        key: Callable[[Made], int],
        payload: Callable[[Made], dict[str, Any]],
    ) -> Response:
        """Answer with one page of rows that are made, not read, and whose unique keys descend."""
        return Response(paging.page_of_made(self.request, rows, key, payload))

    def paged_together(
        self,
        rows: QuerySet[Row],
        payloads: Callable[[Sequence[Row]], list[dict[str, Any]]],
    ) -> Response:
        """Answer with one page of rows of which each needs more than itself, looked up together."""
        return Response(paging.page_together(self.request, rows, payloads))


def read_uuid(value: Any, field: str) -> UUID:
    """Read an id from a body. Raises `Invalid`."""
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise Invalid(
            f"{field}: a UUID is expected.",
            errors=[{"field": field, "code": "invalid"}],
        ) from None


def optional_uuid(body: dict[str, Any], field: str) -> UUID | None:
    """Read an id that may be left out."""
    return None if body.get(field) is None else read_uuid(body[field], field)


def read_moment(value: Any, field: str) -> datetime | None:
    """Read a date-time with its zone, or None. Raises `Invalid`."""
    if value in (None, ""):
        return None
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        # Near the years 1 and 9999 some zones lead out of the calendar.
        found = found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Invalid(
            f"{field}: a date-time with its zone is expected, such as 2027-01-31T12:00:00Z.",
            errors=[{"field": field, "code": "invalid"}],
        )
    return found
