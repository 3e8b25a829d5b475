"""Every refusal as problem details (RFC 9457): one shape, one place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .. import errors
from .negotiation import JSONRenderer

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 2
"""Seconds after which a busy database is worth another try."""


def payload(refusal: errors.Refusal) -> dict[str, Any]:
    """Return the problem details of a refusal."""
    problem = {
        "type": f"urn:galley:{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "code": refusal.code,
    }
    if refusal.errors:
        problem["errors"] = refusal.errors
    return problem | refusal.extra


def answer(refusal: errors.Refusal, headers: dict[str, str] | None = None) -> Response:
    """Return the response for a refusal."""
    sent = dict(headers or {})
    if isinstance(refusal, errors.Stale):
        sent["ETag"] = f'"{refusal.extra["version"]}"'
    if refusal.status == errors.Busy.status:
        sent["Retry-After"] = str(RETRY_AFTER)
    return Response(payload(refusal), status=refusal.status, headers=sent, content_type=MEDIA_TYPE)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001 - DRF's signature
    """Turn what a view raised into an answer; None lets a fault of our own be seen as one."""
    refusal = _refusal(error)
    if refusal is None:
        return None
    set_rollback()
    headers = {}
    challenge = getattr(error, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    return answer(refusal, headers)


def _refusal(error: Exception) -> errors.Refusal | None:  # noqa: PLR0911 - a table, one line a case
    match error:
        case errors.Refusal():
            return error
        case exceptions.ParseError():
            return errors.Malformed(str(error.detail))
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return errors.NotSignedIn(str(error.detail))
        case exceptions.PermissionDenied() | PermissionDenied():
            return errors.Forbidden(str(getattr(error, "detail", error)) or "Not allowed.")
        case exceptions.NotFound() | Http404():
            return errors.NotFound("There is nothing at this address.")
        case RequestDataTooBig():
            return errors.TooLarge("The body is too large. Send it in parts.")
        case OperationalError() | InterfaceError():
            return errors.Busy("The database is busy or away. Nothing was changed; try again.")
        case IntegrityError():
            return errors.Conflict("Somebody else changed this at the same moment. Try again.")
        case exceptions.APIException():
            return _other(error)
    return None


def _other(error: exceptions.APIException) -> errors.Refusal:
    refusal = errors.Refusal(str(error.detail))
    refusal.__dict__.update(
        code=error.default_code, title=str(error.default_detail), status=error.status_code
    )
    return refusal


def not_found(request: HttpRequest, path: str = "") -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Answer for an address below the API that is none."""
    body = payload(errors.NotFound("There is nothing at this address. See /api/v1/docs/."))
    return HttpResponse(JSONRenderer().render(body), status=404, content_type=MEDIA_TYPE)
