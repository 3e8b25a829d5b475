"""The story of a web page: its main text in paragraphs, and what the page says of it. Nothing is loaded or run.

The main text is that of the elements that hold most of the page's paragraphs: an `article` or `main` where there
is one. Navigation, forms, asides, scripts and the like are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import orjson

from ._tags import attributes, tokens

# fmt: off
SKIPPED = {
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "nav", "aside",
    "footer", "form", "button", "select", "textarea", "dialog", "menu", "figure",
}
"""Elements whose text is no story."""
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}
BLOCKS = {
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "header", "main", "h1",
    "h2", "h3", "h4", "h5", "h6", "html", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
}
# fmt: on
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WHOLE = {"article": 3, "main": 2}
"""Elements that say they hold the story, and how much more one counts than one that does not."""
DEEPEST = 400
"""Elements within each other; what is deeper is read as if it were not."""
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
FIELDS = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "byline": ("author", "article:author", "dc.creator", "parsely-author", "byl"),
    "published_at": (
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "parsely-pub-date",
        "pubdate",
    ),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
    "url": ("og:url",),
    "language": ("content-language", "og:locale"),
}
"""What a page's `meta` elements are called, the most telling first."""
TOLD = {"meta", "link", "html", "time", "script"}
"""Elements whose attributes say something of the page."""
LINKED_DATA = "application/ld+json"


@dataclass(slots=True)
class Page:
    """What is in a page."""

    text: str = ""
    described: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Element:
    name: str
    blocks: list[tuple[str, bool]] = field(default_factory=list)
    """The paragraphs in it, each with whether it is a heading."""
    weight: int = 0


class _Reader:
    """Gathers paragraphs by the element that holds them."""

    def __init__(self) -> None:
        self.open: list[_Element] = [_Element("html")]
        self.within: Counter[str] = Counter()
        self.best: list[tuple[int, _Element]] = []
        self.words: list[str] = []
        self.skipped = 0
        self.kept = 0
        self.metas: dict[str, str] = {}
        self.linked: list[str] = []
        self.caught: list[str] | None = None
        self.title: list[str] = []
        self.heading = ""
        self.time = ""
        self.canonical = ""
        self.language = ""

    def begin(self, tag: str, inside: str) -> None:
        """Take what begins an element, with what stands inside it."""
        given = attributes(inside) if tag in TOLD else {}
        self._note(tag, given)
        if tag == "br":
            self.words.append("\n")
        if tag in VOID:
            return
        if tag in SKIPPED or self.skipped:
            self.skipped += tag in SKIPPED
            if tag == "script" and given.get("type", "").strip().lower() == LINKED_DATA:
                self.caught = []
            return
        if tag == "title":
            self.caught = self.title
        if tag in BLOCKS:
            self._end_block()
            if len(self.open) < DEEPEST:
                self.open.append(_Element(tag))
                self.within[tag] += 1

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta":
            name = (
                given.get("property") or given.get("name") or given.get("itemprop") or ""
            ).lower()
            name = name or given.get("http-equiv", "").lower()
            if given.get("content"):
                self.metas.setdefault(name, given["content"])
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or given.get("href", "")
        elif tag == "html":
            self.language = given.get("lang", "")
        elif tag == "time":
            self.time = self.time or given.get("datetime", "")

    def end(self, tag: str) -> None:
        """Take what ends an element."""
        if tag in {"script", "title"} and self.caught is not None:
            if tag == "script":
                self.linked.append("".join(self.caught))
            self.caught = None
        if tag in SKIPPED:
            self.skipped = max(0, self.skipped - 1)
        elif tag in BLOCKS and not self.skipped:
            self._end_block()
            if self.within[tag]:
                while self._shut() != tag:
                    pass

    def take(self, data: str) -> None:
        """Take text."""
        if self.caught is not None:
            self.caught.append(data)
        elif not self.skipped:
            pre = any(each.name == "pre" for each in self.open[-3:])
            self.words.append(data if pre else BLANKS.sub(" ", data))

    def _end_block(self) -> None:
        """Give the paragraph that ends to every element around it: which of them is the story shows later."""
        written = "".join(self.words)
        self.words.clear()
        if self.open[-1].name != "pre":
            written = "\n".join(each.strip(" ") for each in written.split("\n"))
        written = written.strip("\n")
        if not written.strip():
            return
        name = self.open[-1].name
        self.heading = self.heading or (written if name == "h1" else "")
        self.open[-1].blocks.append((written, name in HEADINGS))
        if name in {"p", "pre", "blockquote"}:
            for depth, each in enumerate(reversed(self.open[-3:])):
                each.weight += len(written) // (depth + 1)

    def _shut(self) -> str:
        """Close the innermost element, and hand what it has to the one around it."""
        shut = self.open.pop()
        self.within[shut.name] -= 1
        around = self.open[-1]
        if shut.blocks:
            self._weigh(shut)
            around.blocks += shut.blocks
        return shut.name

    def _weigh(self, each: _Element) -> None:
        # A paragraph is never the story alone: what holds several is.
        if each.name not in {"p", "li", "td", "th", "tr", *HEADINGS}:
            weight = each.weight * WHOLE.get(each.name, 1)
            if not self.best or weight > self.best[0][0]:
                self.best = [(weight, _Element(each.name, list(each.blocks), weight))]

    def finish(self) -> list[tuple[str, bool]]:
        """Return the paragraphs of the story."""
        self._end_block()
        while len(self.open) > 1:
            self._shut()
        self._weigh(self.open[0])
        whole = self.open[0].blocks
        return self.best[0][1].blocks if self.best and self.best[0][0] else whole


