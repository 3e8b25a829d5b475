"""Places by position and quote, as annotations of the web select them, found in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..text.canonical import Canonical
from ..text.offsets import UNITS, OffsetError, OffsetMap
from ..words import say
from ._marks import Place
from ._reading import Fault

LONGEST_SHOWN = 60
"""Code points of a quote that are shown in the report."""
LONGEST_CONTEXT = 200
"""Code points before and behind a quote that are looked at."""
MOST_PLACES = 1000
"""Places of one quote that are weighed against each other."""

Raw = Mapping[str, Any]


def listed(value: Any) -> list[Any]:
    """Return a value that may be one or several, or none, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def targets(raw: Raw) -> list[Any]:
    return [each for each in listed(raw.get("target")) if isinstance(each, dict)]


def _selected(target: Raw) -> tuple[tuple[int, int] | None, Raw]:
    """Return the position and the quote that a target is selected by, as far as it has them."""
    position, quote = None, {}
    for each in listed(target.get("selector")):
        if not isinstance(each, dict):
            continue
        start, end = each.get("start"), each.get("end")
        if each.get("type") == "TextPositionSelector" and type(start) is type(end) is int:
            position = start, end
        if each.get("type") == "TextQuoteSelector" and isinstance(each.get("exact"), str):
            quote = each
    return position, quote


class Places:
    """Finds the places of one text: by positions where the quotes are there, else by the quotes."""

    def __init__(self, text: Canonical, targets: list[Any]) -> None:
        self.text = text
        self.offsets = self._settled([_selected(each) for each in targets])
        self.moved = 0
        self.doubtful: list[str] = []

    def _settled(self, found: list[tuple[Place | None, Raw]]) -> OffsetMap:
        """Choose the unit in which most quotes are where they are said to be."""
        hits: Counter[str] = Counter()
        maps = {unit: OffsetMap(self.text.text, unit) for unit in UNITS}
        for unit, offsets in maps.items():
            for position, quote in found:
                hits[unit] += bool(quote) and self._at(offsets, position) == quote["exact"]
        return maps[max(UNITS, key=lambda unit: hits[unit])]

    def _place(self, offsets: OffsetMap, position: Place | None) -> Place | None:
        if position is None:
            return None
        try:
            return offsets.to_codepoint(position[0]), offsets.to_codepoint(position[1])
        except OffsetError:
            return None

    def _at(self, offsets: OffsetMap, position: Place | None) -> str | None:
        place = self._place(offsets, position)
        return self.text.text[slice(*place)] if place else None

    def find(self, target: Raw) -> Place:
        """Return where a target is. Raises `Fault` where it is nowhere."""
        position, quote = _selected(target)
        place = self._place(self.offsets, position)
        if not quote:
            if place is None:
                raise Fault(
                    "bad_offsets", say("It has neither a position in the text nor a quote of it.")
                )
            return place
        exact = quote["exact"]
        if place and self.text.text[slice(*place)] == exact:
            return place
        return self._quoted(exact, quote, place)

    def _quoted(self, exact: str, quote: Raw, near: Place | None) -> Place:
        starts = self._starts(exact)
        if not starts:
            raise Fault(
                "quote_mismatch",
                say("“{quote}” is not in the text.", quote=exact[:LONGEST_SHOWN]),
            )
        fits = {at: self._fit(at, at + len(exact), quote) for at in starts}
        best = [at for at in starts if fits[at] == max(fits.values())]
        start = min(best, key=lambda at: abs(at - near[0])) if near else best[0]
        self.moved += near is not None
        if len(best) > 1:
            self.doubtful.append(
                say(
                    "“{quote}” stands {count} times in the text: the one at {start} was taken. Look at it.",
                    quote=exact[:LONGEST_SHOWN],
                    count=len(best),
                    start=start,
                )
            )
        return start, start + len(exact)

    def _starts(self, exact: str) -> list[int]:
        found: list[int] = []
        at = self.text.text.find(exact) if exact else -1
        while at >= 0 and len(found) < MOST_PLACES:
            found.append(at)
            at = self.text.text.find(exact, at + 1)
        return found

    def _fit(self, start: int, end: int, quote: Raw) -> int:
        """Return how many characters before and behind a place are as the quote says."""
        prefix, suffix = (
            str(quote.get(each) or "")[:LONGEST_CONTEXT] for each in ("prefix", "suffix")
        )
        before = self.text.text[max(0, start - len(prefix)) : start]
        return _alike(before[::-1], prefix[::-1]) + _alike(
            self.text.text[end : end + len(suffix)], suffix
        )

    def notes(self) -> Iterator[str]:
        """Yield what was found out, in sentences."""
        if self.offsets.unit != "codepoint":
            yield say("Offsets counted {unit}; they are code points now.", unit=self.offsets.unit)
        if self.moved:
            yield say(
                "Places found by their quotes, since the positions were others: {count}.",
                count=self.moved,
            )
        yield from self.doubtful


def _alike(one: str, other: str) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
