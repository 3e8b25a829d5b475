"""An article with everything that is said of it, as the native format has it: what `exporters._native` writes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from uuid import UUID

from ..records import AnnotationSet, Article, Fragment, Provenance, Relation, Review, Span
from ..text.canonical import TextError, canonical
from ..text.furniture import title
from ..text.metadata import EXTRA, FIELDS, LENGTHS, fault
from ..text.offsets import UNITS, OffsetError, OffsetMap
from ..vocabulary import Choice, Kind, Origin, State, Verdict
from ..words import say
from ._reading import LARGEST_COUNT, Members

WRITTEN = frozenset({"id", "length", "text_sha256", "version", "supersedes"})
"""What Galley writes of an article, and reads back when it restores one."""
ARTICLE = FIELDS | WRITTEN | {"text"}
LINE = frozenset({"article", "annotation_sets", "offset_unit", "text_sha256"})
UNIT = frozenset({"id", "attributes", "rev", "reviews", "provenance"})
PROVENANCE = frozenset(
    {
        "derived_from",
        "set",
        "annotator",
        "choice",
        "reason",
        "note",
        "adjudicator",
        "decided_at",
    }
)
PERSON = frozenset({"annotator", "kind", "round", "state", "version", "scheme_version"})
SET = PERSON | {"id", "spans", "relations", "reviews", "active_seconds"}
SPAN = UNIT | {"label", "fragments", "origin", "derived_from", "confidence", "flag"}
FRAGMENT = frozenset({"start", "end", "quote"})
PLAIN = frozenset({"id", "label", "fragments", "attributes", "origin", "rev"})
"""Members of a span that is read in one go."""
UNSET: dict[str, Any] = {"derived_from": None, "confidence": None, "flag": False, "reviews": []}
"""Other members that it may have, and what stands there when nothing does."""
ORIGINS = {str(each.value): each for each in Origin}
IMPORTED = str(Origin.IMPORTED.value)
WRITTEN_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
RELATION = UNIT | {"type", "from", "to"}
VERDICT = frozenset({"verdict", "reason", "comment", "proposal"})
REVIEW = VERDICT | {"id", "span", "relation", "reviewer", "rev", "created_at"}
LONGEST_NAME, LONGEST_UNIT, LONGEST_COMMENT = 150, 100, 100_000


def article(raw: Any) -> Article:
    """Read an article, alone or with its sets. Raises `Fault`."""
    if isinstance(raw, dict) and "article" in raw:
        line = Members(raw, LINE)
        given = line.one("article", ARTICLE)
    else:
        line = given = Members(raw, ARTICLE)
    described = _metadata(given)
    if not described.get("title", "").strip():
        described.pop("title", None)
    text = given.raw.get("text")
    if text is None and given.raw.get("text_sha256"):
        said = say(
            "It goes without its text: put your own copy in with rebuild.py, then import what that writes."
        )
        raise given.fault("text", said, "text_left_out")
    if not isinstance(text, str):
        raise given.fault("text", say("The text of the article is needed."))
    try:
        found = canonical(text)
    except TextError as error:
        raise given.fault("text", error.detail, error.code) from None
    for stated in (line.raw.get("text_sha256"), given.raw.get("text_sha256")):
        if stated is not None and stated != found.text_sha256:
            raise given.fault(
                "text", say("It is not the text that text_sha256 was made of."), "text_changed"
            )
    return Article(
        text=found.text,
        text_sha256=found.text_sha256,
        original_sha256=found.original_sha256,
        title=described.pop("title", None) or title(found.text),
        annotation_sets=[] if line is given else _sets(line, found.text),
        notes=_notes(line),
        id=given.uuid_or_none("id"),
        version=given.whole("version", 1),
        supersedes=given.uuid_or_none("supersedes"),
        **described,
    )


def _notes(line: Members) -> list[str]:
    unit = line.raw.get("offset_unit", "codepoint")
    if unit == "codepoint" or not line.raw.get("annotation_sets"):
        return []
    return [say("Offsets counted {unit}; they are code points now.", unit=unit)]


def _metadata(given: Members) -> dict[str, Any]:
    described = {name: given.raw[name] for name in FIELDS if given.raw.get(name)}
    for name, value in given.raw.items():
        sentence = fault(name, value) if name in LENGTHS or name == EXTRA else None
        if sentence:
            raise given.fault(name, sentence)
    return described


# Annotation sets


def _unit(line: Members) -> str:
    unit: str = line.raw.get("offset_unit", "codepoint")
    if unit not in UNITS:
        raise line.fault("offset_unit", say("One of {names} is expected.", names=", ".join(UNITS)))
    return unit


def _sets(line: Members, text: str) -> list[AnnotationSet]:
    unit = _unit(line)
    places = Places(text, unit)
    return [_set(each, places) for each in line.items("annotation_sets", SET)]


class Places:
    """Reads places in one text from offsets in one unit, and holds each quote against the text."""

    def __init__(self, text: str, unit: str) -> None:
        self.text = text
        self.unit = unit
        self.offsets = OffsetMap(text, unit)

    def fragment(self, given: Members) -> Fragment:
        """Read `{start, end, quote}`."""
        start, end, quote = given.whole("start"), given.whole("end"), given.raw.get("quote")
        if not isinstance(quote, str) or not quote:
            raise given.fault("quote", say("Offsets need their quote."), "quote_missing")
        try:
            found = Fragment(self.offsets.to_codepoint(start), self.offsets.to_codepoint(end))
        except OffsetError as error:
            raise given.fault("start", error.detail, "bad_offsets") from None
        if found.start >= found.end:
            raise given.fault("end", say("It is not behind start."), "bad_offsets")
        there = self.text[found.start : found.end]
        if there != quote:
            hint = self._hint(start, end, quote)
            raise given.fault(
                "quote",
                say(
                    "“{quote}” is not the text there, “{there}”.{hint}",
                    quote=quote,
                    there=there,
                    hint=hint,
                ),
                "quote_mismatch",
            )
        return found

    def _hint(self, start: int, end: int, quote: str) -> str:
        """Say which other unit would make the quote right: most often UTF-16."""
        for unit in UNITS:
            other = OffsetMap(self.text, unit)
            try:
                there = self.text[other.to_codepoint(start) : other.to_codepoint(end)]
            except OffsetError:
                continue
            if there == quote:
                return say(
                    " It would be if the offsets were in {unit}: say so in offset_unit.", unit=unit
                )
        return ""


def _set(given: Members, places: Places) -> AnnotationSet:
    spans, marked = _spans(given, places)
    linked = given.items("relations", RELATION)
    relations = [_relation(each) for each in linked]
    ids = {each.id for each in spans}
    for each, where in zip(relations, linked, strict=True):
        if not ids >= {each.source, each.target}:
            raise where.fault(
                "from", say("It joins a span that is not in the set."), "unknown_unit"
            )
    if len(ids | {each.id for each in relations}) < len(spans) + len(relations):
        raise given.fault("id", say("Two units of the set have the same id."), "unit_exists")
    kind = given.one_of("kind", Kind, Kind.IMPORTED)
    return AnnotationSet(
        id=given.uuid("id"),
        annotator=given.text("annotator", longest=LONGEST_NAME, needed=kind != Kind.GOLD),
        kind=kind,
        round=given.whole("round", 1, least=1),
        state=given.one_of("state", State, State.SUBMITTED),
        version=given.whole("version", 0),
        scheme_version=given.whole("scheme_version", 1, least=1),
        spans=spans,
        relations=relations,
        active_seconds=_active(given),
        reviews=_reviews([*marked, *linked, given], places),
        provenance={
            each.uuid("id"): _provenance(each.one("provenance", PROVENANCE))
            for each in (*marked, *linked)
            if each.raw.get("provenance") is not None
        },
    )


def _active(given: Members) -> int | None:
    return None if given.raw.get("active_seconds") is None else given.whole("active_seconds")


def _provenance(given: Members) -> Provenance:
    return Provenance(
        derived_from=given.uuid_or_none("derived_from"),
        set=given.uuid_or_none("set"),
        annotator=given.text("annotator", longest=LONGEST_NAME, needed=False),
        choice=given.one_of("choice", Choice),
        reason=given.text("reason", longest=200, needed=False),
        note=given.text("note", longest=LONGEST_COMMENT, needed=False),
        adjudicator=given.text("adjudicator", longest=LONGEST_NAME, needed=False),
        decided_at=given.text("decided_at", longest=35, needed=False),
    )


def _spans(given: Members, places: Places) -> tuple[list[Span], list[Members]]:
    """Read the spans of a set, and return them with those that are not plain, which may have verdicts."""
    raw, found, marked = given.raw.get("spans"), [], []
    if type(raw) is not list:
        raw = given.items("spans", SPAN)
    text = places.text if places.unit == "codepoint" else ""
    for at, each in enumerate(raw):
        span = _plain_span(each, text)
        if span is None:
            marked.append(Members(each, SPAN, given, ("spans", at)))
            span = _span(marked[-1], places)
        found.append(span)
    return found, marked


def _plain_span(given: Any, text: str) -> Span | None:
    """Read a span of one fragment in which nothing is unusual: most are, and there are many.

    For all others it is None: member by member it is found out what is wrong with them, if anything is.
    """
    if type(given) is not dict or not (given.keys() <= PLAIN or _rest_is_unset(given)):
        return None
    fragment = _plain_fragment(given.get("fragments"), text)
    uuid, label, rev = given.get("id"), given.get("label"), given.get("rev", 0)
    attributes = given.get("attributes") or {}
    stated = given.get("origin", IMPORTED)
    origin = ORIGINS.get(stated) if type(stated) is str else None
    if (
        fragment is None
        or origin is None
        or not (type(label) is str and 0 < len(label) <= LONGEST_UNIT and "\0" not in label)
        or not (type(rev) is int and 0 <= rev <= LARGEST_COUNT)
        or not (type(uuid) is str and WRITTEN_UUID.fullmatch(uuid))
        or (attributes and fault(EXTRA, attributes))
    ):
        return None
    return Span(UUID(uuid), label, (fragment,), attributes, origin, rev=rev)


def _rest_is_unset(given: dict[str, Any]) -> bool:
    return all(
        type(given[name]) is type(UNSET.get(name, ...)) and given[name] == UNSET[name]
        for name in given.keys() - PLAIN
    )


def _plain_fragment(given: Any, text: str) -> Fragment | None:
    if type(given) is not list or len(given) != 1:
        return None
    place = given[0]
    if type(place) is not dict or place.keys() != FRAGMENT:
        return None
    start, end, quote = place["start"], place["end"], place["quote"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        return None
    return Fragment(start, end) if text[start:end] == quote else None


def _span(given: Members, places: Places) -> Span:
    fragments = tuple([places.fragment(each) for each in given.items("fragments", FRAGMENT)])
    if not fragments:
        raise given.fault("fragments", say("A span needs at least one."), "bad_offsets")
    if len(fragments) > 1 and any(
        after.start < before.end for before, after in pairwise(fragments)
    ):
        raise given.fault("fragments", say("They ascend and do not overlap."), "bad_offsets")
    return Span(
        id=given.uuid("id"),
        label=given.text("label", longest=LONGEST_UNIT),
        fragments=fragments,
        attributes=given.members("attributes"),
        origin=given.one_of("origin", Origin, Origin.IMPORTED),
        derived_from=given.uuid_or_none("derived_from"),
        confidence=_confidence(given),
        flag=given.boolean("flag"),
        rev=given.whole("rev", 0),
    )


def _confidence(given: Members) -> float | None:
    value = given.number_or_none("confidence")
    if value is not None and not 0 <= value <= 1:
        raise given.fault("confidence", say("A number from 0 to 1 is expected."))
    return value


def _relation(given: Members) -> Relation:
    if given.raw.get("from") == given.raw.get("to"):
        raise given.fault("to", say("A link joins two different spans."), "not_joined")
    return Relation(
        id=given.uuid("id"),
        type=given.text("type", longest=LONGEST_UNIT),
        source=given.uuid("from"),
        target=given.uuid("to"),
        attributes=given.members("attributes"),
        rev=given.whole("rev", 0),
    )


def _reviews(owners: list[Members], places: Places) -> list[Review]:
    """Gather the reviews of a set from its units and itself, those of each unit in their order."""
    return [_review(each, places) for owner in owners for each in owner.items("reviews", REVIEW)]


def _review(given: Members, places: Places) -> Review:
    proposal = given.members("proposal") if given.raw.get("proposal") is not None else None
    if proposal and "fragments" in proposal:
        inner = given.one("proposal", frozenset(proposal))
        fragments = [places.fragment(each) for each in inner.items("fragments", FRAGMENT)]
        proposal = proposal | {
            "fragments": [
                {"start": each.start, "end": each.end, "quote": places.text[each.start : each.end]}
                for each in fragments
            ]
        }
    sentence = fault("published_at", given.raw.get("created_at"))
    if sentence:
        raise given.fault("created_at", sentence)
    verdict = given.one_of("verdict", Verdict)
    units = sum(given.raw.get(name) is not None for name in ("span", "relation"))
    if units != (verdict != Verdict.MISSING):
        raise given.fault(
            "span", say("A verdict is on one span or relation; “missing” is on none of them.")
        )
    if (proposal is None) != (verdict in {Verdict.ACCEPT, Verdict.REJECT}):
        raise given.fault(
            "proposal", say("“fix” and “missing” have a proposal, the others have none.")
        )
    return Review(
        id=given.uuid("id"),
        verdict=verdict,
        reviewer=given.text("reviewer", longest=LONGEST_NAME),
        rev=given.whole("rev"),
        created_at=given.text("created_at", longest=35),
        span=given.uuid_or_none("span"),
        relation=given.uuid_or_none("relation"),
        reason=given.text("reason", longest=200, needed=False),
        comment=given.text("comment", longest=LONGEST_COMMENT, needed=False),
        proposal=proposal,
    )
