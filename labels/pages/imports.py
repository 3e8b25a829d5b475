"""Importing: choose files or paste a text, look at what they would make, then import.

The look keeps the files with its report (`actions.imports.look`), so that confirming imports just what was
looked at; the addresses `?look=` and `?done=` show the two reports. Large files are looked at and imported beside
the requests (`actions.queue`); `?wait=` shows how far that is.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import importers
from ..actions import access, queue
from ..actions import imports as actions
from ..actions.access import Act
from ..catalogue import Entry, catalogue
from ..errors import LibraryMissing, NotFound, Refusal
from ..queries import imports as queries
from ..queries.access import Actor
from ..words import say, say_many
from .form import Form
from .frame import articles, frame, grouped

if TYPE_CHECKING:
    from ..models import Import

PASTED = "pasted.txt"
"""What a pasted text is called in a report."""
COLON = re.compile("[:：] *")
"""What stands between a format's name and what it is, in the writing of any language."""
SHOWN = 100
"""Articles of a report that the page lists."""


class SeveralFiles(forms.ClearableFileInput):
    """A file field of the browser that takes more than one."""

    allow_multiple_selected = True


class Uploads(forms.FileField):
    """Any number of files, empty ones included: the importer says what is wrong with those."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files as they came."""
        return [each for each in data or [] if each]


