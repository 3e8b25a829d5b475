"""What two releases do not have alike: rows of their tables, and definitions of their schemes.

The rows of both come by article, in the order in which articles came into the project. So they are read side by
side, and no more than an article's rows are held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

Row = dict[str, Any]
Core = Callable[[Row], tuple[str, Row]]
"""Takes a row and gives its key, and what of it counts, by name."""
How = Literal["added", "changed", "removed"]
HOWS: tuple[How, ...] = ("added", "changed", "removed")
Rows = Iterator[tuple[str, Sequence[Row]]]
"""The rows of each article that has some."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that two releases do not have alike: `before` is None where it was added, `after` where removed."""

    key: str
    article: str
    before: Row | None
    after: Row | None
    what: tuple[str, ...] = ()
    """The members in which a changed row differs."""

    @property
    def how(self) -> How:
        """Whether it was added, removed or changed."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    def names(self, by: str) -> frozenset[str]:
        """Return the values of a member on both sides: two where, say, the label was changed."""
        return frozenset(str(each[by]) for each in (self.before, self.after) if each is not None)


def by_article(rows: Iterable[Row], member: str) -> Rows:
    """Gather the rows of each article, whose id stands in `member`."""
    for article, found in groupby(rows, itemgetter(member)):
        yield str(article), list(found)


def places(before: Iterable[str], after: Iterable[str]) -> dict[str, int]:
    """Return the place of each article in an order that both lists keep, as far as they agree."""
    order: dict[str, None] = {}
    listed = list(after)
    rest, common = iter(listed), set(listed)
    for each in before:
        if each in common and each not in order:
            for other in rest:
                order[other] = None
                if other == each:
                    break
        order[each] = None
    return {each: number for number, each in enumerate(order | dict.fromkeys(rest))}


def changes(before: Rows, after: Rows, order: Mapping[str, int], core: Core) -> Iterator[Change]:
    """Yield what two tables do not have alike, article by article in this order."""
    for article, old, new in _side_by_side(before, after, order):
        yield from _of_article(article, old, new, core)


def _side_by_side(
    before: Rows, after: Rows, order: Mapping[str, int]
) -> Iterator[tuple[str, Sequence[Row], Sequence[Row]]]:
    none: tuple[str, Sequence[Row]] = ("", ())
    one, other = next(before, none), next(after, none)
    while one[0] or other[0]:
        if one[0] == other[0]:
            yield one[0], one[1], other[1]
            one, other = next(before, none), next(after, none)
        elif not other[0] or (one[0] and order[one[0]] < order[other[0]]):
            yield one[0], one[1], ()
            one = next(before, none)
        else:
            yield other[0], (), other[1]
            other = next(after, none)


def _of_article(
    article: str, old: Sequence[Row], new: Sequence[Row], core: Core
) -> Iterator[Change]:
    said = {key: (data, row) for row in new for key, data in [core(row)]}
    for row in old:
        key, data = core(row)
        now, there = said.pop(key, (None, None))
        if now != data:
            what = tuple(name for name in data if now and now[name] != data[name])
            yield Change(key, article, row, there, what)
    for key, (_data, row) in said.items():
        yield Change(key, article, None, row)


# Schemes


@dataclass(frozen=True, slots=True)
class Redefined:
    """A part of the scheme that two releases do not have alike."""

    kind: Literal["label", "relation", "attribute", "value", "guideline"]
    name: str
    """Its own, behind those of what it belongs to: `CLAIM.form.direct`."""
    how: How
    what: tuple[str, ...] = ()
    """The members in which it differs."""


def redefined(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Redefined]:
    """Return what two definitions of a scheme do not have alike, in their order."""
    old, new = dict(_parts(before)), dict(_parts(after))
    found = []
    for part in old | new:
        one, other = old.get(part), new.get(part)
        if one is None or other is None:
            found.append(Redefined(*part, "added" if one is None else "removed"))
        elif one != other:
            what = tuple(name for name in one | other if one.get(name) != other.get(name))
            found.append(Redefined(*part, "changed", what))
    return found


def _parts(definition: Mapping[str, Any]) -> Iterator[tuple[tuple[Any, str], Row]]:
    """Yield the parts of a definition: kind and name, and what is said of each itself."""
    for kind in ("label", "relation"):
        for each in definition.get(f"{kind}s") or ():
            yield (kind, each["name"]), _without(each, "attributes")
            for attribute in each.get("attributes") or ():
                name = f"{each['name']}.{attribute['name']}"
                yield ("attribute", name), _without(attribute, "values", "titles")
                titles = attribute.get("titles") or {}
                for value in attribute.get("values") or ():
                    yield ("value", f"{name}.{value}"), {"title": titles.get(value, "")}
    guideline = definition.get("guideline")
    texts = guideline if isinstance(guideline, dict) else {"": guideline} if guideline else {}
    for name, text in texts.items():
        yield ("guideline", name), {"text": text}


def _without(part: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in part.items() if name not in names}
