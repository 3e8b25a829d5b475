"""Exporting: choices on a page that become one call to the API, as a link to download and a line to copy."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
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
from ..catalogue import Entry, catalogue
from ..errors import LibraryMissing
from ..queries import release as releases
from ..queries import scheme
from ..queries.access import Actor
from ..vocabulary import Kind, Lost, Split, State
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
ROUNDS = [
    ("", _("with the first ones")),
    ("1", _("left out")),
    ("2", _("without the first ones")),
]
FAMILIES = {
    exporters.Family.WHOLE: _("Everything"),
    exporters.Family.TABLE: _("Tables"),
    exporters.Family.TOOL: _("For other tools"),
    exporters.Family.CLAIM: _("Claims and sources"),
    exporters.Family.STANDARD: _("Standards of the web and of editions"),
    exporters.Family.TOKEN: _("Words for training"),
}
LOSSES = {
    Lost.TEXT: _("texts"),
    Lost.SPAN: _("spans of other labels"),
    Lost.LABEL: _("labels of several words"),
    Lost.RELATION: _("links"),
    Lost.PARTS: _("spans of several parts"),
    Lost.OVERLAP: _("spans that lie on others"),
    Lost.EDGES: _("edges inside words"),
    Lost.ATTRIBUTES: _("attributes"),
    Lost.RELATION_ATTRIBUTES: _("attributes of links"),
    Lost.CELL: _("cells that would run as formulas"),
    Lost.ANNOTATOR: _("who labelled"),
    Lost.REVIEW: _("reviews"),
    Lost.CONFIDENCE: _("confidence"),
    Lost.FLAG: _("flags"),
    Lost.ORIGIN: _("where spans come from"),
    Lost.PROVENANCE: _("where gold comes from"),
    Lost.STANDING: _("kinds, states and versions of sets, and ids"),
    Lost.METADATA: _("details of articles"),
    Lost.SET: _("sets that have no span"),
    Lost.ARTICLE: _("articles that have no span"),
}
"""What a format loses, in the order in which it is said."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A format as the page shows it."""

    key: str
    title: str
    help: str
    loses: str
    partly: str
    chosen: bool
    missing: str
    """Why it is not available; empty where it is."""
    file: str
    """The file in the zip where the texts are left out; empty where they are not, or cannot be."""
    needs: str
    """The library that it cannot work without; empty where there is none."""
    of_the_texts: bool
    """The texts are to be left out, and it does not go without them."""


class Choices(Form):
    """What to export, in the words of the API's parameters."""

    format = forms.ChoiceField(label=_("Format"), required=False)
    split = forms.ChoiceField(
        label=_("Articles"),
        choices=[("", _("all")), *((each, each) for each in Split.values)],
        required=False,
        help_text=_("As a release divides them. What came after it is in none of its splits."),
    )
    release = forms.ChoiceField(label=_("Divided as in"), required=False)
    set = forms.ChoiceField(label=_("Annotation sets"), choices=SETS, required=False)
    state = forms.ChoiceField(label=_("In state"), choices=STATES, required=False)
    round = forms.ChoiceField(label=_("Second looks"), choices=ROUNDS, required=False)
    label = forms.ChoiceField(label=_("Spans"), required=False)
    updated_since = forms.DateField(
        label=_("Changed since"),
        required=False,
        help_text=_("The start of that day, UTC. Left empty: whenever."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    with_text = forms.ChoiceField(
        label=_("Texts"),
        choices=[
            ("", _("in the file")),
            (
                "false",
                _(
                    "left out: offsets, hashes and at most short quotes, for texts that are somebody else’s"
                ),
            ),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    pseudonyms = forms.ChoiceField(
        label=_("People"),
        choices=[("", _("by name")), ("true", _("by pseudonym"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        labels: list[tuple[str, str]],
        divided: list[str],
        named: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(key, key) for key in catalogue(exporters)]  # type: ignore[attr-defined]
        self.fields["label"].choices = [  # type: ignore[attr-defined]
            ("", say("of every label")),
            *labels,
        ]
        self.fields["release"].choices = [  # type: ignore[attr-defined]
            ("", say("release {version}, the newest", version=divided[0] if divided else "")),
            *[(version, say("release {version}", version=version)) for version in divided[1:]],
        ]
        bare = say(", ").join(exporters.bare())
        self.fields["with_text"].help_text = say(
            "These formats go without: {formats}.", formats=bare
        )
        if not named:
            del self.fields["pseudonyms"]
        if not divided:
            del self.fields["split"]
        if len(divided) < len(("one", "another")):
            del self.fields["release"]

    def clean_with_text(self) -> str:
        """Refuse to leave the texts out of a format that is made of them."""
        given = str(self.cleaned_data["with_text"])
        name = self.cleaned_data.get("format") or DEFAULT
        if given and name not in exporters.bare():
            raise forms.ValidationError(exporters.of_the_texts(name).detail)
        return given

    def query(self) -> dict[str, str]:
        """Return the parameters of the call; what is left at its default stays out."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "split" not in given:
            given.pop("release", None)
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
    divided = releases.divided(found, named=named).values_list("version", flat=True)
    form = Choices(request.GET, labels=labels, divided=list(divided), named=named)
    bare = request.GET.get("with_text") == "false"
    families = dict(_families(request.GET.get("format") or DEFAULT, bare=bare))
    chosen = next((each for all_ in families.values() for each in all_ if each.chosen), None)
    url = report = ""
    if form.is_valid() and not (chosen and chosen.missing):
        query = form.query()
        url = f"{reverse('api:export', args=[slug])}?{urlencode(query)}"
        report = f"{url}&report=true"
    context = frame(found, standing, "export") | {
        "form": form,
        "named": named,
        "undivided": not divided,
        "families": families,
        "chosen": chosen,
        "download_url": url,
        "report_url": report,
        "call": _call(request, url) if url else "",
    }
    return render(request, "labels/export.html", context, status=422 if form.errors else 200)


def _call(request: HttpRequest, url: str) -> str:
    """Return the call as a line for a shell; the token comes from a variable, so that no history keeps it."""
    address = shlex.quote(request.build_absolute_uri(url))
    return f'curl --fail -OJ -H "Authorization: Bearer $GALLEY_TOKEN" {address}'


def _families(chosen: str, *, bare: bool) -> Iterator[tuple[str, list[Shown]]]:
    """Yield the formats that stand together, under their heading."""
    known = sorted(catalogue(exporters).values(), key=lambda each: each.key != DEFAULT)
    for family, title in FAMILIES.items():
        found = [_shown(each, chosen, bare=bare) for each in known if family == each.module.FAMILY]
        if found:
            yield str(title), found


def _shown(entry: Entry, chosen: str, *, bare: bool) -> Shown:
    without = getattr(entry.module, "WITHOUT_TEXT", None) if bare else None
    module = without or entry.module
    return Shown(
        entry.key,
        gettext(entry.title),
        gettext(entry.help).replace("`", ""),
        _listed(module.LOSES),
        _listed(module.PARTLY),
        entry.key == chosen,
        LibraryMissing(entry.key, entry.missing).detail if entry.missing else "",
        without.FILE if without else "",
        entry.needs,
        bare and not without,
    )


def _listed(codes: frozenset[Lost]) -> str:
    return say(", ").join(str(words) for code, words in LOSSES.items() if code in codes)