class Choice(Form):
    """What to import, and how to read it."""

    uploads = Uploads(
        label=_("Files"),
        required=False,
        help_text=_("One or more. Large files are imported while you do something else."),
    )
    text = forms.CharField(
        label=_("Or paste a text"),
        strip=False,
        required=False,
        help_text=_("The text of one article. Its first sentence becomes the title."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    format = forms.ChoiceField(label=_("Format"), required=False)
    columns = forms.CharField(
        label=_("Columns of a table"),
        required=False,
        help_text=_(
            "Only if the columns have names of their own: Body=text, Head=title. The report shows what was taken."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(key, _offered(entry)) for key, entry in catalogue(importers).items()]
        choices = [("", say("recognise it")), *known]
        self.fields["format"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a form with nothing in it."""
        given = super().clean() or {}
        if not given.get("uploads") and not given.get("text") and not self.errors:
            self.add_error("uploads", say("Choose a file, or paste a text below."))
        return given

    def chosen(self) -> list[tuple[str, BinaryIO]]:
        """Return the files with their names, the pasted text last."""
        found = [(each.name or "file", each) for each in self.cleaned_data["uploads"]]
        if self.cleaned_data["text"]:
            found.append((PASTED, io.BytesIO(self.cleaned_data["text"].encode())))
        return found


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a report."""

    url: str
    title: str
    length: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as the page shows it."""

    sentence: str
    button: str
    articles: list[Item]
    more: str
    known: list[Item]
    newer: list[str]
    refused: list[dict[str, Any]]
    counts: dict[str, int]
    ready: bool
    marks: str
    scheme: list[str]
    reasons: list[str]
    warnings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far a large import, or the look before it, is."""

    id: str
    going: bool
    looking: bool
    sentence: str
    taken: str
    percent: int


def imports(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the form or a report; look at files; import what was looked at."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.IMPORT, by=by, slug=slug)
    context = frame(found, standing, "import")
    if request.method == "POST":
        if request.POST.get("do") == "import":
            return _confirm(request, by, slug)
        if request.POST.get("do") == "cancel":
            return _cancel(request, by, slug)
        return _look(request, by, slug, context)
    for name in ("look", "done", "wait"):
        if name in request.GET:
            batch = queries.one(found, _id(request.GET[name]))
            if name == "wait" or "items" not in batch.report:
                return _wait(request, batch, context, slug)
            return _report(request, batch, context, done=name == "done")
    going = [(str(each.uuid), each.dry_run) for each in queries.under_way(found)]
    return _form(request, Choice(), context | {"going": going})


def _look(request: HttpRequest, by: Actor, slug: str, context: dict[str, Any]) -> HttpResponse:
    form = Choice(request.POST, {"uploads": request.FILES.getlist("uploads")})
    if form.is_valid():
        try:
            batch = _looked(by, slug, form)
        except Refusal as refusal:
            form.take(refusal)
        else:
            return _go(slug, "wait" if batch.queued_at else "look", batch)
    return _form(request, form, context, status=422)


def _looked(by: Actor, slug: str, form: Choice) -> Import:
    """Look at once, or have large files looked at."""
    files = form.chosen()
    asked: dict[str, Any] = {
        "by": by,
        "slug": slug,
        "files": files,
        "format_name": form.cleaned_data["format"] or actions.AUTO,
        "columns": form.cleaned_data["columns"],
        "keep": True,
    }
    if queue.is_large(files):
        return queue.take(**asked, dry_run=True)
    return actions.look(**asked)


def _go(slug: str, name: str, batch: Import) -> HttpResponse:
    return redirect(f"{reverse('pages:import', args=[slug])}?{name}={batch.uuid}")


def _confirm(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    made = queue.confirm(by=by, slug=slug, uuid=_id(request.POST.get("look", "")))
    return _go(slug, "wait" if made.queued_at else "done", made)


def _cancel(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    made = queue.cancel(by=by, slug=slug, uuid=_id(request.POST.get("wait", "")))
    return _go(slug, "wait", made)


def _wait(request: HttpRequest, batch: Import, context: dict[str, Any], slug: str) -> HttpResponse:
    """Show how far a large import is; where there is a report, go there."""
    state = queries.state(batch)
    refused = batch.report.get("refused")
    if state == "done" or (state == "looked" and (refused or queue.is_kept(batch))):
        return _go(slug, "done" if state == "done" else "look", batch)
    if batch.report.get("errors"):
        return _report(request, batch, context, done=False)
    return render(request, "labels/import_wait.html", context | {"wait": _waiting(batch, state)})


def _waiting(batch: Import, state: str) -> Waiting:
    going = say("You can go on with something else: it needs no open page.")
    said = {
        "waiting": going,
        "running": going,
        "failed": batch.problem.get("detail", ""),
        "cancelled": say("It was cancelled. Nothing of it remains."),
        "looked": actions.used_up(),
    }[state]
    return Waiting(
        id=str(batch.uuid),
        going=state in {"waiting", "running"},
        looking=batch.dry_run,
        sentence=said,
        taken=articles(batch.taken) if batch.taken else "",
        percent=min(99, 100 * batch.read // batch.size) if batch.size else 0,
    )


def _form(
    request: HttpRequest, form: Choice, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    formats = [_shown(entry) for entry in catalogue(importers).values()]
    more = {"form": form, "formats": formats}
    return render(request, "labels/import.html", context | more, status=status)


def _offered(entry: Entry) -> str:
    """Return the line of a format in the menu."""
    title = gettext(entry.title)
    return say("{format} (not available here)", format=title) if entry.missing else title


def _shown(entry: Entry) -> dict[str, str]:
    """Return a format as the list has it: its name, and unfolded what it is, its help and its sample."""
    name, *about = COLON.split(gettext(entry.title), maxsplit=1)
    unfolded = {"about": "".join(about), "help": gettext(entry.help), "sample": entry.sample}
    if entry.missing:
        unfolded["missing"] = LibraryMissing(entry.key, entry.missing).detail
    return {"name": name} | unfolded


def _report(
    request: HttpRequest, batch: Import, context: dict[str, Any], *, done: bool
) -> HttpResponse:
    more = {"report": report(batch, done=done), "done": done, "look": batch.uuid}
    return render(request, "labels/import_report.html", context | more)


def report(batch: Import, *, done: bool) -> Report:
    """Return a stored report in the words of the page."""
    found = batch.report
    made = [each for each in found["items"] if not each["duplicate"]]
    known = [each for each in found["items"] if each["duplicate"]]
    return Report(
        sentence=_sentence(found, done=done),
        button=say("Import {articles}", articles=articles(found["articles"]))
        if found["articles"]
        else say("Import the annotations"),
        articles=[_item(each, linked=done) for each in made[:SHOWN]],
        more=_more(found["articles"] - len(made[:SHOWN])),
        known=[_item(each, linked=done) for each in known[:SHOWN]],
        newer=_newer(found["newer"], found.get("unlike", 0)) if found.get("newer") else [],
        refused=found["errors"],
        counts={name: found[name] for name in ("articles", "duplicates", "refused")}
        | {"broken": found.get("broken", 0)},
        ready=bool(found["articles"] or found.get("sets")) and not found["refused"],
        marks=_marks(found),
        scheme=found.get("scheme", []),
        reasons=found.get("reasons", [])[:SHOWN],
        warnings=found.get("warnings", []),
    )


def _marks(found: dict[str, Any]) -> str:
    """Say what comes beside articles; nothing where the files have articles alone."""
    said = []
    if found.get("sets"):
        said.append(
            say(
                "Annotation sets: {sets}. Spans: {spans}, links: {relations}, verdicts: {reviews}.",
                **{
                    each: grouped(found[each]) for each in ("sets", "spans", "relations", "reviews")
                },
            )
        )
        said.append(say("They count as imported, under the names that the files give."))
    if found.get("known_sets"):
        known = grouped(found["known_sets"])
        said.append(say("Sets that are here already, and stay as they are: {known}.", known=known))
    return " ".join(said)


def _newer(number: int, unlike: int) -> list[str]:
    said = [
        say_many(
            "{number} of them is a newer text of an article that is here.",
            "{number} of them are newer texts of articles that are here.",
            number,
        ),
        gettext("The older texts and their marks stay as they are."),
    ]
    if unlike:
        said.append(
            say(
                "Texts that have nothing in common with the older one: {number}. If their ids are the same by "
                "chance, give the articles of the file other ids.",
                number=grouped(unlike),
            )
        )
    return said


def _item(raw: dict[str, Any], *, linked: bool) -> Item:
    url = reverse("pages:article", args=[raw["id"]]) if linked else ""
    return Item(url, raw["title"], grouped(raw["length"]), raw["notes"])


def _sentence(found: dict[str, Any], *, done: bool) -> str:
    made, known = found["articles"], found["duplicates"]
    if found["refused"]:
        return say_many(
            "{number} place cannot be read, so nothing can be imported yet: all of it is, or none."
            " Mend the files, or leave out the bad ones.",
            "{number} places cannot be read, so nothing can be imported yet: all of it is, or none."
            " Mend the files, or leave out the bad ones.",
            found["refused"],
        )
    if not made and known and not found.get("sets"):
        return say(
            "Everything in these files is in the project already. There is nothing to import."
        )
    if done:
        said = [
            say_many(
                "{shown} article was imported",
                "{shown} articles were imported",
                made,
                shown=grouped(made),
            )
        ]
    else:
        said = [
            say_many(
                "{shown} article will be imported",
                "{shown} articles will be imported",
                made,
                shown=grouped(made),
            )
        ]
    if known:
        said.append(
            say_many(
                "{shown} is in the project already",
                "{shown} are in the project already",
                known,
                shown=grouped(known),
            )
        )
    return say("{things}.", things=say(", ").join(said))


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return say_many(
        "And {shown} more article.", "And {shown} more articles.", number, shown=grouped(number)
    )


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotFound(say("There is no such import in this project.")) from None
