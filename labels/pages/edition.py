"""The texts of an article: how two of them differ, and carrying one's own marks over to the newer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ..actions import access, edition
from ..actions import article as articles
from ..actions.access import Act
from ..actions.outline import Item, Outline
from ..errors import NotFound, Refusal
from ..queries import edition as queries
from ..queries.access import Actor
from ..text.quotes import context, quote
from ..vocabulary import Carried, Fate
from ..words import say, say_many
from .frame import characters, frame

if TYPE_CHECKING:
    from ..models import Article
    from ..records import Fragment
    from ..text.diff import Diff

SHOWN = 160
"""Code points of what is the same that are shown beside a change."""
AROUND = 64
"""Code points that are shown beside a span."""
MOST = 100
"""Spans that are listed at once."""
FATES = {
    Fate.UNCHANGED: _("unchanged"),
    Fate.MOVED: _("moved"),
    Fate.EDITED: _("edited"),
    Fate.DELETED: _("deleted"),
}
METADATA = ("title", "publisher", "byline", "language", "url", "published_at")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts, or of one: `kind` is same, gone, come, or cut (more of the same)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a text with what stands around them; `value` is the place as a form hands it on."""

    before: str
    words: str
    after: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A span of the older text."""

    id: UUID
    label: str
    fate: str
    old: Shown
    places: list[Shown]
    outcome: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Carrying:
    """What becomes of somebody's own marks."""

    set: UUID
    version: int
    sentence: str
    begun: bool
    unsettled: list[Line]
    more: str
    along: list[Line]
    settled: list[Line]
    links: str


@never_cache
def versions_page(request: HttpRequest, *, by: Actor, uuid: UUID) -> HttpResponse:
    """Show the texts of an article and how they differ; carry one's own set over, and settle the rest."""
    found, standing = access.article_standing(by=by, uuid=uuid, text=True)
    there = queries.readable(found, by, standing.role)
    context_: dict[str, Any] = frame(found.project, standing, "") | {
        "article": found,
        "versions": there,
        "length": characters(found.length),
        "newer": queries.newer(found),
        "may_add": access.may(Act.IMPORT, standing),
        "may_offer": access.may(Act.ASSIGN, standing),
        "follows": found.supersedes_id is not None,
    }
    before = [each for each in there if each.version < found.version]
    if context_["follows"] and context_["may_offer"]:
        context_["staying"] = list(_staying(queries.staying(before)))
    status = 200
    if request.method == "POST":
        try:
            return _done(request, by, found)
        except Refusal as refusal:
            if isinstance(refusal, NotFound):
                raise
            context_["refusal"], status = refusal.detail, refusal.status
    context_ |= _compared(request, by, found, there)
    return render(request, "labels/versions.html", context_, status=status)


def _staying(counts: dict[str, int]) -> Iterator[str]:
    """Yield what of others' work stays with the older texts."""
    said = {
        "gold": say_many("{number} gold set", "{number} gold sets", counts["gold"]),
        "imported": say_many("{number} imported set", "{number} imported sets", counts["imported"]),
        "comments": say_many("{number} comment", "{number} comments", counts["comments"]),
        "reviews": say_many("{number} verdict", "{number} verdicts", counts["reviews"]),
    }
    yield from (words for name, words in said.items() if counts[name])


def _compared(
    request: HttpRequest, by: Actor, found: Article, there: list[Article]
) -> dict[str, Any]:
    """Return one's own marks on the way from an older text, or else how the text differs from the one before."""
    own = queries.older_sets(by.person.pk, found)
    before = [each for each in there if each.version < found.version]
    asked = request.GET.get("with", "")
    chosen = next((each for each in before if str(each.uuid) == asked), None)
    source = next((x for x in own if chosen is None or x.article_id == chosen.pk), None)
    if source:
        outline = edition.look(by=by, uuid=source.uuid, to=found.uuid)
        told = {"carrying": _carrying(outline), "older": source.article}
        return told | {"pieces": list(pieces(outline.diff))}
    if not before:
        return {}
    older = access.article_standing(by=by, uuid=(chosen or before[-1]).uuid, text=True)[0]
    return {"older": older, "pieces": list(pieces(queries.compared(older, found)))}


