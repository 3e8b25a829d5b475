"""The label page: one's own annotation set of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ..actions import access, annotation, renewing
from ..actions.access import Act
from ..actions.review import REASONS
from ..queries import annotation as sets
from ..queries import assignment
from ..queries import comment as comments
from ..queries import review as reviews
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..vocabulary import State
from ..words import say, say_many
from .article import blocks
from .dates import day
from .frame import characters
from .remark import is_prefetch

if TYPE_CHECKING:
    from ..models import AnnotationSet, Article, Project
    from ..records import Standing


@never_cache
def label(request: HttpRequest, *, by: Actor, uuid: UUID) -> HttpResponse:
    """Show one's own set of an article, starting it on the first visit.

    A GET may start it, because starting is what opening the page means, it is done once however often the
    page is loaded, and nothing is lost by it: the set is empty and open. A form in between would ask people
    to confirm that they want to do what they came for. Who may start is asked in the action. A browser that
    fetches the page before anybody asked for it starts nothing: it is told to come back.
    """
    article, _standing = access.article_standing(by=by, uuid=uuid)
    own = annotation.own(by=by, article=article)
    if own is None and is_prefetch(request):
        return HttpResponse(status=503, headers={"Retry-After": "1"})
    if own is None:
        own, _made = annotation.start(by=by, article=uuid)
    row, standing = access.set_standing(by=by, uuid=own.uuid)
    writable = access.may(Act.WRITE_SET, standing) and row.state in (State.OPEN, State.RETURNED)
    queue = _queue(by, row)
    context = desk(row, standing, by=by, mode="label", writable=writable, queue=queue)
    figures = assignment.progress(by, row.article.project)
    context["progress"] = {
        "submitted": figures["submitted"] + figures["approved"],
        "returned": figures["returned"],
        "total": figures["total"],
    }
    context["boot"]["urls"]["next"] = _next(queue)
    return render(request, "labels/label.html", context)


def desk(
    row: AnnotationSet,
    standing: Standing,
    *,
    by: Actor,
    mode: str,
    writable: bool,
    queue: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return what the label and the review page share: the text, and `boot` for their script."""
    article, project = row.article, row.article.project
    payload = sets.payload(row)
    return {
        "article": article,
        "project": project,
        "published": day(article.published_at),
        "length": characters(article.length),
        "remarks": _remarks(by, article, standing),
        "paragraphs": blocks(article.text),
        "queue": queue,
        "beside": _beside(queue),
        "boot": {
            "mode": mode,
            "writable": writable,
            "article": _article(article),
            "set": payload,
            "scheme": schemes.definition(row.scheme) | {"version": row.scheme.version},
            "reviews": [
                reviews.payload(each) for each in renewing.reviews(reviews.all_reviews(row))
            ],
            "comments": [reviews.comment_payload(each) for each in reviews.all_comments(row)],
            "reasons": {code: say(reason) for code, reason in REASONS.items()},
            "me": {"id": str(by.person.uuid), "username": by.person.username},
            "keys": by.person.keys,
            "urls": _urls(row, project),
        },
    }


def _remarks(by: Actor, article: Article, standing: Standing) -> str:
    """Say how much is said of the article as a whole; its own page has it."""
    everything = access.may(Act.READ_ALL_COMMENTS, standing)
    count = comments.count(by, article, all_of_them=everything)
    if not count:
        return say("comment on the article")
    return say_many("{number} comment on the article", "{number} comments on the article", count)


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": str(article.uuid),
        "title": article.title,
        "length": article.length,
        "language": article.language,
        "has_astral": len(article.text.encode("utf-16-le")) > 2 * len(article.text),
    }


def _urls(row: AnnotationSet, project: Project) -> dict[str, str]:
    """Return the addresses that the page's script speaks with."""
    names = (
        "active_time",
        "operations",
        "submit",
        "reopen",
        "return",
        "approve",
        "reviews",
        "comments",
        "comments_read",
    )
    return {
        "set": reverse("api:annotation_set", args=[row.uuid]),
        **{name: reverse(f"api:{name}", args=[row.uuid]) for name in names},
        "sign_in": reverse("pages:sign_in"),
        "me": reverse("api:me"),
        "project": reverse("pages:project", args=[project.slug]),
        "next": "",
    }


def _queue(by: Actor, row: AnnotationSet) -> list[dict[str, Any]]:
    # Fifty addresses differ by an id, and each takes as long to look up as a small query.
    own = str(row.article.uuid)
    here = reverse("pages:label", args=[own])
    return [
        {
            "title": each.title,
            "url": here.replace(own, str(each.article)),
            "state": each.state or "",
            "current": each.article == row.article.uuid,
        }
        for each in assignment.to_label(by, row.article.project)
    ]


def _beside(queue: list[dict[str, Any]]) -> dict[str, dict[str, Any] | None]:
    """Return what stands before and after the present one in the queue."""
    at = next((place for place, each in enumerate(queue) if each["current"]), -1)
    return {
        "previous": queue[at - 1] if at > 0 else None,
        "next": queue[at + 1] if at + 1 < len(queue) else None,
    }


def _next(queue: list[dict[str, Any]]) -> str:
    """Return the address of the next article that waits to be labelled."""
    waiting = [
        each["url"]
        for each in queue
        if not each["current"] and each["state"] in ("", State.OPEN, State.RETURNED)
    ]
    return waiting[0] if waiting else ""
