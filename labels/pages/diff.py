"""What two releases do not have alike: counts, each of which leads to its rows, and the rows a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..actions import access, diff
from ..actions.access import Act
from ..errors import Invalid
from ..queries import release as kept
from ..queries.access import Actor
from ..vocabulary import Kind, State
from ..words import say
from .frame import KINDS, STATES, frame, grouped
from .paging import further, place

if TYPE_CHECKING:
    from ..rules.diff import Change

SHOWN = 50
"""Rows on a page."""
CHANGES = ("added", "changed", "removed")
OF = {
    "articles": _("Articles"),
    "sets": _("Annotation sets"),
    "spans": _("Spans"),
    "gold": _("Gold spans"),
    "relations": _("Links"),
}
HOW = {
    "added": pgettext_lazy("difference", "added"),
    "changed": pgettext_lazy("difference", "changed"),
    "removed": pgettext_lazy("difference", "removed"),
}
PARTS = {
    "label": _("Label"),
    "relation": _("Link"),
    "attribute": _("Attribute"),
    "value": _("Value"),
    "guideline": _("Guideline"),
}
TERMS = {
    "with_text": _("Texts"),
    "pseudonyms": _("People"),
    "split": _("Train, dev and test"),
    "shares": _("Per cent of train, dev and test"),
    "seed": _("Seed"),
    "licence_labels": _("Licence of the labels"),
    "licence_text": _("Licence of the texts"),
}
WHAT = {
    "label": _("label"),
    "type": _("type"),
    "fragments": _("place"),
    "attributes": _("attributes"),
    "confidence": _("confidence"),
    "flag": _("flag"),
    "state": _("state"),
    "scheme_version": _("version of the scheme"),
    "from": _("first end"),
    "to": _("second end"),
    "text_sha256": _("text"),
    "split": _("part"),
}
"""The members in which rows may differ."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, and the rows behind it."""

    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """How rows of one kind, or of one name, differ."""

    title: str
    figures: list[Figure]
    whole: bool
    """All of a kind together."""


@dataclass(frozen=True, slots=True)
class Side:
    """A row as one of the releases has it."""

    head: str
    text: str
    facts: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that differs."""

    how: str
    what: str
    article: str
    title: str
    lives: bool
    """The article is still there."""
    before: Side | None
    after: Side | None


def release_diff(request: HttpRequest, *, by: Actor, slug: str, version: str) -> HttpResponse:
    """Show what a release has added, changed and removed against another."""
    found, standing = access.project_standing(by=by, slug=slug)
    _project, named = access.exporting(Act.READ_RELEASES, by=by, slug=slug)
    pair, refused = _pair(request, by, slug, version)
    context = frame(found, standing, "releases") | {"version": version, "refused": refused}
    others = [each.version for each in kept.releases(found, named=named) if each.version != version]
    context |= {"others": others}
    if pair is None:
        return render(request, "labels/release_diff.html", context)
    made = diff.diff(pair)
    context |= {
        "pair": pair,
        "lines": list(_lines(made, slug)),
        "left_out": [str(OF[each.of]) for each in made.tables if not each.compared],
        "scheme": [_redefined(each) for each in made.scheme],
        "versions": made.versions,
        "terms": [(TERMS.get(name, name), *map(_said, both)) for name, both in made.terms.items()],
    }
    return render(request, "labels/release_diff.html", context)


def _pair(request: HttpRequest, by: Actor, slug: str, version: str) -> tuple[diff.Pair | None, str]:
    """Return the two, or why there are none yet: the first release has none before it."""
    against = request.GET.get("against", "")
    try:
        return diff.pair(by=by, slug=slug, version=version, against=against), ""
    except Invalid as refusal:
        return None, refusal.detail


def _lines(made: diff.Diff, slug: str) -> Iterator[Line]:
    for table in made.tables:
        if table.compared:
            yield _line(made.pair, slug, table, None, table.all)
            for name, counts in table.named.items():
                if name:
                    yield _line(made.pair, slug, table, name, counts)


def _line(
    pair: diff.Pair, slug: str, table: diff.Table, name: str | None, counts: Mapping[str, int]
) -> Line:
    path = reverse("pages:release_diff_rows", args=[slug, pair.after.version])
    figures = []
    for how in CHANGES:
        asked = {"against": pair.before.version, "of": table.of, "change": how}
        asked |= {} if name is None else {"name": name}
        url = f"{path}?{urlencode(asked)}" if counts[how] else ""
        figures.append(Figure(grouped(counts[how]), url))
    return Line(
        str(OF[table.of]) if name is None else _named(table.of, name), figures, name is None
    )


def _named(of: str, name: str) -> str:
    return str(KINDS[Kind(name)]) if of == "sets" and name in KINDS else name


def _redefined(part: Any) -> dict[str, Any]:
    """Return a part of the scheme that differs, in words."""
    return {
        "kind": PARTS[part.kind],
        "name": part.name,
        "how": HOW[part.how],
        "what": ", ".join(part.what),
    }


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value) if value not in ("", None) else "–"


def release_diff_rows(request: HttpRequest, *, by: Actor, slug: str, version: str) -> HttpResponse:
    """Show the rows that were added, changed or removed, one beside the other."""
    found, standing = access.project_standing(by=by, slug=slug)
    against, of = request.GET.get("against", ""), request.GET.get("of", "")
    pair = diff.pair(by=by, slug=slug, version=version, against=against, rows=True)
    how, name = request.GET.get("change", ""), request.GET.get("name")
    start = place(request)
    changes = list(islice(diff.changes(pair, of, how, name), start, start + SHOWN + 1))
    more = start + SHOWN if len(changes) > SHOWN else 0
    context = frame(found, standing, "releases") | {
        "pair": pair,
        "of": OF[of],
        "how": HOW.get(how, ""),
        "name": _named(of, name or ""),
        "rows": list(_rows(pair, of, changes[:SHOWN])),
        "next": further(request, more),
    }
    return render(request, "labels/release_diff_rows.html", context)


def _rows(pair: diff.Pair, of: str, changes: Sequence[Change]) -> Iterator[Shown]:
    titles = diff.titles(pair, [each.article for each in changes])
    living = kept.living(pair.project, [each.article for each in changes])
    quotes = diff.ends(pair, changes) if of == "relations" else ({}, {})
    for each in changes:
        yield Shown(
            str(HOW[each.how]),
            say(", ").join(str(WHAT.get(name, name)) for name in each.what),
            each.article,
            titles.get(each.article) or each.article,
            each.article in living,
            _side(of, each.before, quotes[0]),
            _side(of, each.after, quotes[1]),
        )


def _side(of: str, row: Mapping[str, Any] | None, quotes: Mapping[str, str]) -> Side | None:
    if row is None:
        return None
    if of == "articles":
        part = [say("part: {name}", name=row["split"])] if row["split"] else []
        return Side("", row["title"], part)
    if of == "sets":
        state = str(STATES.get(State(row["state"]), row["state"]))
        counts = say("spans: {spans}", spans=grouped(row["spans"]))
        return Side(
            str(KINDS.get(Kind(row["kind"]), row["kind"])), row["annotator"], [state, counts]
        )
    if of == "relations":
        one, other = (quotes.get(f"{row['set']}/{row[end]}", "…") for end in ("from", "to"))
        return Side(row["type"], f"{one} → {other}", [row["annotator"], *_attributes(row)])
    return Side(row["label"], diff.quote(row), [row["annotator"], *_attributes(row)])


def _attributes(row: Mapping[str, Any]) -> list[str]:
    return [f"{name}: {_said(value)}" for name, value in row["attributes"].items()]