# What is done


def _done(request: HttpRequest, by: Actor, found: Article) -> HttpResponse:
    acts: dict[str, Callable[[HttpRequest, Actor, Article], UUID]] = {
        "add": _add,
        "offer": _offer,
        "carry": _carry,
        "settle": _settle,
        "undo": _undo,
    }
    name, _colon, _rest = request.POST.get("do", "").partition(":")
    if name not in acts:
        raise NotFound(say("There is nothing like that to be done here."))
    return redirect("pages:versions", acts[name](request, by, found))


def _add(request: HttpRequest, by: Actor, found: Article) -> UUID:
    given = {name: getattr(found, name) for name in METADATA} | {"supersedes": str(found.uuid)}
    given["text"] = request.POST.get("text", "")
    (made,) = articles.add(by=by, slug=found.project.slug, items=[given])
    if made.duplicate:
        messages.warning(request, say("The project has this text already. Nothing was added."))
    else:
        messages.success(request, say("The newer text was added."))
    return made.id


def _offer(request: HttpRequest, by: Actor, found: Article) -> UUID:
    names = edition.offer(by=by, uuid=found.uuid)
    said = say("It was assigned to: {names}.", names=say(", ").join(names))
    messages.success(request, said if names else say("All who labelled an older text have it."))
    return found.uuid


def _carry(request: HttpRequest, by: Actor, found: Article) -> UUID:
    done = edition.carry(by=by, uuid=_set(request), to=found.uuid)
    if done.refused:
        said = say_many(
            "{number} does not fit the scheme of today.",
            "{number} do not fit the scheme of today.",
            len(done.refused),
        )
        messages.warning(request, f"{said} {next(iter(done.refused.values()))}")
    return found.uuid


def _settle(request: HttpRequest, by: Actor, found: Article) -> UUID:
    given, (_do, outcome) = request.POST, request.POST["do"].split(":", 1)
    place = given.get("place", "")
    edition.settle(
        by=by,
        uuid=_set(request),
        to=found.uuid,
        span=_uuid(given.get("span", "")),
        outcome=Carried(outcome) if outcome in Carried.values else None,
        fragments=_fragments(place) if place and outcome == Carried.CARRIED else None,
        reason=given.get("reason", ""),
    )
    return found.uuid


def _undo(request: HttpRequest, by: Actor, found: Article) -> UUID:
    edition.take_back(by=by, uuid=_set(request), to=found.uuid)
    messages.success(request, say("It was taken back. What you changed since has stayed."))
    return found.uuid


def _set(request: HttpRequest) -> UUID:
    return _uuid(request.POST.get("set", ""))


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise NotFound(say("There is nothing like that to be done here.")) from None


def _fragments(place: str) -> Any:
    try:
        return orjson.loads(place)
    except orjson.JSONDecodeError:
        return place


# What is shown


def pieces(found: Diff) -> Iterator[Piece]:
    """Yield both texts as one: what is the same, shortened, what has gone and what has come."""
    at, first = 0, True
    for gap in found.gaps():
        yield from _same(found.new[at : gap.new[0]], first=first, last=False)
        first = False
        if gap.old[0] < gap.old[1]:
            yield Piece("gone", found.old[gap.old[0] : gap.old[1]])
        if gap.new[0] < gap.new[1]:
            yield Piece("come", found.new[gap.new[0] : gap.new[1]])
        at = gap.new[1]
    yield from _same(found.new[at:], first=first, last=True)


