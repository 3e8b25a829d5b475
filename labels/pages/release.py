"""Releases: what was given away, file by file, and the form that makes the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..actions import access, making
from ..actions.access import Act
from ..errors import Refusal
from ..queries import making as makings
from ..queries import release as kept
from ..queries.access import Actor
from ..words import say
from .form import Form
from .frame import articles, frame, grouped

if TYPE_CHECKING:
    from ..models import Release

SHOWN = 100
"""Releases that the page lists; the API has all."""
SUMS = "SHA256SUMS"
SPLITS = [
    ("none", _("not divided")),
    ("article", _("by article, drawn by chance")),
    ("time", _("by time, the oldest for training")),
]
PARTS = {
    "splits": _(
        "Articles are compared with each other, so that what is nearly the same stays together."
    ),
    "tables": _("The tables are written."),
    "agreement": _("Agreement is computed."),
    "files": _("The files are kept."),
}
"""What is done while a release is made."""
COUNTED = {"splits", "tables"}
"""The parts that go on article by article."""
FILES = {
    "articles.jsonl": _("Articles, one a line."),
    "annotations.jsonl": _("Spans, one annotator’s a line."),
    "gold.jsonl": _("Settled spans, with what each was taken from."),
    "relations.jsonl": _("Links between spans."),
    "sets.jsonl": _("Annotation sets, those too in which nothing was marked."),
    "dataset.jsonl": _("All of it as Galley imports it."),
    "scheme.json": _("The label scheme."),
    "guidelines.md": _("What the annotators were told."),
    "splits.json": _("Which article is in which split, and the proof that nothing leaks."),
    "agreement.json": _("How far the annotators agree."),
    "README.md": _("The card of the data set: read this first."),
    "CHANGELOG.md": _("What is new."),
    "LICENSE-data": _("The licence of the labels."),
    "LICENSE-text": _("The licence of the texts."),
    "rebuild.py": _("Puts your own copy of the texts in, and checks each."),
    "croissant.json": _("The card for machines (Croissant)."),
    SUMS: _("The hashes of all files, for sha256sum."),
}


class Make(Form):
    """The terms of the next release."""

    version = forms.CharField(
        label=_("Version"),
        max_length=30,
        required=False,
        help_text=_(
            "Left empty it is counted on: the first number where something was changed or taken away,"
            " the second where something was added."
        ),
    )
    with_text = forms.ChoiceField(
        label=_("Texts"),
        choices=[
            ("yes", _("in the release")),
            ("no", _("left out: offsets and hashes, for texts that are somebody else’s")),
        ],
        widget=forms.RadioSelect,
        initial="yes",
    )
    pseudonyms = forms.ChoiceField(
        label=_("People"),
        choices=[("yes", _("by pseudonym")), ("no", _("by name"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    split = forms.ChoiceField(
        label=_("Train, dev and test"),
        choices=SPLITS,
        initial="none",
        help_text=_("80, 10 and 10 per cent. Articles that are nearly the same stay together."),
    )
    licence_labels = forms.CharField(
        label=_("Licence of the labels"),
        max_length=500,
        required=False,
        help_text=_("Such as CC-BY-4.0, or an address."),
    )
    licence_text = forms.CharField(label=_("Licence of the texts"), max_length=500, required=False)
    notes = forms.CharField(
        label=_("What is new"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def terms(self) -> dict[str, Any]:
        """Return the terms as the action reads them."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        yes = {name: given[name] == "yes" for name in ("with_text", "pseudonyms")}
        return given | yes


@dataclass(frozen=True, slots=True)
class File:
    """One file as the page lists it."""

    name: str
    url: str
    size: str
    says: str
    sha256: str


