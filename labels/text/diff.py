"""What two texts of one article have in common: stretches kept in order, and sentences that went elsewhere.

The texts are matched from coarse to fine: lines, sentences, words. Units that each text has once are anchors, and
the longest ascending row of them is kept (the patience diff of B. Cohen); what lies between two anchors is matched
by the next finer unit. Words are matched by their longest common subsequence, where that is affordable: `CELLS`
bounds the work, whatever the texts are. A match of one or two words between larger changes proves nothing and is
let go.

Offsets are code points. A word is never cut, so no stretch begins or ends inside one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from rapidfuzz.distance import Indel

from .segments import sentences

CELLS = 20_000_000
"""Pairs of words that one comparison looks at, all in all: about a tenth of a second."""
FEW_WORDS = 3
"""Words from which a stretch speaks for itself, wherever it stands."""

Range = tuple[int, int]

# A word with its apostrophes; Chinese and Japanese characters stand for themselves. Three times as fast as the
# words of `boundaries`, which know marks and scripts better: whoever maps a place looks at its edges once more.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’][^\W_]+)*|\s+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` code points that are the same in the older text from `old` on and in the newer from `new` on."""

    old: int
    new: int
    length: int

    @property
    def end(self) -> int:
        """Behind its last code point in the older text."""
        return self.old + self.length


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two kept stretches: a range of the older text, and what the newer has in its place."""

    old: Range
    new: Range


@dataclass(frozen=True, slots=True)
class Diff:
    """Kept stretches ascend in both texts; moved ones are ordered by the older and lie in gaps of both."""

    old: str
    new: str
    kept: tuple[Stretch, ...]
    moved: tuple[Stretch, ...]

    def gaps(self) -> list[Gap]:
        """List where the texts differ, in their order; either side may be empty, never both."""
        ends = [(0, 0), *((each.end, each.new + each.length) for each in self.kept)]
        starts = [*((each.old, each.new) for each in self.kept), (len(self.old), len(self.new))]
        found = [Gap((a, c), (b, d)) for (a, b), (c, d) in zip(ends, starts, strict=True)]
        return [each for each in found if each.old[0] < each.old[1] or each.new[0] < each.new[1]]


def holding(stretches: Sequence[Stretch], start: int, end: int) -> Stretch | None:
    """Return the stretch that holds all of `[start, end)` of the older text."""
    at = bisect_right(stretches, start, key=lambda each: each.old) - 1
    return stretches[at] if at >= 0 and end <= stretches[at].end else None


@lru_cache(maxsize=4)
def diff(old: str, new: str) -> Diff:
    """Compare two texts. Whoever settles spans one by one asks for the same two again and again."""
    stretches = _matched(old, new, (0, len(old)), (0, len(new)), LEVELS, [CELLS])
    found = Diff(old, new, tuple(_joined(stretches)), ())
    return replace(found, moved=tuple(_moved(found)))


# Pieces of a stretch of text, each a range; together they are all of it


def _lines(text: str, start: int, end: int) -> list[Range]:
    cuts = [start]
    while 0 < (at := text.find("\n", cuts[-1], end) + 1) < end:
        cuts.append(at)
    return list(pairwise([*cuts, end]))


def _sentences(text: str, start: int, end: int) -> list[Range]:
    inner = chain.from_iterable(sentences(text, a, b) for a, b in _lines(text, start, end))
    cuts = {start, *(a for a, _b in inner)}
    return list(pairwise([*sorted(cuts), end]))


def _words(text: str, start: int, end: int) -> list[Range]:
    return [each.span() for each in _WORD.finditer(text, start, end)]


Level = Callable[[str, int, int], list[Range]]
LEVELS: tuple[Level, ...] = (_lines, _sentences, _words)


# Matching


def _matched(
    old: str, new: str, here: Range, there: Range, levels: Sequence[Level], budget: list[int]
) -> Iterator[Stretch]:
    """Yield what two ranges have in common, in order."""
    if here[0] == here[1] or there[0] == there[1]:
        return
    cut, *finer = levels
    pieces, others = cut(old, *here), cut(new, *there)
    a, b = [old[s:e] for s, e in pieces], [new[s:e] for s, e in others]
    pairs = _anchored(a, b) if finer else _common(a, b, budget)
    at, at_new = here[0], there[0]
    for i, j, size in [*_runs(pairs), (len(a), len(b), 0)]:
        start, start_new = _start(pieces, i, here[1]), _start(others, j, there[1])
        if finer:
            yield from _matched(old, new, (at, start), (at_new, start_new), finer, budget)
        if size:
            at, at_new = pieces[i + size - 1][1], others[j + size - 1][1]
            yield Stretch(start, start_new, at - start)


def _runs(pairs: list[Range]) -> Iterator[tuple[int, int, int]]:
    """Yield rows of pairs that follow each other, each by its first pair and its size."""
    begin = 0
    for at, (i, j) in enumerate(pairs):
        if at and pairs[at - 1] != (i - 1, j - 1):
            yield *pairs[begin], at - begin
            begin = at
    if pairs:
        yield *pairs[begin], len(pairs) - begin


def _start(pieces: list[Range], at: int, end: int) -> int:
    return pieces[at][0] if at < len(pieces) else end


def _anchored(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Match equal pieces: those at both ends, and between them those that both have once, in ascending order."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    ends = len(a) - tail, len(b) - tail
    inner = _spread(a, b, _ascending(_once(a, b, head, ends)), head, ends)
    last = [(ends[0] + each, ends[1] + each) for each in range(tail)]
    return [*((each, each) for each in range(head)), *inner, *last]


def _once(a: list[str], b: list[str], head: int, ends: Range) -> list[tuple[int, int]]:
    """Return the pieces between the ends that both have once, blank ones aside, in the order of `a`."""
    counts, others = Counter(a[head : ends[0]]), Counter(b[head : ends[1]])
    places = {b[j]: j for j in range(head, ends[1])}
    return [
        (i, places[a[i]])
        for i in range(head, ends[0])
        if counts[a[i]] == 1 == others[a[i]] and not a[i].isspace()
    ]


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest row of pairs that ascends in both."""
    tops: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        before.append(heads[at - 1] if at else -1)
        tops[at : at + 1], heads[at : at + 1] = [j], [number]
    found = []
    number = heads[-1] if heads else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _spread(
    a: list[str], b: list[str], anchors: list[tuple[int, int]], head: int, ends: Range
) -> list[tuple[int, int]]:
    """Take along what is equal right before and behind each anchor."""
    found: list[tuple[int, int]] = []
    low = (head - 1, head - 1)
    for place, (i, j) in enumerate(anchors):
        high = anchors[place + 1] if place + 1 < len(anchors) else ends
        if i <= low[0]:
            continue
        up = 0
        while i - up - 1 > low[0] and j - up - 1 > low[1] and a[i - up - 1] == b[j - up - 1]:
            up += 1
        down = 0
        while (
            i + down + 1 < high[0] and j + down + 1 < high[1] and a[i + down + 1] == b[j + down + 1]
        ):
            down += 1
        found += [(i + each, j + each) for each in range(-up, down + 1)]
        low = (i + down, j + down)
    return found


