"""Conversations: the threads of comments that concern one, unread ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator

from ..queries import conversation
from ..queries.access import Actor
from ..queries.conversation import Thread
from ..words import say, say_many

QUOTE = 120
"""Characters of a quote, or of a title, that are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thread in the list."""

    url: str
    about: str
    whose: str
    """Of whom the words are that it is about; nothing where the first line says so."""
    title: str
    project: str
    author: str
    text: str
    at: str
    unread: str
    named: bool
    resolved: bool


def conversations(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Show the threads that concern one."""
    lines = list(_lines(by))
    fresh = sum(bool(line.unread) for line in lines)
    context = {
        "threads": lines,
        "summary": say_many(
            "{number} conversation has something new.",
            "{number} conversations have something new.",
            fresh,
        )
        if fresh
        else "",
    }
    return render(request, "labels/conversations.html", context)


def _lines(by: Actor) -> Iterator[Line]:
    for each in conversation.threads(by):
        quote = Truncator(each.quote).chars(QUOTE)
        yield Line(
            url=_address(each),
            about=_about(each, quote),
            whose=say("Marks of {name}", name=each.whose) if quote and each.whose else "",
            title=Truncator(each.title).chars(QUOTE),
            project=each.project,
            author=each.author,
            text=each.text,
            at=date_format(each.at),
            unread=say_many("{number} new", "{number} new", each.unread) if each.unread else "",
            named=each.named,
            resolved=each.resolved,
        )


def _about(thread: Thread, quote: str) -> str:
    if quote:
        return say("“{quote}”", quote=quote)
    if thread.whose:
        return say("All marks of {name}", name=thread.whose)
    return say("All marks of the article") if thread.set else say("The article")


def _address(thread: Thread) -> str:
    """Return where a thread is read and answered: at its span, on the page of whose it is or of who reviews.

    One on an article is on the article's own page.
    """
    if thread.set is None:
        return f"{reverse('pages:article', args=[thread.article])}#comments"
    page = (
        reverse("pages:label", args=[thread.article])
        if thread.own
        else reverse("pages:review", args=[thread.set])
    )
    return f"{page}#span-{thread.span}" if thread.span else page
