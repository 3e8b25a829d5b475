"""Disagreements in plain words, one line for each way in which the versions of a unit differ."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from ..records import Span
from ..text.boundaries import words
from ..vocabulary import Difference
from ..words import noted, say, say_many
from .comparison import Cluster, Link, Version

LONGEST_QUOTE = 60
EDGE = 3
"""Words of a span that stand for its beginning or its end."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the sentences need: the text, who each set's annotator is, and what the scheme calls things."""

    text: str
    names: Mapping[UUID, str]
    clusters: Sequence[Cluster]
    titles: Mapping[str, str] = field(default_factory=dict)
    """What labels, relations (`RELATION`), attributes (`LABEL.attribute`) and values (`LABEL.attribute.value`)
    are called; what has no title is called by its name."""

    def title(self, *path: object) -> str:
        """Return what something is called."""
        key = ".".join(map(str, path))
        return self.titles.get(key, str(path[-1]))

    def who(self, versions: Sequence[Version]) -> str:
        """Return whose versions these are: “Ana and Ben”."""
        names = sorted(self.names.get(each.set, "?") for each in versions)
        if len(names) == 1:
            return names[0]
        return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])

    def quote(self, span: Span) -> str:
        """Return a span's words, with a gap between its fragments, shortened in the middle between words."""
        parts = [self.text[each.start : each.end] for each in span.fragments]
        whole = " ".join(" … ".join(parts).split())
        if len(whole) <= LONGEST_QUOTE:
            return whole
        half = LONGEST_QUOTE // 2
        # Where a script has no blanks, it is cut after a number of characters.
        first, last = whole[: half + 1].rpartition(" "), whole[-half - 1 :].partition(" ")
        return f"{first[0] or whole[:half]} … {last[2] or whole[-half:]}"


def explain(cluster: Cluster, telling: Telling) -> dict[Difference, str]:
    """Return a sentence for each difference of a cluster."""
    return {kind: _SENTENCES[kind](cluster, telling) for kind in cluster.kinds}


def _missing(cluster: Cluster, telling: Telling) -> str:
    present = cluster.present
    absent = [each for each in cluster.versions if not each.spans]
    return say(
        "“{quote}”: marked by {who}, not by {others}.",
        quote=telling.quote(present[0].span),
        who=telling.who(present),
        others=telling.who(absent),
    )


def _label(cluster: Cluster, telling: Telling) -> str:
    return _each(cluster, telling, lambda each: telling.title(each.span.label))


def _each(cluster: Cluster, telling: Telling, value: Callable[[Version], str]) -> str:
    """Say what each version has: “Ana: Claim; Ben and Carl: Source”."""
    said = [
        say("{who}: {what}", who=telling.who(versions), what=what)
        for what, versions in _grouped(cluster.present, value)
    ]
    return "; ".join(said) + "."


def _fragment(cluster: Cluster, telling: Telling) -> str:
    def count(each: Version) -> str:
        number = len(each.span.fragments)
        return say_many("one stretch", "{number} stretches", number)

    return _each(cluster, telling, count)


def _split(cluster: Cluster, telling: Telling) -> str:
    def count(each: Version) -> str:
        return say_many("one span", "{number} spans", len(each.spans))

    return _each(cluster, telling, count)


# Boundaries


def _boundary(cluster: Cluster, telling: Telling) -> str:
    said = []
    if starts := _edges(cluster, telling, at_end=False):
        said.append(starts)
    if ends := _edges(cluster, telling, at_end=True):
        said.append(ends)
    return " ".join(said) or _inner(cluster, telling)


