"""Feedback: what was corrected of one's own work, why, and how near one came to gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ..actions import access, feedback
from ..actions.bench import REASONS
from ..actions.feedback import OVERLOOKED, UNWANTED, Correction
from ..errors import NotFound, Refusal
from ..queries import look as looks
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..vocabulary import Difference, Role
from ..words import say
from . import look
from .frame import frame
from .paging import further
from .specimen import Attribute, Label, specimen
from .versions import DIFFERENCES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from ..models import Scheme

PER_PAGE = 25
KINDS: dict[str, StrOrPromise] = {
    OVERLOOKED: _("overlooked"),
    UNWANTED: _("should not be marked"),
    **{kind: said for kind, said in DIFFERENCES.items() if kind != Difference.MISSING},
}
ANCHOR = "correction-"
"""Before the id of a correction: its place on the page."""
SOURCES = {"review": _("from a review"), "gold": _("from the gold set")}


@dataclass(frozen=True, slots=True)
class Changed:
    """An attribute, or links of a type, that were decided otherwise."""

    title: str
    had: str
    now: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction with what the guideline says of its label."""

    correction: Correction
    kinds: list[StrOrPromise]
    source: StrOrPromise
    reason: str
    label: Label | None
    had_label: Label | None
    """One's own, where it says something that the one decided does not."""
    values: list[Changed]


@dataclass(frozen=True, slots=True)
class Month:
    """How many corrections of each kind a month had, and how near one came to the gold sets finished in it."""

    name: str
    counts: list[tuple[str, int]]
    overlap: str


@dataclass(frozen=True, slots=True)
class Only:
    """A kind of correction, how many there are of it, and whether the others are left out."""

    kind: str
    title: str
    count: int
    chosen: bool


@never_cache
def feedback_page(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show one's corrections; take one's answer to one of them."""
    project, standing = access.project_standing(by=by, slug=slug)
    refusal = None
    if request.method == "POST":
        try:
            _answer(request, by, slug)
        except NotFound:
            raise
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, say("Your answer is kept with the correction."))
            return redirect(f"{request.get_full_path()}#{ANCHOR}{request.POST['correction']}")
    found = feedback.feedback(by=by, slug=slug)
    scheme = schemes.current(project)
    kinds = _kinds(found.corrections, request.GET.get("kind", ""))
    rows, more = _page(found.corrections, kinds, request.GET.get("after", ""))
    context = frame(project, standing, "feedback") | {
        "rows": shown(scheme, rows),
        "count": len(found.corrections),
        "kinds": kinds if len(kinds) > 1 else [],
        "only": any(each.chosen for each in kinds),
        "next": further(request, more),
        "months": [
            Month(
                each.name,
                [(str(KINDS[kind]), each.kinds[kind]) for kind in KINDS if each.kinds[kind]],
                _percent(each.nearness.f1_overlap),
            )
            for each in found.months()
        ],
        "nearness": found.nearness,
        "articles": found.articles,
        "exact": _percent(found.nearness.f1_exact),
        "overlap": _percent(found.nearness.f1_overlap),
        "selves": look.shown(looks.selves(by, project, Role.ANNOTATOR, scheme)),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "labels/feedback.html", context, status=status)


def _kinds(corrections: Sequence[Correction], chosen: str) -> list[Only]:
    """Return the kinds that there are, as often as they are."""
    counts = Counter(kind for each in corrections for kind in each.kinds)
    return [
        Only(kind, str(title), counts[kind], chosen=kind == chosen)
        for kind, title in KINDS.items()
        if counts[kind]
    ]


def _page(
    corrections: Sequence[Correction], kinds: Sequence[Only], after: str
) -> tuple[Sequence[Correction], str]:
    """Return some corrections of the chosen kind, or of any, and the id after which there are more."""
    chosen = next((each.kind for each in kinds if each.chosen), "")
    rows = [each for each in corrections if not chosen or chosen in each.kinds]
    begin = next((place for place, each in enumerate(rows, 1) if str(each.id) == after), 0)
    page = rows[begin : begin + PER_PAGE]
    return page, str(page[-1].id) if begin + PER_PAGE < len(rows) else ""


def _answer(request: HttpRequest, by: Actor, slug: str) -> None:
    try:
        correction = UUID(request.POST.get("correction", ""))
    except ValueError:
        raise NotFound(say("There is no such correction of your work.")) from None
    feedback.answer(by=by, slug=slug, correction=correction, said=request.POST.get("text", ""))


def shown(scheme: Scheme, corrections: Sequence[Correction]) -> list[Shown]:
    """Return corrections with what the guideline says of their labels."""
    labels = {each.name: each for each in specimen(scheme.definition, scheme.version).labels}
    titles = {
        each["name"]: each.get("title") or each["name"]
        for each in scheme.definition.get("relations", ())
    }
    return [
        Shown(
            correction=each,
            kinds=[KINDS.get(kind, kind) for kind in each.kinds],
            source=SOURCES[each.source],
            reason=say(REASONS[each.reason]) if each.reason in REASONS else each.reason,
            label=labels.get(each.label),
            had_label=None
            if each.now and each.had_label == each.label
            else labels.get(each.had_label),
            values=[*_values(labels.get(each.label), each), *_links(titles, each)],
        )
        for each in corrections
    ]


def _links(titles: Mapping[str, str], correction: Correction) -> Iterator[Changed]:
    for kind, ends in correction.links.items():
        had, now = (", ".join(each or ()) or say("nothing") for each in ends)
        yield Changed(titles.get(kind, kind), had, now)


def _values(label: Label | None, correction: Correction) -> Iterator[Changed]:
    for attribute in label.attributes if label else ():
        if attribute.name in correction.values and not attribute.refers:
            had, now = (_said(attribute, each) for each in correction.values[attribute.name])
            yield Changed(attribute.title, had, now)


def _said(attribute: Attribute, value: Any) -> str:
    """Return a value in the scheme's words."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    titles = {each.value: each.title for each in attribute.values}
    values = value if isinstance(value, list) else [value]
    said = [titles.get(str(each), str(each)) for each in values if each not in (None, "")]
    return ", ".join(said) or say("nothing")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{round(100 * share)} %"
