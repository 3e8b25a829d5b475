"""What importers of other tools' annotations build with: a set of one annotator, kept by the file's own names.

Ids are made from the article's text, the annotator and the file's name for the unit (UUID version 5), so
that the same file gives the same ids, and importing it again doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha1
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid5

from ..columnar import Columns, Spans, known
from ..records import NONE, AnnotationSet, Article, Attributes, Relation
from ..text.canonical import Canonical, TextError, canonical
from ..text.furniture import title
from ..text.metadata import EXTRA, fault
from ..text.offsets import OffsetError, OffsetMap
from ..vocabulary import Kind, Origin, State
from ..words import say
from ._reading import Fault

NAMESPACE = UUID("6f1d5b7e-2f0a-5c1b-9d55-0b7a1f3c9e42")
LONGEST_NAME, LONGEST_ANNOTATOR = 100, 150
MOST_FRAGMENTS = 1000

VARIANT = {f"{digit:x}": f"{digit & 0b0011 | 0b1000:x}" for digit in range(16)}
"""What the digit of a hash becomes that tells the variant of a UUID (RFC 9562, section 4.1)."""

Place = tuple[int, int]


class Marks:
    """One annotator's marks on one text; offsets are code points of the canonical text."""

    def __init__(self, text: Canonical, annotator: str, number: int = 1) -> None:
        self.text = text.text
        self.annotator = annotator.replace("\0", "")[:LONGEST_ANNOTATOR]
        self.number = number
        self.id = uuid5(NAMESPACE, f"{text.text_sha256} {self.annotator} {number}")
        self.spans: dict[str, int] = {}
        """Where in the columns a span stands, by the file's own name for it."""
        self.relations: dict[str, Relation] = {}
        self.notes: list[str] = []
        self._labels: set[str] = set()
        self._begun = sha1(self.id.bytes, usedforsecurity=False)
        self._span_ids: list[str] = []
        self._span_labels: list[str] = []
        self._parts: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._values: list[Attributes] = []
        self._confidences: list[float | None] = []
        self._flags: list[bool] = []

    def _named(self, name: str) -> str:
        """Return the digits of `uuid5(self.id, name)`, whose beginning is the same for every unit."""
        digest = self._begun.copy()
        digest.update(name.encode())
        digits = digest.hexdigest()
        return f"{digits[:12]}5{digits[13:16]}{VARIANT[digits[16]]}{digits[17:32]}"

    def span(
        self,
        name: str,
        label: str,
        places: Sequence[Place],
        attributes: Mapping[str, Any] | None = None,
        *,
        uuid: UUID | None = None,
        confidence: float | None = None,
        flag: bool = False,
    ) -> None:
        """Add a span under the file's own name for it; `uuid` is the id that it has there. Raises `Fault`."""
        if name in self.spans:
            raise Fault("unit_exists", say("“{name}” stands twice in the set.", name=name[:60]))
        if label not in self._labels:
            self._labels.add(_named(label))
        found = self._places(places)
        given = _attributes(attributes)
        self.spans[name] = len(self._span_ids)
        self._span_ids.append(uuid.hex if uuid else self._named(f"span {name}"))
        self._span_labels.append(label)
        self._parts.append(len(found))
        for start, end in found:
            self._starts.append(start)
            self._ends.append(end)
        self._values.append(given)
        self._confidences.append(confidence)
        self._flags.append(flag)

    def _places(self, places: Sequence[Place]) -> Sequence[Place]:
        """Return where fragments are, in their order. Raises `Fault` where there can be none."""
        if len(places) == 1:
            ((start, end),) = places
            if 0 <= start < end <= len(self.text):  # As nearly always.
                return places
        found = sorted(places)
        if not found or len(found) > MOST_FRAGMENTS:
            raise Fault("bad_offsets", say("A span needs a place in the text."))
        for start, end in found:
            if not 0 <= start < end <= len(self.text):
                raise Fault(
                    "bad_offsets",
                    say(
                        "[{start}, {end}) is not inside the text, which has {length} code points.",
                        start=start,
                        end=end,
                        length=len(self.text),
                    ),
                )
        if len(found) > 1 and any(after[0] < before[1] for before, after in pairwise(found)):
            raise Fault("bad_offsets", say("The places of a span overlap each other."))
        return found

    def relation(
        self,
        name: str,
        kind: str,
        source: str,
        target: str,
        attributes: Mapping[str, Any] | None = None,
        *,
        uuid: UUID | None = None,
    ) -> None:
        """Add a link between two spans by their names. Raises `Fault` where one is not there."""
        for end in (source, target):
            if end not in self.spans:
                raise Fault(
                    "unknown_unit",
                    say(
                        "“{name}” joins “{end}”, which is not there.", name=name[:60], end=end[:60]
                    ),
                )
        if source == target:
            self.notes.append(
                say("“{name}” ({kind}) joins a span to itself: left out.", name=name, kind=kind)
            )
            return
        if name in self.relations:
            raise Fault("unit_exists", say("“{name}” stands twice in the set.", name=name[:60]))
        self.relations[name] = Relation(
            id=uuid or known(self._named(f"relation {name}")),
            type=_named(kind),
            source=known(self._span_ids[self.spans[source]]),
            target=known(self._span_ids[self.spans[target]]),
            attributes=_attributes(attributes),
            rev=1,
        )

    def give(self, name: str, attribute: str, value: Any) -> None:
        """Give a unit a value; a second one of the same name makes a list. Raises `Fault`."""
        if name in self.spans:
            at = self.spans[name]
            self._values[at] = _given(self._values[at], attribute, value)
        elif name in self.relations:
            link = self.relations[name]
            attributes = _given(link.attributes, attribute, value)
            self.relations[name] = link._replace(attributes=attributes)
        else:
            raise Fault(
                "unknown_unit", say("It speaks of “{name}”, which is not there.", name=name[:60])
            )

    def set(self, state: State = State.SUBMITTED) -> AnnotationSet:
        """Return the set."""
        number = len(self._span_ids)
        spans = Columns(
            self._span_ids,
            self._span_labels,
            self._parts,
            self._starts,
            self._ends,
            self._values,
            [Origin.IMPORTED] * number,
            [None] * number,
            self._confidences,
            self._flags,
            [1] * number,
        )
        return AnnotationSet(
            id=self.id,
            annotator=self.annotator,
            kind=Kind.IMPORTED,
            round=self.number,
            state=state,
            version=1,
            scheme_version=0,
            spans=Spans(spans),
            relations=list(self.relations.values()),
        )


