"""Who is in a project: adding, roles, sign-in links, and handing out articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..actions import access, assignment, feedback, look, membership
from ..actions.access import Act
from ..actions.person import LINK_DAYS
from ..errors import Invalid, NotFound, Refusal
from ..queries import article as articles
from ..queries import look as looks
from ..queries import project as projects
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..queries.feedback import Hidden
from ..queries.workload import workload
from ..vocabulary import Role, Task
from ..words import say, say_many
from .form import Form
from .frame import ROLES, frame
from .look import LookAgain, in_a_word

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from ..models import Project
    from ..queries.look import Selves

NEW_ROLES = {
    Role.ANNOTATOR: _("Change to annotator"),
    Role.REVIEWER: _("Change to reviewer"),
    Role.MANAGER: _("Change to manager"),
}
ADDED = {
    Role.ANNOTATOR: _("{name} is now an annotator in this project."),
    Role.REVIEWER: _("{name} is now a reviewer in this project."),
    Role.MANAGER: _("{name} is now a manager in this project."),
}
TASKS = [
    (Task.ANNOTATE.value, pgettext_lazy("so that they", "label")),
    (Task.REVIEW.value, pgettext_lazy("so that they", "review")),
]
WHICH = [
    ("next", _("the next ones that nobody has")),
    ("all", _("all of the project")),
]


class Add(Form):
    """Somebody to put into the project."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Somebody new gets an account under this name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(label=_("Name on the screens"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES.items)


