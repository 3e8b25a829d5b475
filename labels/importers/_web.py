"""Annotations of the web on one text: which article they are of, who made them, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from ..records import Article, BadItem
from ..text.canonical import Canonical
from ..words import say
from ._marks import Marks, article, text_of
from ._reading import Fault
from ._selectors import Places, Raw, listed, targets

NOBODY = "web"
UNTAGGED = "highlighting"
"""The label of what bears no tag, as the standard calls a mark that says nothing more."""
URN = "urn:uuid:"
ELSEWHERE = "Text"
"""The type of a body that is a text somewhere else, as exports without the texts have it."""
TAGGING = {"tagging", "classifying"}
MOST = 200_000
"""Annotations that are held at once, where texts are not in the file: they may be in any order."""

Texts = Callable[[str], str | None]
"""Gives the text that the project has under a source."""
Bodies = tuple[list[str], dict[str, Any]]
Found = tuple[Raw, str]
"""An annotation, and where in the file it stands."""


class Pages:
    """The texts of a file with what is on them; where they are in the file, one is whole when the next comes."""

    def __init__(self, name: str, texts: Texts) -> None:
        self.name = name
        self.texts = texts
        self.pages: dict[str, Page] = {}
        self.links: list[Found] = []
        self.done: set[str] = set()
        self.held = 0

    def take(self, raw: Raw, place: str) -> Iterator[Article | BadItem]:
        """Take an annotation that stands at a place, and yield what is whole by then. Raises `Fault`."""
        if _is_text(raw):
            yield from self.whole()
        self.held += 1
        if self.held > MOST:
            raise Fault(
                "too_large", say("There are more than {most} annotations on one text.", most=MOST)
            )
        if _is_link(raw):
            self.links.append((raw, place))
            return
        key = _source(raw)
        if key in self.done:
            detail = say(
                "This is of an article that came before: put annotations behind their text."
            )
            raise Fault("late", detail)
        self.pages.setdefault(key, Page(key, self.name)).take(raw, place)

    def whole(self) -> Iterator[Article | BadItem]:
        """Yield the articles that there are, and begin anew."""
        of = {name: page for page in self.pages.values() for name in page.names}
        for raw, place in self.links:
            first = _address(next(iter(listed(raw.get("target"))), None))
            if first in of:
                of[first].links.append((raw, place))
            else:
                detail = say(
                    "“{name}” joins “{end}”, which is not there.",
                    name=str(raw.get("id"))[:60],
                    end=first[:60],
                )
                yield BadItem(place, "unknown_unit", detail)
        for page in self.pages.values():
            yield from page.read(self.texts)
        self.done |= self.pages.keys()
        self.pages.clear()
        self.links.clear()
        self.held = 0


def _is_text(raw: Raw) -> bool:
    """Tell whether an annotation says what the text of its target is, or that it is elsewhere."""
    body = raw.get("body")
    return (
        raw.get("motivation") == "describing"
        and isinstance(body, dict)
        and (body.get("purpose") == "describing" or body.get("type") == ELSEWHERE)
        and "selector" not in _first(raw)
    )


def _is_link(raw: Raw) -> bool:
    return "linking" in listed(raw.get("motivation"))


def _source(raw: Raw) -> str:
    """Return what identifies the text that an annotation is on."""
    target = _first(raw)
    return _address(target.get("source", target.get("id", raw.get("uri"))))


def _first(raw: Raw) -> Raw:
    target = next(iter(listed(raw.get("target"))), None)
    return target if isinstance(target, dict) else {"id": target}


def _address(found: Any) -> str:
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) else ""


class Page:
    """What a file says of one text; the annotations are read when all of them are there."""

    def __init__(self, key: str, name: str) -> None:
        self.key = key
        self.name = name
        self.text: Raw = {}
        self.digest = ""
        self.spans: list[Found] = []
        self.links: list[Found] = []
        self.names: set[str] = set()
        self.others = 0
        """Annotations of the whole text, and answers to others."""

    def take(self, raw: Raw, place: str) -> None:
        """Take an annotation that stands at a place of the file. Raises `Fault`."""
        if _is_text(raw):
            if self.text:
                raise Fault("unit_exists", say("The text of this article is there already."))
            self.text = raw["body"]
            self.digest = str(_first(raw).get("sha256", ""))
        elif any(
            "selector" in each for each in listed(raw.get("target")) if isinstance(each, dict)
        ):
            self.spans.append((raw, place))
            self.names.add(str(raw.get("id")))
        else:
            self.others += 1

    def read(self, texts: Texts) -> Iterator[Article | BadItem]:
        """Yield the article with a set for each person, or all that is wrong."""
        if not (self.spans or self._has_text):
            return
        try:
            text = self._text(texts)
        except Fault as fault:
            yield BadItem(self.name, fault.code, fault.detail)
            return
        places = Places(text, [each for raw, _ in self.spans for each in targets(raw)])
        people: dict[str, Marks] = {}
        faults = [*self._take(self.spans, people, places), *self._take(self.links, people, places)]
        if faults:
            yield from faults
            return
        notes = [*places.notes()]
        if self.others:
            count = self.others
            notes.append(say("What is said of the whole text is not taken: {count}.", count=count))
        try:
            yield self._article(text, list(people.values()), notes)
        except Fault as fault:
            yield BadItem(self.name, fault.code, fault.detail)

    @property
    def _has_text(self) -> bool:
        return bool(self.text) and self.text.get("type") != ELSEWHERE

    def _text(self, texts: Texts) -> Canonical:
        found = text_of(self.text.get("value")) if self._has_text else self._found(texts)
        if self.digest and self.digest != found.text_sha256:
            raise Fault("text_changed", say("The text is not the one that sha256 was made of."))
        return found

    def _found(self, texts: Texts) -> Canonical:
        for key in (self.key, *self._digests()):
            there = texts(key) if key else None
            if there is not None:
                return text_of(there)
        raise Fault(
            "no_text",
            say(
                "The text of “{source}” is not in the file, and no article of the project has this address or "
                "id. Import the article first.",
                source=self.key[:200],
            ),
        )

    def _digests(self) -> Iterator[str]:
        for raw, _place in self.spans[:1]:
            source = _first(raw).get("source")
            if isinstance(source, dict) and isinstance(source.get("sha256"), str):
                yield source["sha256"]

    def _take(
        self, found: list[Found], people: dict[str, Marks], places: Places
    ) -> Iterator[BadItem]:
        for raw, place in found:
            owner = _owner(raw)
            marks = people.setdefault(owner, Marks(places.text, owner))
            try:
                if _is_link(raw):
                    _link(marks, raw)
                else:
                    _span(marks, raw, places)
            except Fault as fault:
                yield BadItem(place, fault.code, fault.detail)

    def _article(self, text: Canonical, people: list[Marks], notes: list[str]) -> Article:
        described = {"url": self.key} if self.key.startswith(("http://", "https://")) else {}
        language = listed(self.text.get("language"))
        if language:
            described["language"] = language[0]
        return replace(article(text, people, notes, **described), id=_uuid(self.key))


def _owner(raw: Raw) -> str:
    """Return who made an annotation: its creator, or the user as Hypothesis names one."""
    creator = next(iter(listed(raw.get("creator", raw.get("user")))), None)
    if isinstance(creator, dict):
        creator = next(
            (creator[key] for key in ("name", "nickname", "email", "id") if creator.get(key)), None
        )
    return str(creator).removeprefix("acct:") if creator else NOBODY


def _uuid(name: Any) -> UUID | None:
    if not isinstance(name, str) or not name.startswith(URN):
        return None
    try:
        return UUID(name.removeprefix(URN))
    except ValueError:
        return None


def _attributes(raw: Raw) -> dict[str, Any]:
    found = raw.get("attributes", {})
    if not isinstance(found, dict):
        raise Fault("bad_attribute", say("{name}: an object is expected.", name="attributes"))
    return found


def _span(marks: Marks, raw: Raw, places: Places) -> None:
    name = str(raw.get("id", len(marks.spans)))
    tags, said = _bodies(raw)
    found = [places.find(each) for each in targets(raw)]
    sure = raw.get("confidence")
    if sure is not None and (
        isinstance(sure, bool) or not isinstance(sure, int | float) or not 0 <= sure <= 1
    ):
        raise Fault("invalid", say("confidence: a number from 0 to 1 is expected."))
    marks.span(
        name,
        tags[0],
        found,
        said | _attributes(raw),
        uuid=_uuid(name),
        confidence=sure,
        flag=raw.get("flag") is True,
    )


def _link(marks: Marks, raw: Raw) -> None:
    ends = [_address(each) for each in listed(raw.get("target"))]
    if len(ends) != 2:  # noqa: PLR2004 - a link joins two
        raise Fault("invalid", say("A link has two targets, the ids of the annotations it joins."))
    name = str(raw.get("id", len(marks.relations)))
    tags, said = _bodies(raw)
    marks.relation(name, tags[0], ends[0], ends[1], said | _attributes(raw), uuid=_uuid(name))


def _bodies(raw: Raw) -> Bodies:
    """Return the tags, of which there is at least one, and what else the bodies say, by its purpose."""
    tags = [str(each) for each in listed(raw.get("tags"))]
    said: dict[str, list[Any]] = defaultdict(list)
    if raw.get("text") and isinstance(raw["text"], str):
        said["comment"].append(raw["text"])
    bodies = [*listed(raw.get("body")), *listed(raw.get("bodyValue"))]
    for each in bodies:
        body = each if isinstance(each, dict) else {"value": each}
        purpose = str(next(iter(listed(body.get("purpose"))), "commenting"))
        value = body.get("value", body.get("source", body.get("id")))
        if isinstance(value, dict):
            value = value.get("label", value.get("id"))
        if value is None or value == "":
            continue
        if purpose in TAGGING:
            tags.append(str(value))
        else:
            said["comment" if purpose == "commenting" else purpose].append(value)
    found: dict[str, Any] = {key: each[0] if len(each) == 1 else each for key, each in said.items()}
    if len(tags) > 1:
        found["tags"] = tags[1:]
    motivation = next(iter(listed(raw.get("motivation"))), UNTAGGED)
    return tags or [str(motivation)], found