def _same(text: str, *, first: bool, last: bool) -> Iterator[Piece]:
    head, tail = (0 if first else SHOWN), (0 if last else SHOWN)
    if len(text) <= 2 * SHOWN + head + tail:
        if text:
            yield Piece("same", text)
        return
    before, after = _to_a_word(text[:head]), _from_a_word(text[len(text) - tail :])
    inner = len(text) - len(before) - len(after)
    if before:
        yield Piece("same", before)
    yield Piece("cut", say("{characters} the same", characters=characters(inner)))
    if after:
        yield Piece("same", after)


def _to_a_word(text: str) -> str:
    """Cut a stretch at its last blank; where there is none, as in Japanese, it stays whole."""
    return text.rpartition(" ")[0] or text


def _from_a_word(text: str) -> str:
    return text.partition(" ")[2] or text


def _carrying(found: Outline) -> Carrying:
    lines = [(each, _line(found, each)) for each in found.items]
    unsettled = [line for item, line in lines if item.outcome is None and _is_open(found, item)]
    left = len(found.links) - len(found.carried_links)
    more = len(unsettled) - MOST
    return Carrying(
        set=found.source.uuid,
        version=found.source.article.version,
        sentence=_sentence(found),
        begun=found.is_begun,
        unsettled=unsettled[:MOST],
        more=say("And {number} more.", number=more) if more > 0 else "",
        along=[x for item, x in lines if not _is_open(found, item) and not _is_said(item)][:MOST],
        settled=[line for item, line in lines if _is_said(item)][:MOST],
        links=say_many(
            "{number} link has not come along: an end of it has not.",
            "{number} links have not come along: an end of each has not.",
            left,
        )
        if left and found.is_begun
        else "",
    )


def _is_open(found: Outline, item: Item) -> bool:
    """Tell whether a span is for a person to settle."""
    return item.outcome is None and (found.is_begun or not item.is_proven)


def _is_said(item: Item) -> bool:
    return item.outcome in (Carried.AGAIN, Carried.DROPPED)


def _sentence(found: Outline) -> str:
    proven = sum(each.is_proven for each in found.items)
    carried = sum(each.outcome == Carried.CARRIED for each in found.items)
    open_ = sum(_is_open(found, each) for each in found.items)
    if found.is_begun:
        said = say_many(
            "{number} span was carried over.", "{number} spans were carried over.", carried
        )
    else:
        said = say_many("{number} span comes along.", "{number} spans come along.", proven)
    rest = say_many("{number} is for you to settle.", "{number} are for you to settle.", open_)
    return f"{said} {rest}" if open_ else said


def _line(found: Outline, item: Item) -> Line:
    fated = item.fated
    places = [fated.fragments] if item.is_proven else list(fated.proposals)
    return Line(
        id=item.span.id,
        label=item.span.label,
        fate=str(FATES[fated.fate]),
        old=_shown(found.diff.old, item.span.fragments),
        places=[_shown(found.diff.new, each) for each in places],
        outcome=str(item.outcome or ""),
        reason=item.reason,
        note=_note(item, len(places)),
    )


def _note(item: Item, places: int) -> str:
    if item.is_proven:
        return "" if item.outcome else say("Its words are there, but it was not carried over.")
    if item.fated.fate == Fate.EDITED:
        return say("Its words have changed. This stands there now:")
    if places:
        return say("It no longer stands where it stood. Its words stand here:")
    return say("Its words are gone.")


def _shown(text: str, fragments: tuple[Fragment, ...]) -> Shown:
    start, end = fragments[0].start, fragments[-1].end
    before, after = context(text, start, end, AROUND)
    before = f"… {_from_a_word(before)}" if start > AROUND else before
    after = f"{_to_a_word(after)} …" if len(text) - end > AROUND else after
    ranges = [(each.start, each.end) for each in fragments]
    value = [{"start": a, "end": b, "quote": text[a:b]} for a, b in ranges]
    return Shown(before, quote(text, ranges), after, orjson.dumps(value).decode())
