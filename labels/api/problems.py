"""Every refusal as problem details (RFC 9457): one shape, one place."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .. import errors
from ..words import say
from .negotiation import JSONRenderer

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)
RETRY_AFTER = 2
"""Seconds after which a busy database is worth another try."""


def payload(refusal: errors.Refusal) -> dict[str, Any]:
    """Return the problem details of a refusal."""
    problem = {
        "type": f"urn:galley:{refusal.code}",
        "title": say(refusal.title),
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


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
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


def _refusal(error: Exception) -> errors.Refusal | None:
    match error:
        case errors.Refusal():
            return error
        case exceptions.APIException():
            return _of_framework(error)
        case PermissionDenied() | Http404() | SuspiciousOperation():
            return _of_django(error)
        case MultiPartParserError() | UnreadablePostError():
            return errors.Malformed(say("The request cannot be read: {error}", error=error))
        case _:
            return _of_database(error)


def _of_django(error: Exception) -> errors.Refusal:
    match error:
        case PermissionDenied():
            return errors.Forbidden(str(error) or say("Not allowed."))
        case Http404():
            return errors.NotFound(say("There is nothing at this address."))
        case RequestDataTooBig():
            return errors.TooLarge(say("The body is too large. Send it in parts."))
        case _:
            return errors.Malformed(say("The request cannot be read: {error}", error=error))


def _of_framework(error: exceptions.APIException) -> errors.Refusal:
    said = str(error.detail)
    match error:
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return errors.NotSignedIn(said)
        case exceptions.PermissionDenied():
            return errors.Forbidden(said)
        case exceptions.MethodNotAllowed():
            return errors.MethodNotAllowed(f"{said} The header Allow says what there is.")
        case exceptions.UnsupportedMediaType():
            return errors.UnsupportedType(said)
        case _:
            return errors.Malformed(said)


def _of_database(error: Exception) -> errors.Refusal | None:
    match error:
        case OperationalError() | InterfaceError():
            # Who asks is told to come back; who runs the instance has to learn why.
            log.warning("The database cannot be used: %s", error)
            return errors.Busy(say("The database is busy or away. Nothing was changed; try again."))
        case IntegrityError():
            return errors.Conflict(say("Somebody else changed this at the same moment. Try again."))
        case DataError():
            return errors.Invalid(say("One of the values is too long, or cannot be kept at all."))
        case _:
            return None


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer for an address below the API that is none."""
    hint = "" if path.endswith("/") or not path else " Addresses end with a slash."
    refusal = errors.NotFound(f"There is nothing at this address.{hint} See /api/v1/docs/.")
    body = JSONRenderer().render(payload(refusal))
    return HttpResponse(body, status=404, content_type=MEDIA_TYPE)
