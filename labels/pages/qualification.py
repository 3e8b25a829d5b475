"""The qualification round: its articles and who has passed, for managers; how one did, for who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ..actions import access, qualification
from ..actions.access import Act
from ..errors import Refusal
from ..queries import qualification as round_of
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..words import say
from .feedback import shown
from .form import Form
from .frame import frame

if TYPE_CHECKING:
    from ..actions.qualification import Result, Round
    from ..models import Project

MOST_OFFERED = 200
"""Articles with gold that the page offers."""
STATES = {
    "open": _("not handed in yet"),
    "waiting": _("waits for a manager"),
    "passed": _("passed"),
    "passed_by_hand": _("passed by hand"),
}


class RoundForm(Form):
    """The round as it is to be."""

    percent = forms.IntegerField(
        label=_("Passed from, in percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Empty: there is no qualification round."),
    )


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody in the round."""

    username: str
    name: str
    state: str
    state_title: Any
    handed_in: int
    total: int
    percent: str
    labels: list[tuple[str, str]]


@never_cache
def qualification_page(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the round; for managers, change it and let somebody pass."""
    found = qualification.look(by=by, slug=slug)
    manages = access.may(Act.READ_MEMBERS, found.standing)
    form = RoundForm(request.POST or None, initial={"percent": found.project.qualify_from})
    if request.method == "POST":
        access.project(Act.CHANGE_PROJECT, by=by, slug=slug)
        try:
            if _done(request, by, slug, form):
                return redirect("pages:qualification", slug)
        except Refusal as refusal:
            form.take(refusal)
    mine = next((each for each in found.results if each.membership.person == by.person), None)
    context = frame(found.project, found.standing, "people" if manages else "qualification") | {
        "form": form,
        "manages": manages,
        "takers": [_taker(each) for each in found.results] if manages else [],
        "offered": _offered(found) if manages else [],
        "mine": _taker(mine) if mine else None,
        "rows": _rows(found.project, mine) if mine else [],
    }
    # What was done leads away from here.
    status = 422 if request.method == "POST" else 200
    return render(request, "labels/qualification.html", context, status=status)


def _done(request: HttpRequest, by: Actor, slug: str, form: RoundForm) -> bool:
    """Do what was asked; say whether it was done."""
    if request.POST.get("do") == "pass":
        made = qualification.let_pass(by=by, slug=slug, person=request.POST.get("person", ""))
        messages.success(request, say("{name} has passed.", name=made.person.name))
        return True
    if request.POST.get("do") != "change" or not form.is_valid():
        return False
    articles = list(filter(None, map(_uuid, request.POST.getlist("articles"))))
    percent = form.cleaned_data["percent"]
    qualification.change(by=by, slug=slug, percent=percent, articles=articles)
    messages.success(request, say("The qualification round is changed."))
    return True


def _uuid(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None


def _offered(found: Round) -> list[dict[str, Any]]:
    """Return the articles whose gold set is finished, those of the round ticked."""
    chosen = {each.article_id for each in found.trials}
    rows = round_of.with_gold(found.project)[:MOST_OFFERED]
    return [{"id": each.uuid, "title": each.title, "chosen": each.pk in chosen} for each in rows]


def _taker(result: Result) -> Taker:
    score, person = result.score, result.membership.person
    return Taker(
        username=person.username,
        name=person.name,
        state=result.state,
        state_title=STATES[result.state],
        handed_in=result.handed_in,
        total=result.total,
        percent=f"{score.percent} %" if score else "",
        labels=[
            (label, "–" if near.f1_overlap is None else f"{int(100 * near.f1_overlap)} %")
            for label, near in (score.labels if score else {}).items()
        ],
    )


def _rows(project: Project, mine: Result) -> list[Any]:
    return shown(schemes.current(project), qualification.corrections(mine))
