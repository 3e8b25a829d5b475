"""How far people agree: figures with what they mean, tables, and the very spans behind each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .. import agreement as measures
from ..actions import access, counting
from ..errors import NotCounted
from ..queries import agreement as figures
from ..queries import look as looks
from ..queries import pairing
from ..queries.access import Actor
from ..queries.together import Show
from ..records import Agreement
from ..vocabulary import Role
from ..words import say, say_many
from . import look
from .curve import curves
from .figure import (
    Cell,
    beware,
    cell,
    of_attribute,
    of_label,
    of_people,
    share,
    step,
    title,
    with_shares,
)
from .form import Form
from .frame import frame, grouped, percent
from .pairing import ANY, spans
from .together import units

if TYPE_CHECKING:
    from ..models import Project

MEASURES = (
    "span_f1_overlap",
    "span_f1_exact",
    "span_f1_character",
    "u_alpha",
    "cohen_kappa",
    "krippendorff_alpha",
)
"""What the page takes; the API takes all."""
COLUMNS = MEASURES[:4]
LOOK = "look"
"""In the address of what looks whether a figure is there by now."""
BY_OVERLAP = frozenset({"span_f1_overlap", "gamma"})
"""Measures for which another end is no disagreement, or less of one."""
PAIRED = (*MEASURES[:5], "gamma")
"""What the table of pairs shows; slow ones are counted when they are chosen."""


class View(Form):
    """Which measure of which label the table of pairs shows."""

    measure = forms.ChoiceField(label=_("Measure"), required=False)
    label = forms.ChoiceField(label=_("Label"), required=False)

    def __init__(self, *args: Any, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (each, title(each)) for each in PAIRED
        ]
        self.fields["label"].choices = [  # type: ignore[attr-defined]
            ("", say("all labels")),
            *((each, each) for each in labels),
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    name: str
    cells: list[Cell]
    note: str = ""


def agreement(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show how far people agree, all together, by label and by pair."""
    found, standing = access.project_standing(by=by, slug=slug)
    asked = figures.question(by, found, standing.role)
    if request.method == "POST":
        counting.cancel(
            asked, [each for each in measures.SLOW if each == request.POST.get("measure")]
        )
        messages.success(request, say("It is not being counted any more."))
        return redirect("pages:agreement", slug)
    seen = figures.overview(asked, MEASURES)
    form = View(request.GET, labels=seen.labels)
    form.is_valid()
    chosen = form.cleaned_data if hasattr(form, "cleaned_data") else {}
    label = chosen.get("label") or None
    measure = chosen.get("measure") or PAIRED[0]
    asked_for = _asked_for(asked, seen, measure, looks=LOOK in request.GET)
    pairs = _of_pairs(asked_for.figures, measure, label)
    shared = [each for each in seen.figures if each.articles]
    context = frame(found, standing, "agreement") | {
        "form": form,
        "empty": "" if shared else _empty(found, standing.role),
        "articles": max((each.articles for each in shared), default=0),
        "columns": [title(each) for each in COLUMNS],
        "summary": _summary(seen, slug),
        "people": seen.annotators,
        "counting": measure if asked_for.counting else "",
        "again": request.get_full_path(),
        "look": f"?{urlencode({'measure': measure, 'label': label or '', LOOK: '1'})}",
        "problem": asked_for.problem,
        "whole": _whole(slug, asked_for.figures, measure, label),
        "heat": _heat(seen, slug, pairs, label),
        "confusions": _confusions(seen, slug),
        "labels": seen.labels,
        "counts": _counts(seen, slug),
        "values": _values(seen, slug),
        "curves": curves({each: seen.weeks.get(each, []) for each in COLUMNS}, slug),
        "attributes": [_attribute(slug, each) for each in _alphas(seen) if each.n],
        "silent": [of_attribute(each) for each in _alphas(seen) if not each.n],
        "beware": beware((each for each in _together(seen) if each.measure in COLUMNS), of_label),
        "beware_pairs": beware(pairs, of_people),
        "beware_attributes": beware(_alphas(seen), of_attribute),
        "selves": look.shown(looks.selves(by, found, standing.role, asked.scheme)),
        "self_columns": look.titles(),
        "csv": f"{reverse('api:agreement', args=[slug])}?format=csv",
    }
    return render(request, "labels/agreement.html", context)


