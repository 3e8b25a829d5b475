"""What happens to every request around the pages and the API: sizes going in, compression going out."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from labels.errors import TooLarge
from labels.words import say

from . import fallback

Handler = Callable[[HttpRequest], HttpResponseBase]

MEGABYTE = 1024 * 1024
WORTH_DRAINING = 8
"""A refused body is read and thrown away up to so many times what is allowed."""


def limit_body(handler: Handler) -> Handler:
    """Refuse a body that is larger than the settings allow, before anything reads it into memory."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        with_files = (request.content_type or "").startswith("multipart/")
        most = settings.MAX_FILE_BYTES if with_files else settings.MAX_BODY_BYTES
        if length <= most:
            return handler(request)
        if length <= most * WORTH_DRAINING:
            # A browser that is still sending when the connection closes shows an error of its own.
            while request.read(MEGABYTE):
                pass
        detail = say(
            "{sent} MB were sent, and {most} MB is the most: send it in parts.",
            sent=round(length / MEGABYTE),
            most=most // MEGABYTE,
        )
        return fallback.refused(request, TooLarge(detail))

    return middleware


class Compress(GZipMiddleware):
    """Compress pages and API answers, but not streams: an export should start, and end, at once."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Keep the `ETag` as it is: ours names the version of an annotation set, not the bytes."""
        if response.streaming:
            return response
        etag = response.headers.get("ETag")
        answer: HttpResponseBase = super().process_response(request, response)
        if etag:
            answer.headers["ETag"] = etag
        return answer
