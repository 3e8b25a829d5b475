"""Adjudication: what there is to settle in a project, and one article of it, a unit at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ..actions import access, adjudication, disagreement
from ..actions import bench as benches
from ..actions.adjudication import Wanted
from ..actions.bench import REASONS, Bench
from ..errors import BadDecision, KeyReused, Refusal
from ..queries import access as found_for
from ..queries import comparison
from ..queries import project as projects
from ..queries.access import Actor
from ..queries.listing import slice_of
from ..vocabulary import Choice, State
from ..words import say
from .editing import Edit
from .frame import BAR, frame
from .versions import DIFFERENCES, Card, cards, shared, slot

if TYPE_CHECKING:
    from ..models import AnnotationSet
    from ..rules.adjudication import Item
    from ..rules.annotation import Missing

PER_PAGE = 20
MOST_LISTED = 200
"""Units that the list beside the unit shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list."""

    url: str
    title: str
    names: str
    disagreements: int
    units: int
    decided: int
    state: str
    verb: str


def adjudications(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the articles that at least two people have submitted, with how far each is settled."""
    project, standing = access.project_standing(by=by, slug=slug)
    found = disagreement.articles(by=by, slug=slug)
    page = slice_of(
        found,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PER_PAGE,
    )
    context = frame(project, standing, "adjudications") | {
        "rows": [_row(each) for each in benches.benches_of(page.rows)],
        "previous": f"before={page.before}" if page.before else "",
        "next": f"after={page.after}" if page.after else "",
        # Then nobody but a manager can settle what was reviewed.
        "alone": project.blind and projects.reviewers(project) <= 1,
    }
    return render(request, "labels/adjudications.html", context)


def _row(bench: Bench) -> Row:
    state = bench.gold.state if bench.gold else ""
    verbs = {"": say("Begin"), State.OPEN: say("Go on")}
    return Row(
        url=reverse("pages:adjudication", args=[bench.article.uuid]),
        title=bench.article.title,
        names=", ".join(sorted(bench.names.values())),
        disagreements=len(bench.disagreements),
        units=len(bench.items),
        decided=bench.decided,
        state=state,
        verb=verbs.get(state, say("Look")),
    )


@never_cache
def adjudication_page(request: HttpRequest, *, by: Actor, uuid: UUID) -> HttpResponse:
    """Show one unit of an article as each set has it, and take what is decided about it."""
    if request.method == "POST":
        return _post(request, by, uuid)
    return _page(request, by, benches.look(by=by, article=uuid))


def _page(
    request: HttpRequest, by: Actor, bench: Bench, refusal: Refusal | None = None
) -> HttpResponse:
    project, standing = access.project_standing(by=by, slug=bench.article.project.slug)
    item = _shown(bench, request.GET.get("unit", ""))
    following = comparison.next_to_settle(project, by, bench.article)
    lacks = bench.lacks() if bench.open else []
    context = frame(project, standing, "adjudications") | {
        "article": bench.article,
        "bench": bench,
        "names": ", ".join(sorted(bench.names.values())),
        "version": bench.gold.version if bench.gold else 0,
        "key": uuid4(),
        "open": bench.open,
        "finished": bench.gold is not None and not bench.open,
        "readable": bench.gold is not None and not bench.open and _may_read(by, bench.gold),
        "bar": round(BAR * bench.decided / len(bench.items)) if bench.items else 0,
        "unit": _unit(request, bench, item, lacks) if item and bench.gold else None,
        "lacks": [] if item else _lacks(bench, lacks),
        "outline": [_line(bench, each, item) for each in bench.disagreements[:MOST_LISTED]],
        "next": reverse("pages:adjudication", args=[following]) if following else "",
        "reasons": [(code, say(text)) for code, text in REASONS.items()],
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "labels/adjudication.html", context, status=status)


def _may_read(by: Actor, gold: AnnotationSet) -> bool:
    """Whether one may open the gold set itself: who settles it need not be among those who review the article."""
    _row, standing = found_for.annotation_set(by, gold.uuid)
    return access.may(access.Act.READ_SET, standing)


def _shown(bench: Bench, key: str) -> Item | None:
    """Return the unit that is asked for, else the first that is to be decided."""
    named = [each for each in bench.items if each.key == key]
    waiting = [each for each in bench.disagreements if not each.decided]
    return next(iter(named or waiting), None)


def _unit(request: HttpRequest, bench: Bench, item: Item, lacks: list[Missing]) -> dict[str, Any]:
    """Return what the page shows of a unit."""
    shown = cards(bench, item)
    base = item.cluster.present[0].span if item.cluster else None
    posted = request.POST if request.POST.get("do") == "edit" else None
    place = bench.items.index(item)
    return {
        "key": item.key,
        "kinds": [DIFFERENCES[each] for each in item.kinds],
        "said": list(bench.sentences(item).values()),
        "why": bench.why(item),
        "lacks": [each["message"] for each in lacks if each["field"] == item.key],
        "keeps_out": [
            _line(bench, each, None)
            for each in bench.items
            if each.key in {lack["field"] for lack in lacks if item.key in bench.cures(lack)}
        ],
        "gives": item.gives,
        "cards": shown,
        "shared": shared(shown),
        "mergeable": item.cluster is not None
        and len({each.fragments for each in item.cluster.present}) > 1,
        "decided": item.decided,
        "decision": _decided(bench, item, shown),
        "alike": len(bench.alike(item)),
        "edit": Edit(posted, bench=bench, span=base) if base and bench.open else None,
        "previous": bench.items[place - 1].key if place else "",
        "following": bench.items[place + 1].key if place + 1 < len(bench.items) else "",
    }


