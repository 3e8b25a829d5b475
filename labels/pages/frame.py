"""What every page of a project shows around its own matter: whose project, which tabs, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..actions.access import Act, may
from ..records import Standing
from ..vocabulary import State

if TYPE_CHECKING:
    from ..models import Project

BAR = 1000
"""Width of a progress bar in the units of its picture."""

STATES = {
    State.APPROVED: "approved",
    State.SUBMITTED: "submitted",
    State.RETURNED: "returned",
    State.OPEN: "in progress",
}
"""The states in the order of the bar, as people call them."""

TABS = {
    "import": Act.IMPORT,
    "people": Act.READ_MEMBERS,
    "export": Act.EXPORT,
    "scheme": Act.CHANGE_SCHEME,
    "assign": Act.ASSIGN,
    "describe": Act.CHANGE_ARTICLE,
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
    text: str


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
            return "nothing begun yet"
        return ", ".join(f"{part.count:,} {part.text}" for part in self.parts)


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
        "can": {name: may(act, standing) for name, act in TABS.items()},
    }


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many: “1 article”, “1,204 articles”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
