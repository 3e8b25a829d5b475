"""What every page of a project shows around its own matter: whose project, which tabs, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import pgettext_lazy

from ..actions.access import Act, may
from ..records import Standing
from ..vocabulary import Kind, Role, State
from ..words import say, say_many

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from ..models import Project

BAR = 1000
"""Width of a progress bar in the units of its picture."""

STATES = {
    State.APPROVED: pgettext_lazy("sets", "approved"),
    State.SUBMITTED: pgettext_lazy("sets", "submitted"),
    State.RETURNED: pgettext_lazy("sets", "returned"),
    State.OPEN: pgettext_lazy("sets", "in progress"),
}
"""The states in the order of the bar, as people call them."""
ROLES = {
    Role.ANNOTATOR: pgettext_lazy("role", "annotator"),
    Role.REVIEWER: pgettext_lazy("role", "reviewer"),
    Role.MANAGER: pgettext_lazy("role", "manager"),
}
KINDS = {
    Kind.OWN: pgettext_lazy("marks", "own"),
    Kind.GOLD: pgettext_lazy("marks", "gold"),
    Kind.IMPORTED: pgettext_lazy("marks", "imported"),
}

TABS = {
    "import": Act.IMPORT,
    "people": Act.READ_MEMBERS,
    "adjudicate": Act.READ_DISAGREEMENTS,
    "export": Act.EXPORT,
    "releases": Act.READ_RELEASES,
    "scheme": Act.CHANGE_SCHEME,
    "assign": Act.ASSIGN,
    "describe": Act.CHANGE_ARTICLE,
    "settings": Act.CHANGE_PROJECT,
}


@dataclass(frozen=True, slots=True)
class Stripe:
    """One state in the bar."""

    state: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Part:
    """One state in words."""

    state: str
    count: int
    text: StrOrPromise


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a project or a person is."""

    total: int
    parts: list[Part]
    stripes: list[Stripe]

    @property
    def sentence(self) -> str:
        """Say it in words."""
        if not self.parts:
            return say("nothing begun yet")
        return say(", ").join(f"{grouped(part.count)} {part.text}" for part in self.parts)


def progress(counts: dict[str, int], total: int) -> Progress:
    """Return the bar and the words for sets counted by state."""
    parts = [
        Part(state, counts[state], called) for state, called in STATES.items() if counts[state]
    ]
    whole = max(total, sum(part.count for part in parts), 1)
    stripes, start = [], 0
    for part in parts:
        width = round(BAR * part.count / whole)
        stripes.append(Stripe(part.state, start, width))
        start += width
    return Progress(total, parts, stripes)


def frame(project: Project, standing: Standing, section: str) -> dict[str, Any]:
    """Return the context that `project_frame.html` needs."""
    return {
        "project": project,
        "section": section,
        "can": {name: may(act, standing) for name, act in TABS.items()}
        | {"qualify": standing.trial},
    }


def grouped(number: int) -> str:
    """Return a number as it is read: “1,204”."""
    return str(number_format(number, force_grouping=True))


def percent(share: int) -> str:
    """Return a share as it is read: “42 %”."""
    return say("{share}%", share=grouped(share))


def characters(number: int) -> str:
    """Say how long a text is."""
    return say_many("{shown} character", "{shown} characters", number, shown=grouped(number))


def articles(number: int) -> str:
    """Say how many articles there are."""
    return say_many("{shown} article", "{shown} articles", number, shown=grouped(number))
