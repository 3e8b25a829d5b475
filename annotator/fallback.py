"""Answers that neither a page nor an API call gives itself: problem details below `/api/`, a page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from labels.api import problems as api
from labels.api.negotiation import JSONRenderer
from labels.errors import Broken, Malformed, Refusal
from labels.pages import problems as pages
from labels.words import say


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with a refusal."""
    if not _for_programs(request):
        return pages.refused(request, refusal)
    body = JSONRenderer().render(api.payload(refusal))
    return HttpResponse(body, status=refusal.status, content_type=api.MEDIA_TYPE)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: Django itself cannot take the request."""
    if not _for_programs(request):
        return pages.bad_request(request, exception)
    return refused(request, Malformed(say("Something in the request is not as it should be.")))


def broken(request: HttpRequest) -> HttpResponse:
    """500: the reason is in the log."""
    if not _for_programs(request):
        return pages.broken(request)
    return refused(
        request, Broken(say("This is our fault. The reason is in the log of the instance."))
    )


def _for_programs(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
