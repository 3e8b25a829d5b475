"""Error pages: what happened, whether anything was lost, and where to go from here."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ..actions.person import speak_to
from ..errors import Refusal
from ..words import say

RETRY_AFTER = 5
"""Seconds after which a browser or a program may ask again."""


def problem(
    request: HttpRequest,
    *,
    status: int,
    title: str,
    sentences: Sequence[str],
    faults: Sequence[str] = (),
    again: bool = False,
) -> HttpResponse:
    """Return an error page. `again` offers the same address once more."""
    person = getattr(request, "user", None)
    # Where our own is at fault, nothing is looked up: the database may be away.
    if status < HTTPStatus.INTERNAL_SERVER_ERROR and person and person.is_authenticated:
        speak_to(person)
    links = [{"url": reverse("pages:home"), "text": say("Your work")}]
    if again:
        links.insert(0, {"url": request.get_full_path(), "text": say("Try again")})
    context = {
        "status": status,
        "title": title,
        "sentences": sentences,
        "faults": faults,
        "links": links,
    }
    return render(request, "labels/problem.html", context, status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Turn a refusal that no form could show into a page."""
    if refusal.status == 503:  # noqa: PLR2004 - the HTTP status
        return busy(request, refusal.detail)
    return problem(
        request,
        status=refusal.status,
        title=say(refusal.title),
        sentences=[refusal.detail],
        faults=[sentence for each in refusal.errors if (sentence := fault(each))],
    )


def fault(error: dict[str, Any]) -> str:
    """Return one of a refusal's errors as a line: where, and what."""
    place = error.get("place") or error.get("field") or ""
    message = error.get("message") or ""
    return f"{place}: {message}" if place and message else str(message)


# Django's own handlers (annotator/urls.py and settings name them)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read."""
    return problem(
        request,
        status=400,
        title=say("The request cannot be read"),
        sentences=[say("Something in it is not as it should be. Go back and try once more.")],
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a member without the right."""
    return problem(
        request,
        status=403,
        title=say("Not allowed"),
        sentences=[say("Your role does not include this. Ask somebody who manages the project.")],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing for this person."""
    return problem(
        request,
        status=404,
        title=say("There is no such page"),
        sentences=[
            say(
                "Either the address is not right, or it leads to something in a project that you are"
                " not in."
            )
        ],
    )


def too_large(request: HttpRequest, detail: str) -> HttpResponse:
    """413: more than one request may hold."""
    return problem(
        request,
        status=413,
        title=say("Too large"),
        sentences=[detail, say("Nothing was taken in.")],
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page needs neither database nor session."""
    return problem(
        request,
        status=500,
        title=say("Something broke"),
        sentences=[
            say(
                "This is our fault, not yours. What you have saved is safe; what you did last may not"
                " have been saved."
            ),
            say("Who runs this instance finds the reason in its log."),
        ],
        again=request.method == "GET",
    )


def busy(request: HttpRequest, detail: str = "") -> HttpResponse:
    """503: the database is away, full or locked."""
    answer = problem(
        request,
        status=503,
        title=say("Try again in a moment"),
        sentences=[
            detail or say("The database does not answer just now."),
            say(
                "What you have saved is safe. Changes on a label page are kept on this device and"
                " sent when it is back."
            ),
        ],
        again=request.method == "GET",
    )
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that was open for too long, or that came from elsewhere."""
    return problem(
        request,
        status=403,
        title=say("This form is too old"),
        sentences=[
            say(
                "You may have signed out or in since it was opened, or your browser keeps no cookies."
                " Nothing was changed."
            ),
            say("Go back, load the page anew, and send the form once more."),
        ],
    )