def _empty(project: Project, role: Role) -> str:
    if role == Role.ANNOTATOR and not project.open_after_submit:
        return say(
            "Others’ work is not open to you in this project, so there is nothing to compare."
        )
    if role == Role.ANNOTATOR:
        return say(
            "You see how far you agree once you and somebody else have submitted an article."
        )
    return say(
        "Figures appear once two people have submitted their sets of the same article. Assign it to both."
    )


def _together(seen: figures.Overview) -> list[Agreement]:
    """Return the figures of everybody together; for an annotator, of their one pair, or of none."""
    groups = {each.annotators for each in seen.figures}
    largest = max(groups, key=len, default=())
    several = [each for each in groups if len(each) == len(largest)]
    return [each for each in seen.figures if each.annotators == largest and len(several) == 1]


def _summary(seen: figures.Overview, slug: str) -> list[Line]:
    found = {(each.measure, each.label): each for each in _together(seen)}
    lines = []
    for label in (None, *seen.labels):
        row = [found[each, label] for each in COLUMNS if (each, label) in found]
        if row:
            cells = [_leading(slug, each, with_shares(each)) for each in row]
            lines.append(Line(label or say("All labels"), cells, _sentence(row[0])))
    return lines


def _leading(slug: str, found: Agreement, made: Cell) -> Cell:
    """Have a figure lead to the spans behind it: those of two side by side, those of more by unit."""
    if not any(found.units.values()):
        return made
    if len(found.annotators) == 2:  # noqa: PLR2004 - a pair
        return replace(made, url=spans(slug, *found.annotators, found.label or ANY, ANY))
    show = Show.LACKING if found.measure in BY_OVERLAP else Show.DIFFERENT
    return replace(made, url=units(slug, found.label, show=show))


def _sentence(found: Agreement) -> str:
    """Say what F1 by overlap means."""
    if found.value is None:
        # Why is said in each cell.
        return ""
    share = round(100 * found.value)
    return say(
        "Of 100 spans that people marked, {share} have a partner in the other’s set.", share=share
    )


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The figures of the measure that was chosen, or why there are none yet."""

    figures: Sequence[Agreement]
    counting: bool = False
    problem: str = ""


def _asked_for(
    asked: figures.Asked, seen: figures.Overview, measure: str, *, looks: bool
) -> AskedFor:
    """Return what is there, and have the rest counted; who only looks again and again begins nothing."""
    if measure not in measures.SLOW:
        return AskedFor(seen.figures)
    try:
        answer = counting.look(asked, measure) if looks else counting.ask(asked, [measure])
    except NotCounted as refusal:
        return AskedFor((), problem=refusal.detail)
    return AskedFor(answer.figures, counting=bool(answer.waiting))


def _whole(slug: str, found: Sequence[Agreement], measure: str, label: str | None) -> Cell | None:
    """Return the figure of more than two together of a measure that no other table shows."""
    for each in found:
        is_it = measure in measures.SLOW and (each.measure, each.label) == (measure, label)
        if is_it and len(each.annotators) > 2:  # noqa: PLR2004 - more than a pair
            return _leading(slug, each, cell(each))
    return None


def _of_pairs(found: Sequence[Agreement], measure: str, label: str | None) -> list[Agreement]:
    return [
        each
        for each in found
        if (each.measure, each.label) == (measure, label) and len(each.annotators) == 2  # noqa: PLR2004 - a pair
    ]


def _heat(
    seen: figures.Overview, slug: str, pairs: list[Agreement], label: str | None
) -> list[Line]:
    """Return people against people; what lies under the diagonal is what lies above it."""
    found = {frozenset(each.annotators): each for each in pairs}
    lines = []
    for one in seen.annotators:
        cells = []
        for two in seen.annotators:
            figure = found.get(frozenset((one, two)))
            if one == two or figure is None:
                cells.append(Cell(""))
                continue
            made = _leading(slug, figure, with_shares(figure, coverage=True))
            note = say_many("{number} article", "{number} articles", figure.articles)
            cells.append(replace(made, note=made.note or note))
        lines.append(Line(one, cells))
    return lines


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two people's labels against each other."""

    one: str
    two: str
    lines: list[Line]


