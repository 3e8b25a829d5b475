"""How far people agree with themselves, as the pages of agreement, people and feedback show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.look import DAYS, LONGEST, MOST
from ..queries import look
from ..words import say, say_many
from .figure import title
from .form import Form

if TYPE_CHECKING:
    from ..queries.look import Selves
    from ..records import Agreement

COLUMNS = look.MEASURES[:3]
SAMPLE = 5


class LookAgain(Form):
    """Whose older articles to have labelled once more, and how many."""

    person = forms.ChoiceField(label=_("Who looks again"))
    count = forms.IntegerField(
        label=_("At how many articles"), min_value=1, max_value=MOST, initial=SAMPLE
    )
    days = forms.IntegerField(
        label=_("Handed in at least so many days ago"),
        min_value=0,
        max_value=LONGEST,
        initial=DAYS,
    )


@dataclass(frozen=True, slots=True)
class Self:
    """How far somebody agrees with themselves: a line for all labels and for each, a cell for each measure."""

    name: str
    articles: str
    lines: list[tuple[str, list[str]]]

    @property
    def overall(self) -> list[tuple[str, str]]:
        """Each measure of all labels together, with what it is called."""
        return list(zip(titles(), self.lines[0][1], strict=True))

    @property
    def labels(self) -> list[tuple[str, list[str]]]:
        """The lines of the labels."""
        return self.lines[1:]


def titles() -> list[str]:
    """Return what the columns are called."""
    return [title(each) for each in COLUMNS]


def shown(found: Selves) -> list[Self]:
    """Return them as tables."""
    return [_shown(person, figures) for person, figures in found.figures.items()]


def _shown(person: str, figures: list[Agreement]) -> Self:
    cells = {(each.label, each.measure): each for each in figures if not each.attribute}
    labels: list[Any] = [None, *sorted({label for label, _measure in cells if label})]
    lines = [
        (label or say("All labels"), [_cell(cells.get((label, each))) for each in COLUMNS])
        for label in labels
    ]
    articles = max((each.articles for each in figures), default=0)
    return Self(person, say_many("{number} article", "{number} articles", articles), lines)


def _cell(found: Agreement | None) -> str:
    return "–" if found is None or found.value is None else f"{found.value:.2f}"


def in_a_word(found: Selves, person: str) -> str:
    """Say how far somebody agrees with themselves; nothing where they have not looked again."""
    near = found.overall(person)
    if near is None or near.value is None:
        return ""
    return say_many(
        "with themselves: {percent} % over {number} article",
        "with themselves: {percent} % over {number} articles",
        near.articles,
        percent=round(100 * near.value),
    )
