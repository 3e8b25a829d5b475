"""Exporting: choices on a page that become one call to the API, as a link to download and a line to copy."""

from __future__ import annotations

import shlex
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .. import exporters
from ..actions import access
from ..actions.access import Act
from ..catalogue import catalogue
from ..queries import scheme
from ..queries.access import Actor
from ..vocabulary import Kind, State
from ..words import say
from .form import Form
from .frame import frame

DEFAULT = "jsonl"
SETS = [
    ("", _("all")),
    (Kind.OWN, _("people’s own")),
    (Kind.GOLD, pgettext_lazy("marks", "gold")),
    (Kind.IMPORTED, pgettext_lazy("marks", "imported")),
]
STATES = [
    ("", _("any, unfinished ones too")),
    (State.APPROVED, pgettext_lazy("state", "approved")),
    (State.SUBMITTED, pgettext_lazy("state", "submitted")),
    (State.RETURNED, pgettext_lazy("state", "returned")),
    (State.OPEN, pgettext_lazy("state", "in progress")),
]


class Choices(Form):
    """What to export, in the words of the API's parameters."""

    format = forms.ChoiceField(label=_("Format"), required=False)
    set = forms.ChoiceField(label=_("Annotation sets"), choices=SETS, required=False)
    state = forms.ChoiceField(label=_("In state"), choices=STATES, required=False)
    label = forms.ChoiceField(label=_("Spans"), required=False)
    updated_since = forms.DateField(
        label=_("Changed since"),
        required=False,
        help_text=_("The start of that day, UTC. Left empty: whenever."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    pseudonyms = forms.ChoiceField(
        label=_("People"),
        choices=[("", _("by name")), ("true", _("by pseudonym"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, labels: list[tuple[str, str]], named: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(key, gettext(entry.title)) for key, entry in catalogue(exporters).items()]
        known.sort(key=lambda each: each[0] != DEFAULT)
        self.fields["format"].choices = known  # type: ignore[attr-defined]
        self.fields["label"].choices = [  # type: ignore[attr-defined]
            ("", say("of every label")),
            *labels,
        ]
        if not named:
            del self.fields["pseudonyms"]

    def query(self) -> dict[str, str]:
        """Return the parameters of the call; what is left at its default stays out."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "updated_since" in given:
            given["updated_since"] = f"{given['updated_since'].isoformat()}T00:00:00Z"
        return {"format": given.pop("format", DEFAULT), **given}


def export(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the choices and the call that they make."""
    found, standing = access.project_standing(by=by, slug=slug)
    _project, named = access.exporting(Act.EXPORT, by=by, slug=slug)
    definition = scheme.current(found).definition
    labels = [
        (each["name"], say("only {label}", label=each.get("title") or each["name"]))
        for each in definition["labels"]
    ]
    form = Choices(request.GET, labels=labels, named=named)
    url = ""
    if form.is_valid():
        url = f"{reverse('api:export', args=[slug])}?{urlencode(form.query())}"
    context = frame(found, standing, "export") | {
        "form": form,
        "named": named,
        "download_url": url,
        "call": _call(request, url) if url else "",
    }
    return render(request, "labels/export.html", context, status=422 if form.errors else 200)


def _call(request: HttpRequest, url: str) -> str:
    """Return the call as a line for a shell; the token comes from a variable, so that no history keeps it."""
    address = shlex.quote(request.build_absolute_uri(url))
    return f'curl --fail -OJ -H "Authorization: Bearer $GALLEY_TOKEN" {address}'