def _given(attributes: Attributes, name: str, value: Any) -> Attributes:
    there: Any = attributes.get(_named(name))
    if there is not None and there != value:
        value = [*(there if isinstance(there, list) else [there]), value]
    return _attributes({**attributes, name: value})


def _named(name: str) -> str:
    if not name.strip() or "\0" in name:
        raise Fault("bad_label", say("A label has no name."))
    if len(name) > LONGEST_NAME:
        raise Fault("bad_label", say("A label has more than {most} characters.", most=LONGEST_NAME))
    return name


def _attributes(given: Mapping[str, Any] | None) -> Attributes:
    if not given:
        return NONE
    found = dict(given)
    sentence = fault(EXTRA, found)
    if sentence:
        raise Fault("bad_attribute", sentence)
    return found


def text_of(value: Any) -> Canonical:
    """Return a text in canonical form, or raise `Fault`."""
    if not isinstance(value, str | bytes):
        raise Fault("invalid", say("The text of the article is needed."))
    try:
        return canonical(value)
    except TextError as error:
        raise Fault(error.code, error.detail) from None


def article(
    text: Canonical, marks: Sequence[Marks] = (), notes: Iterable[str] = (), **described: Any
) -> Article:
    """Return an article with sets; metadata that is not as it should be raises `Fault`."""
    for name, value in described.items():
        sentence = fault(name, value)
        if sentence:
            raise Fault("invalid", f"{name}: {sentence}")
    kept = {name: value for name, value in described.items() if value}
    return Article(
        text=text.text,
        text_sha256=text.text_sha256,
        original_sha256=text.original_sha256,
        title=kept.pop("title", None) or title(text.text),
        notes=[*notes, *[note for each in marks for note in each.notes]],
        annotation_sets=[each.set() for each in marks],
        **kept,
    )


class Counted:
    """Turns a file's offsets into code points of the canonical text.

    A file counts its own text, before line ends became one and a byte order mark went. Where it has quotes,
    `settle` finds out whether it counts code points, UTF-16 units or bytes.
    """

    def __init__(
        self, original: str, unit: str = "codepoint", form: Callable[[str], str] = str
    ) -> None:
        """`form` makes of a quote, and of the text that it is held against, what the format writes alike."""
        self.original = original
        self.form = form
        self.lead = len(original) - len(original.lstrip("\ufeff"))
        self.returns = "\r\n" in original
        self.offsets = OffsetMap(original, unit)
        self.notes: list[str] = []

    @property
    def is_plain(self) -> bool:
        """Whether the file counts as we do."""
        return self.offsets.unit == "codepoint" and not self.returns and not self.lead

    def settle(self, quoted: Sequence[tuple[int, int, str]]) -> None:
        """Choose the unit in which every quote is right; where none is, the first stays."""
        for unit in ("codepoint", "utf16", "utf8"):
            offsets = OffsetMap(self.original, unit)
            if all(self._reads(offsets, *each) for each in quoted):
                self.offsets = offsets
                break
        if self.offsets.unit != "codepoint":
            self.notes.append(
                say("Offsets counted {unit}; they are code points now.", unit=self.offsets.unit)
            )

    def _reads(self, offsets: OffsetMap, start: int, end: int, quote: str) -> bool:
        try:
            found = self.original[offsets.to_codepoint(start) : offsets.to_codepoint(end)]
        except OffsetError:
            return False
        return self.form(found) == self.form(quote)

    def place(self, start: Any, end: Any, quote: str | None = None) -> Place:
        """Return a place in the canonical text. Raises `Fault` where it is none, or the quote another."""
        if type(start) is not int or type(end) is not int:
            raise Fault("bad_offsets", say("Offsets are whole numbers."))
        if self.is_plain and quote is None and 0 <= start <= end <= self.offsets.length:
            return start, end
        try:
            first, last = self.offsets.to_codepoint(start), self.offsets.to_codepoint(end)
        except OffsetError as error:
            raise Fault("bad_offsets", error.detail) from None
        there = self.original[first:last]
        if quote is not None and self.form(there) != self.form(quote):
            raise Fault(
                "quote_mismatch",
                say("“{quote}” is not the text there, “{there}”.", quote=quote, there=there),
            )
        return self._kept(first), self._kept(last)

    def _kept(self, offset: int) -> int:
        gone = self.original.count("\r\n", 0, offset) if self.returns else 0
        # Between the two characters of a line end there is no place any more.
        return max(0, offset - gone - self.lead)
