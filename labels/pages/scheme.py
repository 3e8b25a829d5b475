"""The scheme: to be read by everybody, to be changed by managers, as a new version each time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ..actions import access
from ..actions import scheme as actions
from ..actions.access import Act
from ..actions.migration import said
from ..errors import BadScheme, NotFound, Refusal
from ..queries import scheme as queries
from ..queries.access import Actor
from ..words import say, say_many
from .form import Form
from .frame import frame
from .specimen import Specimen, specimen

if TYPE_CHECKING:
    from ..models import Project, Scheme

LONGEST = 500_000
"""Characters of a definition; the default scheme has 18,000."""
DEEPEST = 50
"""Nesting of a definition: a scheme needs six levels."""


class Definition(Form):
    """A scheme as JSON."""

    definition = forms.CharField(
        label=_("The scheme as JSON"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "code", "rows": 30, "spellcheck": "false"}),
    )

    def clean_definition(self) -> Any:
        """Return the JSON as values; say where it stops being JSON."""
        text = self.cleaned_data["definition"]
        if _depth(text) > DEEPEST:
            raise forms.ValidationError(say("This is nested deeper than any scheme."))
        if "\\u0000" in text:
            raise forms.ValidationError(say("NUL (\\u0000) cannot be kept."))
        try:
            # Stricter than Python's own: no NaN, no halves of surrogate pairs, which no database keeps.
            return orjson.loads(text)
        except orjson.JSONDecodeError as fault:
            raise forms.ValidationError(
                say(
                    "Not JSON: {fault} in line {line}, column {column}.",
                    fault=fault.msg.lower(),
                    line=fault.lineno,
                    column=fault.colno,
                )
            ) from None


def _depth(text: str) -> int:
    """Return how deep brackets go at most. Those within strings count too: it is only a limit."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def scheme(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show a version of the scheme, or the page on which it is changed."""
    found, standing = access.project_standing(by=by, slug=slug)
    context = frame(found, standing, "scheme")
    if "edit" in request.GET or request.method == "POST":
        access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
        return _edit(request, by, found, context)
    versions = [
        {
            "version": each.version,
            "created_at": each.created_at,
            "created_by": each.created_by,
            "said": said(each.migration) if hasattr(each, "migration") else "",
        }
        for each in queries.versions(found)
    ]
    wanted = _version(request, found)
    shown = specimen(wanted.definition, wanted.version)
    more = {"scheme": shown, "versions": versions, "sentence": _sentence(shown)}
    return render(request, "labels/scheme.html", context | more)


def _sentence(shown: Specimen) -> str:
    labels, links = len(shown.labels), len(shown.links)
    parts = [
        say("Version {number}", number=shown.version),
        say_many("{number} label", "{number} labels", labels),
        say_many("{number} kind of link", "{number} kinds of links", links),
    ]
    return say("{things}.", things=say(", ").join(parts))


def _version(request: HttpRequest, found: Project) -> Scheme:
    number = request.GET.get("version", "")
    if not number:
        return queries.current(found)
    wanted = queries.version(found, int(number)) if _is_number(number) else None
    if wanted is None:
        raise NotFound(say("The scheme has no such version."))
    return wanted


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - what a column holds


def _edit(request: HttpRequest, by: Actor, found: Project, context: dict[str, Any]) -> HttpResponse:
    current = queries.current(found)
    written = json.dumps(current.definition, indent=2, ensure_ascii=False)
    form = Definition(request.POST or None, initial={"definition": written})
    checked, faults, status = "", [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if request.POST.get("do") == "save":
                    return _save(request, by, found, current, form.cleaned_data["definition"])
                actions.check(form.cleaned_data["definition"])
                checked, status = say("No faults. Nothing is saved yet."), 200
            except BadScheme as refusal:
                faults = refusal.errors
            except Refusal as refusal:
                form.take(refusal)
    more = {"form": form, "checked": checked, "faults": faults, "next_version": current.version + 1}
    return render(request, "labels/scheme_edit.html", context | more, status=status)


def _save(
    request: HttpRequest, by: Actor, found: Project, current: Scheme, definition: Any
) -> HttpResponse:
    made = actions.add_version(by=by, slug=found.slug, definition=definition)
    if made.version == current.version:
        messages.info(request, say("That is the scheme as it stands: no new version was made."))
    else:
        said = say("This is now version {number} of the scheme.", number=made.version)
        messages.success(request, said)
    return redirect("pages:scheme", found.slug)