def releases(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """List the releases; make one where the form was sent."""
    found, standing = access.project_standing(by=by, slug=slug)
    _project, named = access.exporting(Act.READ_RELEASES, by=by, slug=slug)
    posted = request.method == "POST"
    form = Make(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            made = making.ask(
                by=by, slug=slug, version=form.cleaned_data["version"], terms=form.terms()
            )
        except Refusal as refusal:
            form.take(refusal)
        else:
            if isinstance(made, making.Making):
                return redirect("pages:making", slug, made.uuid)
            messages.success(
                request, gettext("Release {version} is made.").format(version=made.version)
            )
            return redirect("pages:release", slug, made.version)
    context = frame(found, standing, "releases") | {
        "releases": [
            (each, summary(each.counts)) for each in kept.releases(found, named=named)[:SHOWN]
        ],
        "may_make": access.may(Act.MAKE_RELEASE, standing),
        "going": makings.under_way(found),
        "form": form,
    }
    return render(request, "labels/releases.html", context, status=422 if form.errors else 200)


def making_page(request: HttpRequest, *, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    """Show how far a release in the making is; cancel it; where it is made, go there."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.MAKE_RELEASE, by=by, slug=slug)
    if request.method == "POST":
        making.cancel(by=by, slug=slug, uuid=uuid)
        return redirect("pages:making", slug, uuid)
    row = makings.one(found, uuid)
    if row.release:
        return redirect("pages:release", slug, row.release.version)
    state = makings.state(row)
    context = frame(found, standing, "releases") | {
        "going": state in makings.GOING,
        "sentence": {
            "waiting": gettext("You can go on with something else: it needs no open page."),
            "running": gettext("You can go on with something else: it needs no open page."),
            "failed": row.problem.get("detail", ""),
            "cancelled": gettext("It was cancelled. Nothing of it remains."),
        }[state],
        "part": PARTS.get(row.part, _("It begins in a moment.")),
        "count": gettext("{done} of {total}").format(
            done=grouped(row.done), total=articles(row.total)
        )
        if row.part in COUNTED
        else "",
        "percent": makings.percent(row),
    }
    return render(request, "labels/release_wait.html", context)


def release(request: HttpRequest, *, by: Actor, slug: str, version: str) -> HttpResponse:
    """Show one release."""
    found, standing = access.project_standing(by=by, slug=slug)
    _project, named = access.exporting(Act.READ_RELEASES, by=by, slug=slug)
    row = kept.release(found, version, named=named)
    context = frame(found, standing, "releases") | {
        "release": row,
        "summary": summary(row.counts),
        "files": list(_files(row, slug)),
        "units": [
            (name, grouped(count))
            for kind in ("labels", "relations")
            for name, count in row.counts.get(kind, {}).items()
        ],
        "terms": list(_terms(row.terms)),
        "changes": list(_changes(row.changes)),
    }
    return render(request, "labels/release.html", context)


def summary(counts: Mapping[str, Mapping[str, int]]) -> str:
    """Say in one line what a release holds."""
    rows = counts["rows"]
    articles, spans = rows.get("articles.jsonl", 0), rows.get("annotations.jsonl", 0)
    gold = rows.get("gold.jsonl", 0)
    parts = [
        ngettext("{n} article", "{n} articles", articles).format(n=grouped(articles)),
        ngettext("{n} span", "{n} spans", spans).format(n=grouped(spans)),
    ]
    if gold:
        parts.append(ngettext("{n} gold span", "{n} gold spans", gold).format(n=grouped(gold)))
    return say(", ").join(parts)


def _files(row: Release, slug: str) -> Iterator[File]:
    for each in kept.files(row):
        yield File(
            each.name,
            reverse("api:release_file", args=[slug, row.version, each.name]),
            filesizeformat(each.size),
            str(FILES.get(each.name, "")),
            each.sha256,
        )


def _terms(terms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield gettext("Texts"), gettext("in the release") if terms["with_text"] else gettext("left out")
    yield (
        gettext("People"),
        gettext("by pseudonym") if terms["pseudonyms"] else gettext("by name"),
    )
    yield gettext("Train, dev and test"), str(dict(SPLITS)[terms["split"]])
    yield gettext("Licence of the labels"), terms["licence_labels"] or gettext("not stated")
    yield gettext("Licence of the texts"), terms["licence_text"] or gettext("not stated")


def _changes(changes: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, Mapping[str, int]]]:
    yield from ((name, counts) for name, counts in changes.items() if any(counts.values()))
