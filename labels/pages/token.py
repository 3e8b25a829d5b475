"""Access tokens: making one, which is shown once, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache

from ..actions import token as actions
from ..errors import NotFound, Refusal
from ..queries import project as projects
from ..queries import token as queries
from ..queries.access import Actor
from ..vocabulary import Scope
from ..words import say
from .form import Form

DAYS = [
    ("30", _("in 30 days")),
    ("90", _("in 90 days")),
    ("365", _("in a year")),
    ("", pgettext_lazy("ends", "never")),
]

MEANINGS = {
    Scope.READ: _("read: projects, articles, sets"),
    Scope.ANNOTATE: _("annotate: label and submit, for you"),
    Scope.REVIEW: _("review: judge, return, approve"),
    Scope.IMPORT: _("import: add articles"),
    Scope.EXPORT: _("export: fetch the data set"),
    Scope.MANAGE: _("manage: people, scheme, settings"),
}


class Make(Form):
    """A new token."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope.value, text) for scope, text in MEANINGS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    project = forms.ChoiceField(label=_("Where"), required=False)
    days = forms.ChoiceField(label=_("Ends"), choices=DAYS, required=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A token in the list."""

    id: UUID
    name: str
    start: str
    scopes: str
    project: str
    expires: str
    expired: bool
    used: str


@never_cache
def tokens(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Show one's tokens; make one or end one."""
    wanted = request.POST.get("do") if request.method == "POST" else None
    if wanted == "revoke":
        return _revoke(request, by)
    found = {each.project.slug: each.project for each in projects.memberships(by)}
    form = _form(request, found, request.POST if wanted else None)
    made = ""
    if wanted == "make" and form.is_valid():
        try:
            made = _make(by, found, form.cleaned_data)
        except Refusal as refusal:
            form.take(refusal)
    # The secret is shown in this very answer: a redirect would have to keep it somewhere on the way.
    context = {
        "tokens": [_row(each) for each in queries.own(by.person)],
        "form": _form(request, found, None) if made else form,
        "made": made,
    }
    return render(request, "labels/tokens.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, found: dict[str, Any], given: Any) -> Make:
    form = Make(given, initial=_asked(request))
    choices = [("", say("all my projects")), *((slug, each.name) for slug, each in found.items())]
    form.fields["project"].choices = choices  # type: ignore[attr-defined]
    return form


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return what a link to this page has filled in."""
    return {
        "scopes": request.GET.getlist("scopes"),
        "project": request.GET.get("project", ""),
        "days": "90",
    }


def _make(by: Actor, found: dict[str, Any], given: dict[str, Any]) -> str:
    days = given["days"]
    _made, secret = actions.create(
        by=by.person,
        scopes=given["scopes"],
        name=given["name"],
        project=found.get(given["project"]),
        expires_at=timezone.now() + timedelta(days=int(days)) if days else None,
    )
    return secret


def _revoke(request: HttpRequest, by: Actor) -> HttpResponse:
    try:
        uuid = UUID(request.POST.get("token", ""))
    except ValueError:
        raise NotFound(say("You have no such token.")) from None
    ended = actions.revoke(by=by.person, uuid=uuid)
    said = say("“{token}” no longer lets anybody in.", token=ended.name or ended.start)
    messages.success(request, said)
    return redirect("pages:tokens")


def _row(token: Any) -> Row:
    ends = token.expires_at
    return Row(
        id=token.uuid,
        name=token.name or say("without a name"),
        start=token.start,
        scopes=", ".join(token.scopes),
        project=token.project.name if token.project else pgettext("projects", "all"),
        expires=date_format(ends) if ends else pgettext("ends", "never"),
        expired=ends is not None and ends <= timezone.now(),
        used=date_format(token.last_used_on) if token.last_used_on else say("not yet"),
    )
