"""Changing the scheme together with what is labelled: what is to be done, a look at it, the act, its progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ..actions import access, concern, migration
from ..actions.access import Act
from ..actions.carrying import done_by
from ..errors import BadScheme, Invalid, Refusal
from ..queries import migration as queries
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..words import say, say_many
from .form import Form
from .frame import STATES, frame, grouped
from .specimen import OVERLAPS, Attribute, Specimen, specimen

if TYPE_CHECKING:
    from ..models import Project

LONGEST = 20_000
"""Characters of what is wanted, as a form hands it on."""
ONE_VALUE = ("choice", "ordinal")
Choices = list[tuple[str, Any]]


class Rename(Form):
    """Another name for anything that the scheme has."""

    what = forms.ChoiceField(label=_("What"))
    to = forms.CharField(
        label=_("New name"),
        max_length=100,
        help_text=_("As programs and exports read it: a letter, then letters, digits, _ . or -."),
    )
    title = forms.CharField(
        label=_("New title"),
        max_length=150,
        required=False,
        help_text=_(
            "As people read it. If you leave it empty, a title that only says the name follows it."
        ),
    )

    def __init__(self, shown: Specimen, *args: Any) -> None:
        super().__init__(*args)
        _choose(self, "what", _things(shown))

    def wanted(self) -> dict[str, Any]:
        """Return what is wanted as the action reads it."""
        kind, owner, *rest = self.cleaned_data["what"].split(":", 3)
        inner = dict(zip(("attribute", "value"), rest, strict=False))
        title = {"title": self.cleaned_data["title"]} if self.cleaned_data["title"] else {}
        return {"kind": "rename", kind: owner, **inner, "to": self.cleaned_data["to"], **title}


class Merge(Form):
    """Several labels that become one of the others."""

    labels = forms.MultipleChoiceField(label=_("These labels"), widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=_("become"))
    overlap = forms.ChoiceField(label=_("How its spans may lie"), required=False)

    def __init__(self, shown: Specimen, *args: Any) -> None:
        super().__init__(*args)
        names = [(each.name, each.title) for each in shown.labels]
        _choose(self, "labels", names)
        _choose(self, "to", names)
        _choose(self, "overlap", [("", _("as before")), *OVERLAPS.items()])

    def wanted(self) -> dict[str, Any]:
        """Return what is wanted as the action reads it."""
        given = self.cleaned_data
        overlap = {"overlap": given["overlap"]} if given["overlap"] else {}
        return {"kind": "merge", "labels": given["labels"], "to": given["to"], **overlap}


class Split(Form):
    """A label of which several are made."""

    what = forms.ChoiceField(label=_("Label"))
    into = forms.CharField(
        label=_("New labels"),
        max_length=5000,
        widget=forms.Textarea(attrs={"class": "code", "rows": 5, "spellcheck": "false"}),
        help_text=_(
            "One a line. By an attribute: value = NEW_NAME. If people decide: the names alone; every span is"
            " then flagged for whoever can still change it."
        ),
    )

    def __init__(self, shown: Specimen, *args: Any) -> None:
        super().__init__(*args)
        _choose(self, "what", _splits(shown))

    def clean_into(self) -> list[list[str]]:
        """Return the lines, each as one name, or a value and a name."""
        lines = [each.strip() for each in self.cleaned_data["into"].splitlines()]
        return [[part.strip() for part in each.rsplit("=", 1)] for each in lines if each]

    def wanted(self) -> dict[str, Any]:
        """Return what is wanted as the action reads it."""
        label, _colon, attribute = self.cleaned_data["what"].partition(":")
        lines = self.cleaned_data["into"]
        made: dict[str, Any] = {"kind": "split", "label": label}
        if not attribute:
            return made | {"into": [" = ".join(each) for each in lines]}
        if not all(each[1:] for each in lines):
            raise Invalid(say("Write each line as value = NEW_NAME."))
        return made | {"attribute": attribute, "into": dict(lines)}


class Retire(Form):
    """A label that is no longer offered, or is again."""

    label = forms.ChoiceField(
        label=_("Label"),
        help_text=_("Spans that have it keep it; nothing else is marked with it from now on."),
    )

    def __init__(self, shown: Specimen, *args: Any) -> None:
        super().__init__(*args)
        used = [(f"retire:{each.name}", each.title) for each in shown.labels if not each.retired]
        again = [
            (f"restore:{each.name}", say("{label}: offer it again", label=each.title))
            for each in shown.labels
            if each.retired
        ]
        _choose(self, "label", [*used, *again])

    def wanted(self) -> dict[str, Any]:
        """Return what is wanted as the action reads it."""
        kind, _colon, label = self.cleaned_data["label"].partition(":")
        return {"kind": kind, "label": label}


FORMS: dict[str, Callable[..., Any]] = {
    "rename": Rename,
    "merge": Merge,
    "split": Split,
    "retire": Retire,
}
KINDS = {
    "rename": _("Rename"),
    "merge": _("Merge labels"),
    "split": _("Split a label"),
    "retire": _("Retire a label"),
}


def _choose(form: Form, name: str, choices: Choices) -> None:
    field: Any = form.fields[name]
    field.choices = choices


def _things(shown: Specimen) -> Choices:
    """Return all that has a name: labels and links, then the attributes of each with their values."""
    labels = [(f"label:{each.name}", each.title) for each in shown.labels]
    links = [(f"relation:{each.name}", each.title) for each in shown.links]
    owners = [("label", each) for each in shown.labels] + [("relation", e) for e in shown.links]
    groups: Choices = [(say("Labels"), labels), (say("Links"), links)]
    for kind, owner in owners:
        inner = [each for one in owner.attributes for each in _inner(f"{kind}:{owner.name}", one)]
        if inner:
            groups.append((owner.title, inner))
    return groups


def _inner(owner: str, attribute: Attribute) -> Choices:
    place = f"{owner}:{attribute.name}"
    values = [(f"{place}:{v.value}", f"{attribute.title}: {v.title}") for v in attribute.values]
    return [(place, attribute.title), *values]


def _splits(shown: Specimen) -> Choices:
    found: Choices = []
    for label in shown.labels:
        found.append((label.name, say("{label}: people decide", label=label.title)))
        found += [
            (
                f"{label.name}:{each.name}",
                say("{label} by {attribute}", label=label.title, attribute=each.title),
            )
            for each in label.attributes
            if each.splits
        ]
    return found


# The pages


@never_cache
def migrations(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Ask what is to be changed, show what that concerns, and do it."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
    current = schemes.current(found)
    kind = request.POST.get("kind") or request.GET.get("kind") or "rename"
    kind = kind if kind in FORMS else "rename"
    asked = request.method == "POST" and not _is_handed_on(request)
    given = request.POST if asked else None
    form = FORMS[kind](specimen(current.definition, current.version), given)
    context: dict[str, Any] = frame(found, standing, "scheme")
    context |= {"form": form, "kind": kind, "kinds": KINDS, "version": current.version}
    context |= {"running": queries.running(found), "made": _made(found)}
    if request.method != "POST":
        return render(request, "labels/migrations.html", context)
    try:
        if request.POST.get("do") == "apply":
            row = migration.begin(by=by, slug=slug, what=_handed_on(request))
            return redirect("pages:migration", slug, row.uuid)
        looked = _look(request, by, slug, form)
        context |= {"look": looked} | (_told(looked) if looked else {})
        return render(request, "labels/migrations.html", context, status=200 if looked else 422)
    except Refusal as refusal:
        context["refused"] = _said(refusal)
        return render(request, "labels/migrations.html", context, status=refusal.status)


def _look(request: HttpRequest, by: Actor, slug: str, form: Any) -> migration.Look | None:
    if _is_handed_on(request):
        return migration.look(by=by, slug=slug, what=_handed_on(request))
    if not form.is_valid():
        return None
    return migration.look(by=by, slug=slug, what=form.wanted())


def _is_handed_on(request: HttpRequest) -> bool:
    """Whether what is wanted comes as it was looked at, and not from the form."""
    return "what" in request.POST and "kind" not in request.POST


def _handed_on(request: HttpRequest) -> Any:
    try:
        return orjson.loads(request.POST.get("what", "")[:LONGEST])
    except orjson.JSONDecodeError:
        raise Invalid(say("Begin again: what was to be changed was lost on the way.")) from None


def _said(refusal: Refusal) -> list[str]:
    """Return what a refusal says, without the names that programs have for fields."""
    if isinstance(refusal, BadScheme):
        return [each["message"] for each in refusal.errors]
    return [each["message"] for each in refusal.errors if "message" in each] or [refusal.detail]


def _told(looked: migration.Look) -> dict[str, Any]:
    """Say what a migration concerns."""
    found = looked.concern
    parts = [
        say_many("{shown} span", "{shown} spans", found.spans, shown=grouped(found.spans)),
        say_many("{shown} link", "{shown} links", found.relations, shown=grouped(found.relations))
        if found.relations
        else "",
        say_many("in {shown} set", "in {shown} sets", found.touched, shown=grouped(found.touched)),
    ]
    undone = {"undoes": str(looked.undoes.uuid)} if looked.undoes else None
    return {
        "said": looked.said,
        "what": orjson.dumps(undone or looked.made.payload()).decode(),
        "counts": " ".join(part for part in parts if part),
        "people": say(", ").join(found.people),
        "states": [(STATES[s], grouped(found.states[s])) for s in STATES if s in found.states],
        "clashes": [_clash(each) for each in looked.clashes],
        "next_version": looked.before.version + 1,
    }


def _clash(clash: migration.Clash) -> dict[str, Any]:
    return {
        "set": clash.set.uuid,
        "span": clash.one.id,
        "title": clash.set.article.title,
        "annotator": clash.set.annotator.username
        if clash.set.annotator
        else clash.set.annotator_name,
        "labels": f"{clash.one.label}, {clash.two.label}",
    }


def _made(found: Project) -> list[dict[str, Any]]:
    return [{"row": each, "said": migration.said(each)} for each in queries.migrations(found)[:50]]


@never_cache
def migration_page(request: HttpRequest, *, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    """Show a migration, how far it is and what it left; go on with it."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.CHANGE_SCHEME, by=by, slug=slug)
    row = queries.migration(found, uuid)
    if request.method == "POST":
        row = migration.go_on(by=by, slug=slug, uuid=uuid)
        if row.finished_at:
            messages.success(request, say("All sets are carried along."))
        return redirect("pages:migration", slug, uuid)
    made = done_by(row)
    waiting = concern.concern(found, made, {}) if made.asks else None
    context = frame(found, standing, "scheme") | {
        "row": row,
        "said": migration.said(row),
        "what": orjson.dumps({"undoes": str(row.uuid)}).decode(),
        "undone": queries.undone_by(row),
        "left": queries.left(row),
        "waiting": waiting,
        "figures": [
            (_("sets"), grouped(row.done)),
            (_("spans"), grouped(row.spans)),
            (_("links"), grouped(row.relations)),
        ],
    }
    return render(request, "labels/migration.html", context)
