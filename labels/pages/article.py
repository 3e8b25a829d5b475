"""An article as it is read, with whose marks there are and how far; its metadata for those who may change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..actions import access
from ..actions import article as actions
from ..actions.access import Act
from ..errors import Refusal
from ..queries import article as queries
from ..queries import edition as editions
from ..queries.access import Actor, seen
from ..text.segments import paragraphs
from ..vocabulary import Kind, State
from ..words import say
from .dates import day
from .form import Form
from .frame import KINDS, characters, frame
from .home import REVIEW, VERBS
from .project import Link
from .remark import Remark, talk

if TYPE_CHECKING:
    from ..models import AnnotationSet, Article
    from ..records import Standing

FIELDS = ("title", "publisher", "byline", "published_at", "url", "language")
ASIDES = ("byline_span", "closing_appeal")
LINKED = ("https://", "http://")


class Metadata(Form):
    """What is known of an article; its text never changes."""

    title = forms.CharField(label=_("Title"), max_length=500)
    publisher = forms.CharField(label=_("Publisher"), max_length=300, required=False)
    byline = forms.CharField(label=_("Byline"), max_length=300, required=False)
    published_at = forms.CharField(
        label=_("Published"),
        max_length=35,
        required=False,
        help_text=_("A date such as 2019-10-29, or with a time."),
    )
    url = forms.CharField(label=_("Address"), max_length=2000, required=False)
    language = forms.CharField(
        label=_("Language"), max_length=35, required=False, help_text=_("Such as en, ja or pt-BR.")
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """Somebody's annotation set of the article."""

    name: str
    note: str
    state: str
    act: Link | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of the article."""

    name: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text with its place in it; `aside` is the byline, or the publisher's closing appeal."""

    start: int
    text: str
    aside: bool = False


def article(request: HttpRequest, *, by: Actor, uuid: UUID) -> HttpResponse:
    """Show the article; change what is known of it."""
    found, standing = access.article_standing(by=by, uuid=uuid, text=True)
    initial = {name: getattr(found, name) for name in FIELDS}
    said = Remark(request.POST if "remark" in request.POST else None)
    form = Metadata((request.POST or None) if not said.is_bound else None, initial=initial)
    if said.is_bound and said.is_valid() and said.speak(by, uuid):
        return redirect(f"{reverse('pages:article', args=[uuid])}#comments")
    if request.method == "POST" and not said.is_bound:
        access.article(Act.CHANGE_ARTICLE, by=by, uuid=uuid)
        if form.is_valid():
            try:
                actions.describe(by=by, uuid=uuid, changes=form.cleaned_data)
            except Refusal as refusal:
                form.take(refusal)
            else:
                messages.success(request, say("What is known of this article has been changed."))
                return redirect("pages:article", uuid)
    marks = _marks(found, by, standing)
    heard = talk(request, by, found, standing)
    said.fields["remark"].help_text = heard.hint
    context = frame(found.project, standing, "") | {
        "article": found,
        "line": _line(found),
        "paragraphs": blocks(found.text, asides(found)),
        "marks": marks,
        "start": _start(found, standing, marks),
        "facts": _facts(found),
        "notes": _notes(found),
        "newer": editions.newer(found),
        "form": form,
        "talk": heard,
        "said": said,
    }
    status = 422 if form.errors or said.errors else 200
    return render(request, "labels/article.html", context, status=status)


def blocks(text: str, beside: Sequence[tuple[int, int]] = ()) -> list[Paragraph]:
    """Return the paragraphs of a text with the place at which each begins."""
    return [
        Paragraph(start, text[start:end], any(a < end and start < b for a, b in beside))
        for start, end in paragraphs(text)
    ]


def asides(found: Article) -> list[tuple[int, int]]:
    """Return the stretches that an importer took for byline and appeal; other things may stand in `extra`."""
    places = [found.extra.get(name) for name in ASIDES]
    return [
        (place["start"], place["end"])
        for place in places
        if isinstance(place, dict)
        and isinstance(place.get("start"), int)
        and isinstance(place.get("end"), int)
    ]


def _line(found: Article) -> list[str]:
    said = [found.publisher, found.byline, day(found.published_at)]
    return [*filter(None, said), characters(found.length)]


def _facts(found: Article) -> list[Fact]:
    facts = [
        Fact(say("Publisher"), found.publisher),
        Fact(say("Byline"), found.byline),
        Fact(say("Published"), day(found.published_at)),
        Fact(say("Address"), found.url, found.url if found.url.startswith(LINKED) else ""),
        Fact(say("Language"), found.language),
        Fact(say("Its own id"), found.external_id),
        Fact(say("Length"), characters(found.length)),
        Fact("SHA-256", found.text_sha256),
    ]
    return [fact for fact in facts if fact.text]


def _notes(found: Article) -> list[str]:
    """Say what the grey paragraphs are."""
    if not asides(found):
        return []
    return [
        say(
            "What the import took for a byline or for the publisher’s closing appeal is set in grey."
            " It stays in the text."
        )
    ]


def _marks(found: Article, by: Actor, standing: Standing) -> list[Marks]:
    """Return the sets that this person may look at or work on."""
    rows = list(queries.sets_of(found, seen(by, found.project, standing.role)))
    own = [each for each in rows if each.kind == Kind.OWN and each.annotator_id == by.person.pk]
    last = max(own, key=lambda each: each.round, default=None)
    return [_mark(each, found, own=each == last) for each in rows]


def _mark(row: AnnotationSet, found: Article, *, own: bool) -> Marks:
    note = "" if row.kind == Kind.OWN else str(KINDS[Kind(row.kind)])
    if row.round > 1:
        number = say("round {number}", number=row.round)
        note = say(", ").join(filter(None, [note, number]))
    if own:
        act = Link(reverse("pages:label", args=[found.uuid]), VERBS[State(row.state)])
    else:
        text = REVIEW if row.state == State.SUBMITTED else VERBS[State.SUBMITTED]
        act = Link(reverse("pages:review", args=[row.uuid]), text)
    name = row.annotator.name if row.annotator else row.annotator_name
    return Marks(name=name or note, note=note if name else "", state=row.state, act=act)


def _start(found: Article, standing: Standing, marks: list[Marks]) -> Link | None:
    """Return the way to one's own marks, where one may make some."""
    label = reverse("pages:label", args=[found.uuid])
    own = next((each.act for each in marks if each.act and each.act.url == label), None)
    if own:
        return own
    return Link(label, say("Label this article")) if access.may(Act.START_SET, standing) else None
