"""A project's articles, searched and page by page; and starting a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..actions import access
from ..actions import project as actions
from ..actions import scheme as schemes
from ..actions.access import Act
from ..errors import Refusal
from ..queries import article as articles
from ..queries import assignment
from ..queries import project as projects
from ..queries import scheme as versions
from ..queries.access import Actor, seen
from ..queries.assignment import Item
from ..queries.listing import Slice, slice_of
from ..records import Standing
from ..vocabulary import Kind, Role, State, Task
from ..words import say
from .dates import day
from .form import Form
from .frame import KINDS, Progress, frame, grouped, progress
from .home import REVIEW, VERBS, address

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from ..models import Article, Project

PER_PAGE = 50
UNTOUCHED = "untouched"
STATES = [
    ("", pgettext_lazy("state", "any")),
    (UNTOUCHED, pgettext_lazy("state", "not begun")),
    (State.OPEN, pgettext_lazy("state", "in progress")),
    (State.SUBMITTED, pgettext_lazy("state", "submitted")),
    (State.RETURNED, pgettext_lazy("state", "returned")),
    (State.APPROVED, pgettext_lazy("state", "approved")),
]


BEGIN = {
    None: _("Start labelling"),
    State.OPEN: _("Continue labelling"),
    State.RETURNED: _("Correct what was returned"),
}


class Filters(Form):
    """What to look for in the list."""

    q = forms.CharField(
        label=_("Words in title or publisher"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    person = forms.ChoiceField(label=_("Assigned to"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            self.fields["person"].choices = [  # type: ignore[attr-defined]
                ("", say("anybody")),
                *people,
            ]
        else:
            del self.fields["person"]


@dataclass(frozen=True, slots=True)
class Work:
    """Whose set of an article is how far."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Link:
    """Something to do, and where."""

    url: str
    text: StrOrPromise


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list."""

    id: UUID
    url: str
    title: str
    publisher: str
    byline: str
    published: str
    length: str
    work: list[Work]
    act: Link | None


def project(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the articles that one may read, with how far each is."""
    found, standing = access.project_standing(by=by, slug=slug)
    people = _people(found) if access.may(Act.READ_MEMBERS, standing) else []
    form = Filters(request.GET, people=people)
    form.is_valid()
    page = _found(request, found, by, standing, form.cleaned_data)
    context = frame(found, standing, "articles") | {
        "form": form,
        "people": people,
        "filtered": any(form.cleaned_data.values()) or "after" in request.GET,
        "begin": _begin(assignment.next_for(by, found)),
        "progress": _progress(by, found, standing),
        "articles": [row(each, by, standing) for each in page.rows],
        "mine": standing.role == Role.ANNOTATOR,
        **_pages(request, page),
    }
    return render(request, "labels/project.html", context)


def _found(
    request: HttpRequest, found: Project, by: Actor, standing: Standing, wanted: dict[str, Any]
) -> Slice[Article]:
    rows = articles.visible(found, by, standing.role)
    rows = articles.search(rows, wanted.get("q", ""))
    read = seen(by, found, standing.role)
    rows = articles.in_state(rows, wanted.get("state", ""), read)
    if wanted.get("person"):
        rows = articles.assigned_to(rows, wanted["person"])
    rows = articles.with_work(rows, read)
    return slice_of(
        rows,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PER_PAGE,
    )


def _pages(request: HttpRequest, page: Slice[Article]) -> dict[str, str]:
    """Return the query strings of the pages before and after this one."""

    def moved(name: str, value: UUID | None) -> str:
        if value is None:
            return ""
        query = request.GET.copy()
        query.pop("after", None)
        query.pop("before", None)
        query[name] = str(value)
        return query.urlencode()

    return {"previous": moved("before", page.before), "next": moved("after", page.after)}


def _people(found: Project) -> list[tuple[str, str]]:
    return projects.assignees(projects.members(found))


def _begin(item: Item | None) -> Link | None:
    if item is None:
        return None
    if item.role == Task.REVIEW:
        return Link(address(item), REVIEW)
    return Link(address(item), BEGIN.get(item.state, BEGIN[State.RETURNED]))