def _confusions(seen: figures.Overview, slug: str) -> list[Confusion]:
    names = [*seen.labels, pairing.NOTHING]
    found = []
    for (one, two), counts in seen.confusions.items():
        most = max((count for row in counts for count in row), default=0)
        lines = [
            Line(
                left or say("nothing"),
                [
                    Cell(
                        grouped(count),
                        step=step(count / most),
                        url=spans(slug, one, two, left, right),
                    )
                    if count
                    else Cell("")
                    for right, count in zip(names, row, strict=True)
                ],
            )
            for left, row in zip(names, counts, strict=True)
        ]
        if most:
            found.append(Confusion(one, two, lines))
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """How many spans somebody gave a label or a value, which share of theirs that is (in percent), and where."""

    text: str
    width: int
    url: str

    @property
    def share(self) -> str:
        """Say it in percent."""
        return percent(self.width)


def _counts(seen: figures.Overview, slug: str) -> list[tuple[str, int, list[Count]]]:
    """Return what of each person's spans has which label."""
    return [
        (
            name,
            sum(row),
            [
                _count(slug, count, sum(row), who=name, label=label)
                for label, count in zip(seen.labels, row, strict=True)
            ],
        )
        for name, row in seen.counts.items()
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """What people say of an attribute: for each value, of each person, the share of what they said."""

    name: str
    rows: list[tuple[str, list[Count]]]


def _values(seen: figures.Overview, slug: str) -> list[Told]:
    found = []
    for each in seen.values:
        whole = [sum(column) for column in zip(*(row for _value, row in each.values), strict=True)]
        rows = [
            (
                value,
                [
                    _count(
                        slug,
                        count,
                        of,
                        who=name,
                        label=each.label,
                        attribute=each.attribute,
                        value=value,
                    )
                    for name, count, of in zip(seen.annotators, row, whole, strict=True)
                ],
            )
            for value, row in each.values
        ]
        found.append(Told(f"{each.label} · {each.attribute}", rows))
    return found


def _count(slug: str, count: int, of: int, **wanted: str) -> Count:
    url = f"{reverse('pages:agreement_marks', args=[slug])}?{urlencode(wanted)}"
    return Count(grouped(count), round(100 * count / of) if of else 0, url if count else "")


def _alphas(seen: figures.Overview) -> list[Agreement]:
    """Return alpha of each attribute on its first level."""
    found: dict[tuple[str | None, str | None], Agreement] = {}
    for each in _together(seen):
        if each.measure == "krippendorff_alpha" and each.attribute:
            found.setdefault((each.label, each.attribute), each)
    return list(found.values())


def _attribute(slug: str, found: Agreement) -> Line:
    """Return alpha with the shares beside it, each leading to its units."""
    differ, shared, all_of_it = (
        units(slug, found.label, found.attribute),
        units(slug, found.label, found.attribute, show=Show.ALL),
        units(slug, found.label, show=Show.ALL),
    )
    cells = [
        replace(cell(found), url=differ),
        Cell(share(found.observed), url=differ),
        Cell(share(found.prevalence), url=shared),
        Cell(share(found.coverage), url=all_of_it),
    ]
    return Line(f"{of_attribute(found)} ({found.level})", cells)
