"""A project's settings: its name, what it is about, and who sees what of whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ..actions import access
from ..actions import project as actions
from ..actions.access import Act
from ..errors import Refusal
from ..queries.access import Actor
from ..words import say
from .frame import frame
from .project import About


class Settings(About):
    """What a manager may change of a project, by the names that the API has for it."""

    blind = forms.BooleanField(
        label=_("Hide names from who settles disagreements"),
        required=False,
        help_text=_(
            "They see A, B and C instead. Who has had an article to review knows whose marks it has, and cannot"
            " settle it; exports and releases by name are for managers alone. Managers see all names."
        ),
    )
    peer_review = forms.BooleanField(
        label=_("Let annotators review"),
        required=False,
        help_text=_("They can be given articles to review, never their own work."),
    )
    open_after_submit = forms.BooleanField(
        label=_("Open submitted work to the others"),
        required=False,
        help_text=_(
            "Annotators read each other’s marks of an article once both have submitted theirs."
        ),
    )


def settings(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the settings of a project, and change them."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.CHANGE_PROJECT, by=by, slug=slug)
    initial: dict[str, Any] = {name: getattr(found, name) for name in Settings.base_fields}
    form = Settings(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=by, address=slug, settings=form.cleaned_data)
        except Refusal as refusal:
            form.take(refusal)
        else:
            messages.success(request, say("The settings are changed."))
            return redirect("pages:settings", slug)
    context = frame(found, standing, "settings") | {"form": form}
    return render(request, "labels/settings.html", context, status=422 if form.errors else 200)
