"""What becomes of a span when its article has a newer text: proven places, and proposals for a person.

A span is *unchanged* where the diff of the two texts keeps every code point of it, *moved* where its words stand
elsewhere beyond doubt, *edited* where some of them do, and else *deleted*. Only the first two are carried over; a
place that is likely, or one of several, is no more than a proposal.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..records import Fragment, Span
from ..text.boundaries import is_grapheme_boundary
from ..text.diff import Diff, holding, is_once
from ..text.quotes import CONTEXT
from ..vocabulary import Fate

MOST_PLACES = 5
"""Proposals for one span."""
MOST_LOOKED = 100
"""Places of the same words that are looked at on either side of where a span stood."""
HALF = 2
"""A span that covers so much of what was replaced, the whole by this, was replaced itself."""

Fragments = tuple[Fragment, ...]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fated:
    """What becomes of a span: `fragments` in the newer text if that is proven, else proposals, the best first."""

    fate: Fate
    fragments: Fragments = ()
    proposals: tuple[Fragments, ...] = ()
    near: int = 0
    """Where in the newer text it stood, or would stand."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What becomes of one fragment."""

    fate: Fate
    place: Place | None


def fate(found: Diff, span: Span) -> Fated:
    """Say what becomes of a span of the older text."""
    parts = [_part(found, each.start, each.end) for each in span.fragments]
    places = [each.place for each in parts if each.place]
    near = places[0][0] if places else _ahead(found, span.start)
    proven = all(each.fate in (Fate.UNCHANGED, Fate.MOVED) for each in parts)
    if proven and all(one[1] <= other[0] for one, other in pairwise(places)):
        moved = any(each.fate == Fate.MOVED for each in parts)
        return Fated(Fate.MOVED if moved else Fate.UNCHANGED, _fragments(places), (), near)
    if places:
        return Fated(Fate.EDITED, (), (_fragments(_merged(places)),), near)
    return Fated(Fate.DELETED, (), _elsewhere(found, span, near), near)


def _fragments(places: Iterable[Place]) -> Fragments:
    return tuple(Fragment(start, end) for start, end in places)


def _merged(places: Iterable[Place]) -> list[Place]:
    """Put places in the order of the text, and those that overlap together."""
    made: list[Place] = []
    for start, end in sorted(places):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _part(found: Diff, start: int, end: int) -> _Part:
    for stretches, known in ((found.kept, Fate.UNCHANGED), (found.moved, Fate.MOVED)):
        held = holding(stretches, start, end)
        if held:
            at = held.new + start - held.old
            if _is_whole(found, start, end, at):
                return _Part(known, (at, at + end - start))
    only = _only_place(found, start, end)
    if only is not None:
        return _Part(Fate.MOVED, (only, only + end - start))
    place = _proposed(found, start, end)
    return _Part(Fate.EDITED if place else Fate.DELETED, place)


# Proof


def _is_whole(found: Diff, start: int, end: int, at: int) -> bool:
    """Tell whether no character and no word is cut by the place at `at` that was not cut before."""
    edges = ((start, at), (end, at + end - start))
    return all(_splits(found.old, was) or not _splits(found.new, now) for was, now in edges)


def _splits(text: str, position: int) -> bool:
    if not 0 < position < len(text):
        return False
    if not is_grapheme_boundary(text, position):
        return True
    before, after = text[position - 1], text[position]
    return _is_spelt(before) and _is_spelt(after)


def _is_spelt(character: str) -> bool:
    """Tell whether a character is one of a word's; in scripts without blanks each stands for itself."""
    return character.isalnum() and not "\u2e80" <= character <= "\uffdc"


def _only_place(found: Diff, start: int, end: int) -> int | None:
    """Return where the newer text has the same words between the same neighbours, if both texts have them once."""
    said = found.old[start:end]
    if not is_once(said, found.old) or not is_once(said, found.new):
        return None
    at = found.new.find(said)
    before, behind = _around(found.old, start, end)
    alike = _around(found.new, at, at + end - start) == (before, behind)
    return at if alike and (before or behind) and _is_whole(found, start, end, at) else None


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands beside a place in its paragraph."""
    first = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    behind = text.find("\n", end)
    last = min(len(text) if behind < 0 else behind, end + CONTEXT)
    return text[first:start], text[end:last]


# Proposals


def _proposed(found: Diff, start: int, end: int) -> Place | None:
    """Return what stands in the place of a fragment of which something is left, or that was replaced."""
    first = bisect_right(found.kept, start, key=lambda each: each.end)
    last = bisect_left(found.kept, end, key=lambda each: each.old) - 1
    inner = found.kept[first : last + 1]
    a, b = _ahead(found, start), _behind(found, end)
    if not any(_says(found.old[max(start, x.old) : min(end, x.end)]) for x in inner):
        gap = _gap(found, start, end)
        if len(found.old[gap[0] : gap[1]].strip()) > HALF * (end - start):
            return None
    return _trimmed(found.new, a, b)


def _says(text: str) -> bool:
    return any(each.isalnum() for each in text)


def _gap(found: Diff, start: int, end: int) -> Place:
    """Return the range between kept stretches of the older text that a place lies in."""
    before = [each.end for each in found.kept[_at(found, start) - 1 : _at(found, start)]]
    after = bisect_left(found.kept, end, key=lambda each: each.old)
    behind = found.kept[after].old if after < len(found.kept) else len(found.old)
    return (min(before[0], start) if before else 0), max(behind, end)


def _at(found: Diff, position: int) -> int:
    return bisect_right(found.kept, position, key=lambda each: each.old)


def _ahead(found: Diff, position: int) -> int:
    """Return where in the newer text a place begins, with all that stands in its gap."""
    at = _at(found, position)
    if not at:
        return 0
    held = found.kept[at - 1]
    return held.new + min(position - held.old, held.length)


def _behind(found: Diff, position: int) -> int:
    """Return where in the newer text a place ends, with all that stands in its gap."""
    at = bisect_right(found.kept, position - 1, key=lambda each: each.end)
    if at == len(found.kept):
        return len(found.new)
    held = found.kept[at]
    return held.new + max(position - held.old, 0)


def _trimmed(text: str, start: int, end: int) -> Place | None:
    """Leave blanks at both ends out, and cut no character; None where nothing remains."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    while not is_grapheme_boundary(text, start):
        start -= 1
    while not is_grapheme_boundary(text, end):
        end += 1
    return start, end


def _elsewhere(found: Diff, span: Span, near: int) -> tuple[Fragments, ...]:
    """Return the places in the newer text that say all from a span's first word to its last, the nearest first."""
    said = found.old[span.start : span.end]
    places = [
        each
        for each in _outward(found.new, said, near)
        if _is_whole(found, span.start, span.end, each)
    ]
    nearest = sorted(places, key=lambda each: (abs(each - near), each))[:MOST_PLACES]
    return tuple(_shifted(span.fragments, each - span.start) for each in nearest)


def _shifted(fragments: Fragments, by: int) -> Fragments:
    return tuple(Fragment(each.start + by, each.end + by) for each in fragments)


def _outward(text: str, said: str, near: int) -> list[int]:
    """Return the places of some words, up to `MOST_LOOKED` on either side of a place."""
    found: list[int] = []
    at = text.find(said, near)
    while at >= 0 and len(found) < MOST_LOOKED:
        found.append(at)
        at = text.find(said, at + 1)
    most = len(found) + MOST_LOOKED
    at = text.rfind(said, 0, near + len(said) - 1)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.rfind(said, 0, at + len(said) - 1)
    return found