def _progress(by: Actor, found: Project, standing: Standing) -> Progress:
    """Return the project's progress for managers, that of what they review for reviewers, else one's own."""
    if standing.role == Role.ANNOTATOR:
        own = assignment.progress(by, found)
        return progress(own, own["total"])
    if standing.role == Role.REVIEWER:
        return progress(assignment.reviewing(by, found), 0)
    return progress(projects.counts(found), found.article_count)


def row(article: Article, by: Actor, standing: Standing) -> Row:
    """Return an article as the list shows it; others' states only to those who may see them."""
    sets = list(article.annotation_sets.all())
    begun = {each.annotator_id for each in sets if each.kind == Kind.OWN}
    held = article.assignments.all()
    tasks = {each.role for each in held if each.person_id == by.person.pk}
    # Where names are hidden, who is to label it as well is told of nobody else.
    reviews = Task.REVIEW in tasks and not (standing.blind and Task.ANNOTATE in tasks)
    everybody = standing.role == Role.MANAGER or reviews
    waiting = [
        each.person
        for each in held
        if each.role == Task.ANNOTATE
        and each.person_id not in begun
        and (everybody or each.person_id == by.person.pk)
    ]
    work = [Work(_whose(each), each.state) for each in sets]
    work += [Work(person.name, "") for person in waiting]
    return Row(
        id=article.uuid,
        url=reverse("pages:article", args=[article.uuid]),
        title=article.title,
        publisher=article.publisher,
        byline=article.byline,
        published=day(article.published_at),
        length=grouped(article.length),
        work=work,
        act=_act(article, by, sets),
    )


def _whose(row: Any) -> str:
    if row.annotator:
        return str(row.annotator.name)
    return row.annotator_name or str(KINDS[Kind(row.kind)])


def _act(article: Article, by: Actor, sets: Sequence[Any]) -> Link | None:
    """Return what this person is to do with an article: label it, else review somebody's set of it."""
    tasks = {each.role for each in article.assignments.all() if each.person_id == by.person.pk}
    if Task.ANNOTATE in tasks:
        # In order of their making: the last look at it counts.
        own = next((each for each in reversed(sets) if each.annotator_id == by.person.pk), None)
        verb = VERBS[State(own.state) if own else None]
        return Link(reverse("pages:label", args=[article.uuid]), verb)
    others = [each for each in sets if each.annotator_id != by.person.pk]
    waiting = next((each for each in others if each.state == State.SUBMITTED), None)
    if Task.REVIEW in tasks and waiting:
        return Link(reverse("pages:review", args=[waiting.uuid]), REVIEW)
    return None


class About(Form):
    """A project's name, and what it is about."""

    name = forms.CharField(label=_("Name"), max_length=150)
    description = forms.CharField(
        label=_("What it is about"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewProject(About):
    """What a project begins with: its scheme, too."""

    scheme = forms.ChoiceField(
        label=_("Scheme"),
        required=False,
        help_text=_("What people mark and what they say of it. You can change it afterwards."),
        widget=forms.RadioSelect,
    )


def project_new(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Start a project with the default scheme or with that of another project of one's own."""
    own = [each.project for each in projects.memberships(by)]
    form = NewProject(request.POST or None, initial={"scheme": ""})
    form.fields["scheme"].choices = [  # type: ignore[attr-defined]
        ("", say("Attributed claims in news: claims, sources, cues and entities")),
        *((each.slug, say("the scheme of “{name}”", name=each.name)) for each in own),
    ]
    if request.method == "POST" and form.is_valid():
        try:
            made = _create(by, own, form.cleaned_data)
        except Refusal as refusal:
            form.take(refusal)
        else:
            said = say("{name} is ready. Import articles to begin.", name=made.name)
            messages.success(request, said)
            return redirect("pages:project", made.slug)
    status = 422 if form.errors else 200
    return render(request, "labels/project_new.html", {"form": form}, status=status)


def _create(by: Actor, own: Sequence[Project], given: dict[str, Any]) -> Project:
    model = next((each for each in own if each.slug == given["scheme"]), None)
    definition = versions.current(model).definition if model else schemes.default()
    return actions.create(
        by=by, name=given["name"], description=given["description"], definition=definition
    )