def parsed(source: str) -> Page:
    """Return the story of a page, with its paragraphs apart; the text is empty where there is none."""
    reader = _Reader()
    for kind, tag, held in tokens(source):
        if kind == "<":
            reader.begin(tag, held)
        elif kind == "/":
            reader.end(tag)
        else:
            reader.take(held)
    blocks = reader.finish()
    return Page("\n\n".join(text for text, _ in blocks), _described(reader))


def _described(reader: _Reader) -> dict[str, Any]:
    found: dict[str, Any] = _linked(reader.linked)
    for name, metas in FIELDS.items():
        for meta in metas:
            if reader.metas.get(meta, "").strip():
                found.setdefault(name, reader.metas[meta].strip())
    title = BLANKS.sub(" ", "".join(reader.title)).strip()
    beside = {
        "title": BLANKS.sub(" ", reader.heading) or title,
        "published_at": reader.time,
        "url": reader.canonical,
        "language": reader.language,
    }
    for name, value in beside.items():
        if value:
            found.setdefault(name, value)
    # A page's author is often an address.
    if str(found.get("byline", "")).startswith("http"):
        del found["byline"]
    return found


def _linked(scripts: list[str]) -> dict[str, Any]:
    """Return what the linked data of a page says of its article."""
    found: dict[str, Any] = {}
    for each in scripts:
        try:
            told: Any = orjson.loads(each)
        except orjson.JSONDecodeError:
            continue
        graph = told.get("@graph", told) if isinstance(told, dict) else told
        for thing in graph if isinstance(graph, list) else [graph]:
            if isinstance(thing, dict) and "Article" in str(thing.get("@type")):
                said = {
                    "title": thing.get("headline"),
                    "byline": _names(thing.get("author")),
                    "published_at": thing.get("datePublished"),
                    "publisher": _names(thing.get("publisher")),
                    "language": thing.get("inLanguage"),
                }
                found |= {
                    name: value for name, value in said.items() if isinstance(value, str) and value
                }
    return found


def _names(value: Any) -> str:
    given = value if isinstance(value, list) else [value]
    names = [each.get("name") if isinstance(each, dict) else each for each in given]
    return ", ".join(each for each in names if isinstance(each, str))