def _common(a: list[str], b: list[str], budget: list[int]) -> list[tuple[int, int]]:
    """Match words: by their longest common subsequence while that is affordable, then as lines are."""
    cost = len(a) * len(b)
    if cost > budget[0]:
        return _anchored(a, b)
    budget[0] -= cost
    numbers: dict[str, int] = {}
    one, other = ([numbers.setdefault(each, len(numbers)) for each in side] for side in (a, b))
    blocks = [each for each in Indel.opcodes(one, other) if each.tag == "equal"]
    runs = [(each.src_start, each.dest_start, each.src_end - each.src_start) for each in blocks]
    return [(i + n, j + n) for i, j, size in _telling(a, b, runs) for n in range(size)]


def _telling(
    a: list[str], b: list[str], runs: list[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Leave out short runs between larger changes: they match by chance. Those at the ends have one such side."""
    found: list[tuple[int, int, int]] = []
    behind = (0, 0)
    for place, (i, j, size) in enumerate(runs):
        after = runs[place + 1] if place + 1 < len(runs) else (len(a), len(b), 0)
        before = max(_length(a[behind[0] : i]), _length(b[behind[1] : j]))
        beyond = max(_length(a[i + size : after[0]]), _length(b[j + size : after[1]]))
        run = a[i : i + size]
        if _word_count(run) >= FEW_WORDS or _length(run) > min(before, beyond):
            found.append((i, j, size))
            behind = (i + size, j + size)
    return found


def _length(pieces: Sequence[str]) -> int:
    return sum(map(len, pieces))


def _word_count(pieces: Sequence[str]) -> int:
    return sum(each[0].isalnum() for each in pieces)


def _joined(pairs: Iterator[Stretch]) -> Iterator[Stretch]:
    """Make one of stretches that follow each other in both texts."""
    held: Stretch | None = None
    for each in pairs:
        if held and held.end == each.old and held.new + held.length == each.new:
            held = Stretch(held.old, held.new, held.length + each.length)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


# What went elsewhere


def _moved(found: Diff) -> list[Stretch]:
    """Return the sentences that both texts have once, out of their order."""
    gaps = found.gaps()
    come = {found.new[a:b]: a for a, b in _loose(found.new, [each.new for each in gaps])}
    gone = _loose(found.old, [each.old for each in gaps])
    return [
        Stretch(a, come[found.old[a:b]], b - a)
        for a, b in gone
        if found.old[a:b] in come and _is_proof(found.old[a:b], found)
    ]


def _loose(text: str, ranges: list[Range]) -> list[Range]:
    """Return the sentences in some ranges of a text, without the blanks behind them."""
    lines = (line for start, end in ranges if start < end for line in _lines(text, start, end))
    return [each for start, end in lines for each in sentences(text, start, end)]


def _is_proof(said: str, found: Diff) -> bool:
    words = sum(each[0].isalnum() for each in _WORD.findall(said))
    return words >= FEW_WORDS and is_once(said, found.old) and is_once(said, found.new)


def is_once(said: str, text: str) -> bool:
    """Tell whether a text says this exactly once."""
    at = text.find(said)
    return at >= 0 and text.find(said, at + 1) < 0
