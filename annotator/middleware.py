"""What happens to every request around the pages and the API: sizes going in, compression and policy going out."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from labels.errors import TooLarge
from labels.words import say

from . import fallback

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = "Content-Security-Policy"
MEGABYTE = 1024 * 1024
WORTH_DRAINING = 8
"""A refused body is read and thrown away up to so many times what is allowed."""


class Nonce:
    """A word that a page's script has in common with the page's policy, once the page has asked for it."""

    def __init__(self) -> None:
        self._word = ""

    def __str__(self) -> str:
        self._word = self._word or secrets.token_urlsafe(16)
        return self._word

    def source(self) -> str:
        """Return what lets such a script run."""
        return f" 'nonce-{self._word}'" if self._word else ""


def say_what_may_load(handler: Handler) -> Handler:
    """Send the policy of the settings along, and give pages a nonce for a script within them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonce = Nonce()
        request.csp_nonce = nonce  # type: ignore[attr-defined] # as Django's own is called, from 6.0 on
        response = handler(request)
        # The pages that Django shows to developers hold scripts and styles.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            policy = settings.CONTENT_SECURITY_POLICY.format(nonce=nonce.source())
            response.headers.setdefault(POLICY, policy)
        return response

    return middleware


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
