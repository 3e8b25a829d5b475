"""The spans behind a figure of one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..actions import access
from ..errors import NotFound
from ..queries import agreement as figures
from ..queries import mark
from ..queries.access import Actor
from ..words import say
from .frame import frame
from .paging import further, place


def agreement_marks(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show somebody's spans with a label, or with a value of an attribute."""
    found, standing = access.project_standing(by=by, slug=slug)
    asked = figures.question(by, found, standing.role)
    given = {name: request.GET.get(name, "") for name in ("who", "label", "attribute", "value")}
    if given["who"] not in figures.people(asked):
        raise NotFound(say("There is nobody of this name whose work you may see."))
    wanted = mark.Wanted(**given)
    marks, more = mark.marks(asked, wanted, place(request))
    context = frame(found, standing, "agreement") | {
        "wanted": wanted,
        "rows": marks,
        "next": further(request, more),
    }
    return render(request, "labels/agreement_marks.html", context)
