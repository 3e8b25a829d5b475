"""The spans behind a figure of two people, side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from ..actions import access
from ..errors import NotFound
from ..queries import agreement as figures
from ..queries import pairing
from ..queries.access import Actor
from ..vocabulary import Role
from ..words import say
from .frame import frame
from .paging import after, further

ANY = "*"
"""Stands in an address for a span of any label, because the empty word stands for no span."""


def spans(slug: str, one: str, two: str, left: str, right: str) -> str:
    """Return where the spans of two people with these labels stand."""
    given = {"one": one, "two": two, "left": left, "right": right}
    return f"{reverse('pages:agreement_spans', args=[slug])}?{urlencode(given)}"


def agreement_spans(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show two people's spans side by side."""
    found, standing = access.project_standing(by=by, slug=slug)
    asked = figures.question(by, found, standing.role)
    one, two = request.GET.get("one", ""), request.GET.get("two", "")
    known = figures.people(asked)
    hidden = standing.role == Role.ANNOTATOR and by.person.username not in (one, two)
    if one == two or not {one, two} <= set(known) or hidden:
        raise NotFound(say("There are no two people of these names whose work you may compare."))
    left, right = (_label(request.GET.get(each, ANY)) for each in ("left", "right"))
    wanted = pairing.Wanted(one, two, left, right)
    pairs, more = pairing.paired(asked, wanted, after(request))
    context = frame(found, standing, "agreement") | {
        "one": one,
        "two": two,
        "left": left,
        "right": right,
        "rows": pairs,
        "next": further(request, more),
    }
    return render(request, "labels/agreement_spans.html", context)


def _label(given: str) -> str | None:
    return None if given == ANY else given