class Assign(Form):
    """Whom to hand which articles, for what."""

    person = forms.ChoiceField(label=_("To"))
    task = forms.ChoiceField(label=_("So that they"), choices=TASKS)
    which = forms.ChoiceField(label=_("Which articles"), choices=WHICH, widget=forms.RadioSelect)
    count = forms.IntegerField(
        label=_("How many of the next ones"), min_value=1, max_value=10_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a number where one is needed."""
        given = super().clean() or {}
        if given.get("which") == "next" and not given.get("count") and "count" not in self.errors:
            self.add_error("count", say("Say how many."))
        return given


class Chosen(Form):
    """Articles that were ticked in the list."""

    person = forms.ChoiceField()
    task = forms.ChoiceField(choices=TASKS)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the project."""

    username: str
    name: str
    role: str
    role_title: StrOrPromise
    may_export: bool
    active: bool
    seen: bool
    labelling: int
    reviewing: int
    linkable: bool
    gold: str = ""
    """How near they came to hidden gold."""
    again: str = ""
    """How far they agree with themselves."""


def people(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show who is in the project, or do what one of the forms asks."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.READ_MEMBERS, by=by, slug=slug)
    members = list(projects.members(found))
    choices = projects.assignees(members)
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    add = Add(request.POST if wanted == "add" else None, prefix="add")
    assign = _assign_form(request, choices, asked=wanted == "assign")
    again = LookAgain(request.POST if wanted == "again" else None, prefix="again")
    again.fields["person"].choices = choices  # type: ignore[attr-defined]
    if wanted in DONE:
        form = {"add": add, "assign": assign, "again": again}.get(wanted)
        if form is None or form.is_valid():
            try:
                return DONE[wanted](request, by, found, form.cleaned_data if form else {})
            except Refusal as refusal:
                if form is None or isinstance(form, Chosen):
                    messages.error(request, refusal.detail)
                    return _back(slug) if form is None else redirect("pages:project", slug)
                form.take(refusal)
    context = frame(found, standing, "people") | {
        "members": _members(
            found,
            members,
            feedback.hidden_gold(by=by, slug=slug),
            looks.selves(by, found, Role.MANAGER, schemes.current(found)),
        ),
        "roles": NEW_ROLES.items(),
        "add": add,
        "assign": assign,
        "again": again,
        "handed": _handed(request, by, slug),
    }
    return render(request, "labels/people.html", context, status=422 if wanted else 200)


def _assign_form(
    request: HttpRequest, people: Sequence[tuple[str, str]], *, asked: bool
) -> Assign | Chosen:
    ticked = asked and request.POST.get("which") == "chosen"
    given = request.POST if asked else None
    form = Chosen(given) if ticked else Assign(given, initial={"which": "next", "count": 10})
    form.fields["person"].choices = people  # type: ignore[attr-defined]
    return form


def _gold(near: Hidden) -> str:
    return say_many(
        "hidden gold: {percent} % over {number} article",
        "hidden gold: {percent} % over {number} articles",
        near.articles,
        percent=near.percent,
    )


def _members(
    found: Project, members: Sequence[Any], near: Mapping[str, Hidden], same: Selves
) -> list[Member]:
    held = workload(found)
    return [
        Member(
            username=each.person.username,
            gold=_gold(near[each.person.username]) if each.person.username in near else "",
            again=in_a_word(same, each.person.username),
            name=each.person.name,
            role=each.role,
            role_title=ROLES[Role(each.role)],
            may_export=each.can_export,
            active=each.person.is_active,
            seen=each.person.last_login is not None,
            labelling=held[each.person_id][Task.ANNOTATE],
            reviewing=held[each.person_id][Task.REVIEW],
            linkable=not each.person.has_usable_password(),
        )
        for each in members
    ]


def _handed(request: HttpRequest, by: Actor, slug: str) -> dict[str, str] | None:
    """Return the sign-in link that was asked for. It is computed anew: it stands in no address and no table."""
    username = request.GET.get("link")
    if not username:
        return None
    token = membership.sign_in_link(by=by, slug=slug, username=username)
    return {
        "label": say("Sign-in link for {username}", username=username),
        "url": request.build_absolute_uri(reverse("pages:sign_in_link", args=[token])),
        "hint": say(
            "Hand it over yourself. It signs {username} in, without a password, for {days} days"
            " or until they set one.",
            username=username,
            days=LINK_DAYS,
        ),
    }


def _back(slug: str, **query: str) -> HttpResponse:
    address = reverse("pages:people", args=[slug])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


# What the forms ask


def _add(request: HttpRequest, by: Actor, found: Project, given: dict[str, Any]) -> HttpResponse:
    added, made = membership.add(by=by, slug=found.slug, **given)
    messages.success(request, ADDED[Role(added.role)].format(name=added.person.name))
    return _back(found.slug, **({"link": added.person.username} if made else {}))


def _change_role(
    request: HttpRequest, by: Actor, found: Project, _given: dict[str, Any]
) -> HttpResponse:
    added, _made = membership.add(
        by=by, slug=found.slug, username=_username(request), role=request.POST.get("role", "")
    )
    messages.success(request, ADDED[Role(added.role)].format(name=added.person.name))
    return _back(found.slug)


def _allow_export(
    request: HttpRequest, by: Actor, found: Project, _given: dict[str, Any]
) -> HttpResponse:
    allowed, username = request.POST.get("export") == "yes", _username(request)
    member = projects.members(found).filter(person__username=username).first()
    if member is None:
        raise NotFound(say("“{username}” is not in this project.", username=username))
    added, _made = membership.add(
        by=by, slug=found.slug, username=username, role=member.role, can_export=allowed
    )
    name = added.person.name
    said = (
        say("{name} may now export.", name=name)
        if allowed
        else say("{name} may no longer export.", name=name)
    )
    messages.success(request, said)
    return _back(found.slug)


def _remove(
    request: HttpRequest, by: Actor, found: Project, _given: dict[str, Any]
) -> HttpResponse:
    left = membership.remove(by=by, slug=found.slug, username=_username(request))
    said = say(
        "{name} is no longer in this project. Their work stays, under their name.",
        name=left.person.name,
    )
    messages.success(request, said)
    return _back(found.slug)


def _link(request: HttpRequest, by: Actor, found: Project, _given: dict[str, Any]) -> HttpResponse:
    username = _username(request)
    membership.sign_in_link(by=by, slug=found.slug, username=username)
    return _back(found.slug, link=username)


def _assign(request: HttpRequest, by: Actor, found: Project, given: dict[str, Any]) -> HttpResponse:
    whom = {"by": by, "slug": found.slug, "person": given["person"], "role": Task(given["task"])}
    if given.get("which") == "next":
        handed = len(assignment.assign_unassigned(**whom, count=given["count"]))
    else:
        handed = sum(
            len(assignment.assign(**whom, articles=part))
            for part in _parts(_wanted(request, by, found, given))
        )
    if handed:
        messages.success(request, _handed_out(given["task"], given["person"], handed))
    elif given["task"] == Task.REVIEW:
        messages.warning(request, say("There is no article left that nobody is to review."))
    else:
        messages.warning(request, say("There is no article left that nobody is to label."))
    return redirect("pages:project", found.slug) if "which" not in given else _back(found.slug)


def _look_again(
    request: HttpRequest, by: Actor, found: Project, given: dict[str, Any]
) -> HttpResponse:
    asked = look.ask(by=by, slug=found.slug, **given)
    if asked:
        said = say_many(
            "{person} has {number} article to look at again.",
            "{person} has {number} articles to look at again.",
            len(asked),
            person=given["person"],
        )
        messages.success(request, said)
    else:
        messages.warning(
            request,
            say("{person} has handed in nothing so long ago.", person=given["person"]),
        )
    return _back(found.slug)


def _handed_out(task: str, person: str, number: int) -> str:
    if task == Task.REVIEW:
        return say_many(
            "{person} has {number} more article to review.",
            "{person} has {number} more articles to review.",
            number,
            person=person,
        )
    return say_many(
        "{person} has {number} more article to label.",
        "{person} has {number} more articles to label.",
        number,
        person=person,
    )


def _wanted(
    request: HttpRequest, by: Actor, found: Project, given: dict[str, Any]
) -> Sequence[UUID]:
    if given.get("which") == "all":
        rows = articles.visible(found, by, Role.MANAGER)
        return list(rows.values_list("uuid", flat=True))
    try:
        wanted = [UUID(each) for each in request.POST.getlist("articles")]
    except ValueError:
        wanted = []
    if not wanted:
        raise Invalid(say("Tick the articles first."))
    return wanted


def _parts(wanted: Sequence[UUID]) -> list[Sequence[UUID]]:
    """Return the articles in portions that one act takes."""
    most = assignment.MOST
    return [wanted[start : start + most] for start in range(0, len(wanted), most)]


def _username(request: HttpRequest) -> str:
    return request.POST.get("username", "")


DONE: dict[str, Callable[[HttpRequest, Actor, Project, dict[str, Any]], HttpResponse]] = {
    "add": _add,
    "role": _change_role,
    "export": _allow_export,
    "remove": _remove,
    "link": _link,
    "assign": _assign,
    "again": _look_again,
}