def _edges(cluster: Cluster, telling: Telling, *, at_end: bool) -> str:
    """Say where versions begin or end: the first of them by its words, the others by how much later."""

    def edge(each: Version) -> int:
        return each.span.end if at_end else each.span.start

    groups = sorted(_grouped(cluster.present, edge), key=lambda group: group[0])
    (first, versions), later = groups[0], groups[1:]
    if not later:
        return ""
    quote = _words_at(telling.text, versions[0].span, at_end=at_end)
    who = telling.who(versions)
    if at_end:
        begun = say_many(
            "{who} ends at “{quote}”", "{who} end at “{quote}”", len(versions), who=who, quote=quote
        )
    else:
        begun = say_many(
            "{who} begins at “{quote}”",
            "{who} begin at “{quote}”",
            len(versions),
            who=who,
            quote=quote,
        )
    rest = [
        say("{who} {distance}", who=telling.who(each), distance=_distance(telling.text, first, at))
        for at, each in later
    ]
    return ", ".join([begun, *rest]) + "."


def _words_at(text: str, span: Span, *, at_end: bool) -> str:
    """Return the first or last words of a span."""
    part = span.fragments[-1 if at_end else 0]
    quote = text[part.start : part.end]
    found = words(quote)
    if len(found) <= EDGE:
        return " ".join(quote.split())
    cut = quote[found[-EDGE][0] :] if at_end else quote[: found[EDGE - 1][1]]
    return " ".join(cut.split())


NUMBERS = {
    2: noted("two"), 3: noted("three"), 4: noted("four"), 5: noted("five"), 6: noted("six"),
    7: noted("seven"), 8: noted("eight"), 9: noted("nine"),
    10: noted("ten"), 11: noted("eleven"), 12: noted("twelve"),
}  # fmt: skip


def _distance(text: str, start: int, end: int) -> str:
    number = len(words(text[start:end]))
    if number:
        called = say(NUMBERS[number]) if number in NUMBERS else number
        return say_many("one word later", "{called} words later", number, called=called)
    return say_many("one character later", "{number} characters later", end - start)


def _inner(cluster: Cluster, telling: Telling) -> str:
    """Say what differs where beginning and end do not: the stretches between."""
    return _each(cluster, telling, lambda each: f"“{telling.quote(each.span)}”")


# Attributes and links


def _attribute(cluster: Cluster, telling: Telling) -> str:
    label = cluster.present[0].span.label
    names = sorted({name for each in cluster.present for name in each.span.attributes})
    said = [
        f"{telling.title(label, name)} – {_each(cluster, telling, told)}"
        for name in names
        if len(_grouped(cluster.present, told := partial(_told, name, telling))) > 1
    ]
    return " ".join(said) or say("An attribute points to another span.")


def _told(name: str, telling: Telling, version: Version) -> str:
    span = version.span
    value = span.attributes.get(name)
    if value is None:
        return say("nothing")
    values = sorted(value, key=str) if isinstance(value, list) else [value]
    return ", ".join(telling.title(span.label, name, each) for each in values)


def _link(cluster: Cluster, telling: Telling) -> str:
    def told(each: Version) -> str:
        return ", ".join(sorted(_to(link, telling) for link in each.links)) or say("no link")

    groups = _grouped(cluster.present, told)
    if len(groups) > 1:
        return _each(cluster, telling, told)
    return say("The links have different attributes.")


def _to(link: Link, telling: Telling) -> str:
    """Say what a link leads to by the words of whoever has marked them first."""
    target = telling.clusters[link.to].present[0].span
    quote = telling.quote(target)
    return say("{link} “{quote}”", link=telling.title(link.relation.type), quote=quote)


def _grouped(
    versions: Sequence[Version], value: Callable[[Version], Any]
) -> list[tuple[Any, list[Version]]]:
    """Put versions of equal value together, in the order of the first of each."""
    found: dict[Hashable, list[Version]] = {}
    for each in versions:
        found.setdefault(value(each), []).append(each)
    return list(found.items())


_SENTENCES: dict[Difference, Callable[[Cluster, Telling], str]] = {
    Difference.MISSING: _missing,
    Difference.BOUNDARY: _boundary,
    Difference.LABEL: _label,
    Difference.ATTRIBUTE: _attribute,
    Difference.LINK: _link,
    Difference.FRAGMENT: _fragment,
    Difference.SPLIT: _split,
}