def _decided(bench: Bench, item: Item, shown: list[Card]) -> str:
    """Say what was decided."""
    made = item.decision
    if made is None:
        return ""
    whose = bench.names.get(made.taken, "") if made.taken else ""
    told = {
        Choice.TAKE: say("taken from {name}", name=whose),
        Choice.MERGE: say("boundaries merged"),
        Choice.EDIT: say("edited"),
        Choice.NONE: say("left out")
        if any(each.empty for each in shown)
        else say("nobody is right"),
        Choice.KEEP: say("kept as it was"),
    }
    return " · ".join(filter(None, [told[made.choice], _reason(made.reason), made.note]))


def _reason(code: str) -> str:
    return say(REASONS[code]) if code in REASONS else code


def _line(bench: Bench, item: Item, current: Item | None) -> dict[str, Any]:
    span = item.cluster.present[0].span if item.cluster else None
    held = item.decision.spans if item.decision else ()
    span = span or next(iter(held), None)
    return {
        "key": item.key,
        "quote": bench.telling().quote(span) if span else "",
        "slot": slot(bench, span.label) if span else 1,
        "decided": item.decided,
        "gives": item.gives,
        "current": item is current,
    }


def _lacks(bench: Bench, lacks: list[Missing]) -> list[dict[str, Any]]:
    """Return the units that lack something, each with what that is."""
    told: dict[str, list[str]] = {}
    cures: dict[str, set[str]] = {}
    for each in lacks:
        told.setdefault(each["field"], []).append(each["message"])
        cures[each["field"]] = cures.get(each["field"], set()) | {*bench.cures(each)}
    lines = {each.key: _line(bench, each, None) for each in bench.items}
    return [
        line | {"said": told[key], "cures": [lines[each] for each in lines if each in cures[key]]}
        for key, line in lines.items()
        if key in told
    ][:MOST_LISTED]


# What is posted


def _post(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    do, _sep, rest = request.POST.get("do", "").partition(":")
    here = reverse("pages:adjudication", args=[uuid])
    try:
        return redirect(here + _done(request, by, uuid, do, rest))
    except KeyReused:
        # Two buttons of one page, one after the other: the first counts, and how it stands is shown.
        return redirect(here)
    except Refusal as refusal:
        bench = benches.look(by=by, article=uuid)
        return _page(request, by, bench, refusal)


def _done(request: HttpRequest, by: Actor, uuid: UUID, do: str, rest: str) -> str:
    """Do what was asked and return the query of the page to show next."""
    common: dict[str, Any] = {"by": by, "article": uuid}
    if do == "start":
        adjudication.start(**common)
        return ""
    common["if_match"] = _whole(request.POST.get("version", ""))
    moves: dict[str, Callable[..., None]] = {
        "finish": adjudication.finish,
        "reopen": adjudication.reopen,
    }
    if do in moves:
        moves[do](**common)
        return ""
    common["key"] = _key(request.POST.get("key", ""))
    acts: dict[str, Callable[..., None]] = {"agree": adjudication.agree, "undo": adjudication.undo}
    if do in acts:
        acts[do](**common)
        return ""
    bench = benches.look(by=by, article=uuid)
    wanted = _wanted(request, bench, do, rest)
    following = _following(bench, wanted)
    adjudication.decide(**common, wanted=wanted)
    if wanted.alike:
        messages.success(request, say("All that is like it was decided the same way."))
    return following


def _following(bench: Bench, wanted: Wanted) -> str:
    """Return the query for the next unit that waits."""
    keys = [each.key for each in bench.items]
    at = keys.index(wanted.unit) if wanted.unit in keys else 0
    turned = bench.items[at + 1 :] + bench.items[:at]
    waiting = [each.key for each in turned if not each.decided and not each.agreed]
    return f"?unit={waiting[0]}" if waiting and not wanted.alike else ""


def _wanted(request: HttpRequest, bench: Bench, do: str, rest: str) -> Wanted:
    given = request.POST
    said: dict[str, Any] = {
        "unit": given.get("unit", ""),
        "choice": do,
        "reason": given.get("reason", ""),
        "note": given.get("note", ""),
        "alike": "alike" in given and do != "edit",
    }
    if do == "take":
        said["set"] = _key(rest)
    if do == "merge":
        said["merge"] = rest
    if do == "edit":
        said |= _edit(request, bench)
    return Wanted(**said)


def _edit(request: HttpRequest, bench: Bench) -> dict[str, Any]:
    item = bench.item(request.POST.get("unit", ""))
    if item.cluster is None:
        raise BadDecision(say("Nobody marks this any more. Keep what was decided, or drop it."))
    form = Edit(request.POST, bench=bench, span=item.cluster.present[0].span)
    if not form.is_valid():
        faults = [
            f"{form.fields[name].label}: {' '.join(map(str, said))}"
            for name, said in form.errors.items()
        ]
        raise BadDecision(" ".join(faults))
    return {
        "label": form.cleaned_data["label"],
        "fragments": form.fragments(),
        "attributes": form.attributes(),
    }


def _key(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise BadDecision(say("This form is not whole. Load the page anew.")) from None


def _whole(sent: str) -> int:
    if not (sent.isascii() and sent.isdecimal()) or len(sent) > len("2147483647"):
        raise BadDecision(say("This form is not whole. Load the page anew."))
    return int(sent)
