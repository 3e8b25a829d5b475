"""The review page: somebody else's annotation set, unit by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ..actions import access, annotation
from ..actions.access import Act
from ..queries import assignment
from ..queries import project as projects
from ..queries.access import Actor
from ..vocabulary import Kind, Role, Sampling, State
from ..words import say
from .label import desk

if TYPE_CHECKING:
    from ..models import AnnotationSet, Project


@never_cache
def review(request: HttpRequest, *, by: Actor, uuid: UUID) -> HttpResponse:
    """Show a set to whoever may read it; who may review it can, while it is submitted."""
    row, standing = access.set_standing(by=by, uuid=uuid)
    # What one has looked at again since is only read; the label page has the later look.
    if standing.own and row.kind == Kind.OWN and annotation.own(by=by, article=row.article) == row:
        return redirect("pages:label", row.article.uuid)
    compared = annotation.compared(row)
    may = access.may(Act.REVIEW_SET, standing) and not compared
    writable = may and row.state == State.SUBMITTED
    queue = _queue(by, row)
    context = desk(row, standing, by=by, mode="review", writable=writable, queue=queue)
    project = row.article.project
    manages = standing.role == Role.MANAGER
    counts = projects.counts(project) if manages else assignment.reviewing(by, project)
    context["progress"] = {
        "submitted": counts["approved"],
        "returned": counts["returned"],
        "total": sum(counts[state] for state in State.values),
    }
    context["drawn"] = compared or drawn(project)
    context["boot"]["urls"]["next"] = next(
        (each["url"] for each in queue if not each["current"]), ""
    )
    return render(request, "labels/review.html", context)


def drawn(project: Project) -> str:
    """Say which sets wait for a review, where not all do."""
    said = {
        Sampling.SHARE: say(
            "Drawn for review: {number} % of what is handed in.", number=project.review_share
        ),
        Sampling.FLAGGED: say("Only marks with a flagged span wait for a review."),
        Sampling.LOW_AGREEMENT: say(
            "Only marks that agree with the others’ to less than {number} % wait for a review.",
            number=project.review_below,
        ),
    }
    return said.get(Sampling(project.review_which), "")


def _queue(by: Actor, row: AnnotationSet) -> list[dict[str, Any]]:
    """Return what waits for this person's review in the project, the set at hand included."""
    return [
        {
            # The name comes first: long titles are cut, and several sets are of one article.
            "title": f"{each.annotator}: {each.title}",
            "url": reverse("pages:review", args=[each.set]),
            # What was handed in is still to do for who reviews it.
            "state": "",
            "current": each.set == row.uuid,
        }
        for each in assignment.to_review(by, row.article.project)
    ]
