"""The first page: what one is to do, and the projects one is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from ..queries import assignment, project
from ..queries.access import Actor
from ..queries.assignment import QUEUE, Item
from ..vocabulary import Role, State, Task
from ..words import say, say_many
from .frame import ROLES, Progress, articles, progress

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from ..models import Membership

VERBS = {
    None: pgettext_lazy("do", "Label"),
    State.OPEN: pgettext_lazy("do", "Continue"),
    State.RETURNED: pgettext_lazy("do", "Correct"),
    State.SUBMITTED: pgettext_lazy("do", "Look"),
    State.APPROVED: pgettext_lazy("do", "Look"),
}
"""What one does with one's own set of an article, by its state."""
REVIEW = pgettext_lazy("do", "Review")


@dataclass(frozen=True, slots=True)
class Work:
    """One article on the desk."""

    url: str
    title: str
    project: str
    whose: str
    state: str
    verb: StrOrPromise
    main: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Work of one kind."""

    name: str
    title: StrOrPromise
    rows: Sequence[Work]

    @property
    def shown(self) -> str:
        """How many there are."""
        if len(self.rows) >= QUEUE:
            return say("the first {number}", number=QUEUE)
        return str(len(self.rows))


@dataclass(frozen=True, slots=True)
class Card:
    """A project one is in. Annotators are shown their own figures, on its page; reviewers what they review."""

    slug: str
    name: str
    role: StrOrPromise
    articles: str = ""
    progress: Progress | None = None
    settles: bool = False
    """May settle disagreements."""


def home(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Show the desk."""
    own, reviews = assignment.to_label(by), assignment.to_review(by)
    memberships = list(project.memberships(by))
    reviewer = any(each.role == Role.REVIEWER for each in memberships)
    figures = assignment.reviewing_everywhere(by) if reviewer else {}
    context = {
        "groups": groups(own, reviews),
        "summary": summary(own, reviews),
        "projects": [card(each, figures) for each in memberships],
        # Anybody may start a project; who only works in others' is not asked to.
        "may_create": not memberships or any(each.role == Role.MANAGER for each in memberships),
    }
    return render(request, "labels/home.html", context)


def card(membership: Membership, reviewing: Mapping[int, dict[str, int]]) -> Card:
    """Return a project as the desk shows it; `reviewing` are a reviewer's figures by the project's key."""
    found, role = membership.project, Role(membership.role)
    if role == Role.ANNOTATOR:
        return Card(found.slug, found.name, ROLES[role])
    counts, total = project.counts(found), found.article_count
    if role == Role.REVIEWER:
        counts, total = reviewing.get(found.pk, dict.fromkeys(State.values, 0)), 0
    return Card(
        slug=found.slug,
        name=found.name,
        role=ROLES[role],
        articles=articles(found.article_count),
        progress=progress(counts, total),
        settles=True,
    )


def groups(own: Sequence[Item], reviews: Sequence[Item]) -> list[Group]:
    """Return the work in the order in which it is best done; empty groups are left out."""
    states: dict[str, tuple[str, set[State | None]]] = {
        "returned": (say("Returned to you"), {State.RETURNED}),
        "label": (say("To label"), {State.OPEN, None}),
        "done": (say("Handed in"), {State.SUBMITTED, State.APPROVED}),
    }
    found = {
        name: Group(name, title, [work(each) for each in own if each.state in kept])
        for name, (title, kept) in states.items()
    }
    review = Group("review", say("To review"), [work(each) for each in reviews])
    ordered = [found["returned"], found["label"], review, found["done"]]
    return [group for group in ordered if group.rows]


def work(item: Item) -> Work:
    """Return one item of the queue as the desk shows it."""
    reviewing = item.role == Task.REVIEW
    return Work(
        url=address(item),
        title=item.title,
        project=item.project_name,
        whose=say("labelled by {name}", name=item.annotator) if reviewing else "",
        state=item.state or "",
        verb=REVIEW if reviewing else VERBS[item.state],
        main=item.state in (State.OPEN, State.RETURNED),
    )


def address(item: Item) -> str:
    """Return where an item of the queue is worked on."""
    if item.role == Task.REVIEW:
        return reverse("pages:review", args=[item.set])
    return reverse("pages:label", args=[item.article])


def summary(own: Sequence[Item], reviews: Sequence[Item]) -> str:
    """Say in one line what there is to do."""
    correct = sum(each.state == State.RETURNED for each in own)
    label = sum(each.state in (None, State.OPEN) for each in own)
    counts = [
        say_many("{number} to correct", "{number} to correct", correct) if correct else "",
        say_many("{number} to label", "{number} to label", label) if label else "",
        say_many("{number} to review", "{number} to review", len(reviews)) if reviews else "",
    ]
    return say("{things}.", things=say(", ").join(filter(None, counts))) if any(counts) else ""
