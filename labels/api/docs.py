"""The description of the API (OpenAPI 3.1), and a page to read it on, which loads nothing from elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from .view import View

MEDIA_TYPE = "application/vnd.oai.openapi+json; version=3.1"


class Schema(View):
    """`schema/`"""

    authentication_classes = []
    permission_classes = [AllowAny]
    schema = None

    def get(self, request: Request) -> Response:
        """Return the description."""
        from .describe import document  # noqa: PLC0415 - slow to import, and hardly ever asked for

        return Response(document(), content_type=MEDIA_TYPE)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "labels/api.html")
