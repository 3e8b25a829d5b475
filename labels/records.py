"""What formats, suggesters and measures speak: frozen records, free of screens and tables.

Offsets are Unicode code points, half-open, of the article's canonical text.

Fragments, spans and relations, of which a data set has a million, are named tuples: those are made in a quarter of
the time that a frozen dataclass takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from .vocabulary import Choice, Difference, Kind, Lost, Origin, Role, State, Verdict

Attributes = Mapping[str, Any]
NONE: Attributes = {}


class Fragment(NamedTuple):
    """One stretch of text, `text[start:end]`."""

    start: int
    end: int


class Span(NamedTuple):
    """A labelled span of ascending, non-overlapping fragments."""

    id: UUID
    label: str
    fragments: tuple[Fragment, ...]
    attributes: Attributes = NONE
    origin: Origin = Origin.HAND
    derived_from: UUID | None = None
    confidence: float | None = None
    flag: bool = False
    rev: int = 0

    @property
    def start(self) -> int:
        """First code point."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Behind the last code point."""
        return self.fragments[-1].end


class Relation(NamedTuple):
    """A typed link between two spans of one annotation set."""

    id: UUID
    type: str
    source: UUID
    target: UUID
    attributes: Attributes = NONE
    rev: int = 0

    def led(self, source: UUID, target: UUID) -> UUID:
        """Return the id that this relation has in a gold set, between two spans there."""
        return uuid5(self.id, f"{source} {target}")


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict on one unit, or on something missing (`span` and `relation` are both None)."""

    id: UUID
    verdict: Verdict
    reviewer: str
    rev: int
    created_at: str
    span: UUID | None = None
    relation: UUID | None = None
    reason: str = ""
    comment: str = ""
    proposal: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one set said of a unit when it was decided on: no span, one, or several, with their relations."""

    set: UUID
    spans: tuple[Span, ...] = ()
    links: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an adjudicator decided about one unit; `undo` takes all decisions of the act `undoes` back.

    `spans` are those of the gold set that come of it, each with the unit it is `derived_from`, which is one of the
    set `taken`; what their attributes refer to, and the `links` that come along, are as in that set.
    """

    id: UUID
    act: UUID
    choice: Choice
    about: tuple[Said, ...] = ()
    kinds: tuple[Difference, ...] = ()
    taken: UUID | None = None
    spans: tuple[Span, ...] = ()
    links: tuple[Relation, ...] = ()
    replaces: tuple[UUID, ...] = ()
    corrections: Mapping[UUID, tuple[Difference, ...]] = field(default_factory=dict)
    """In which ways gold differs from what each set said; a set that was right is not in it."""
    undoes: UUID | None = None
    reason: str = ""
    note: str = ""
    by: str = ""
    at: str = ""

    @property
    def units(self) -> frozenset[tuple[UUID, UUID]]:
        """The set and the id of each span that it was about."""
        return frozenset((each.set, span.id) for each in self.about for span in each.spans)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a unit of a gold set comes from: `derived_from` is a unit of `set`, which is `annotator`'s."""

    derived_from: UUID | None
    set: UUID | None
    annotator: str
    choice: Choice
    reason: str
    note: str
    adjudicator: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """One person's spans and relations on one article."""

    id: UUID
    annotator: str
    kind: Kind
    round: int
    state: State
    version: int
    scheme_version: int
    spans: Sequence[Span]
    relations: Sequence[Relation]
    reviews: Sequence[Review] = ()
    provenance: Mapping[UUID, Provenance] = field(default_factory=dict)
    """Of each span and relation, by its id, where the set is gold."""
    active_seconds: int | None = None
    """Time that somebody was at work on it; None where that was not measured."""
    broken: Sequence[tuple[str, str]] = ()
    """What its marks break of the rules that hold under any scheme: codes and sentences."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as formats see it. `id` is None until it is stored.

    `text` is canonical (BOM dropped, LF line ends); `length` counts code points. `published_at` is an
    ISO 8601 date or date-time as the source gave it. `notes` are the importer's finds in plain sentences.
    """

    text: str
    text_sha256: str
    original_sha256: str
    title: str = ""
    external_id: str = ""
    language: str = ""
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published_at: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    notes: Sequence[str] = ()
    annotation_sets: Sequence[AnnotationSet] = ()
    id: UUID | None = None
    version: int = 1
    supersedes: UUID | None = None
    """The article whose text this is a newer one of."""

    @property
    def length(self) -> int:
        """Code points in the text."""
        return len(self.text)

    @property
    def is_restored(self) -> bool:
        """Whether it comes with what an export wrote of it as the newer text of another."""
        return self.id is not None and (self.supersedes is not None or self.version > 1)


@dataclass(frozen=True, slots=True)
class Loss:
    """What of an article an export format cannot hold: of the article itself, of a set, or of a unit in one."""

    lost: Lost
    kind: str
    """What `id` is the id of: “article”, “set”, “span”, “relation” or “review”."""
    id: UUID | None
    article: UUID | None
    set: UUID | None = None


@dataclass(frozen=True, slots=True)
class BadItem:
    """A line or file that cannot be imported: where, a code, and a sentence."""

    place: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands to the thing they act on."""

    role: Role
    can_export: bool = False
    trial: bool = False
    """Has the qualification round before them, or behind them."""
    blind: bool = False
    """In the project, names are hidden from who settles disagreements."""
    peer_review: bool = False
    """The project lets annotators review."""
    labels: bool = False
    """Has an `annotate` assignment to the article."""
    reviews: bool = False
    """Has a `review` assignment to the article."""
    own: bool = False
    """The annotation set is theirs."""
    concealed: bool = False
    """It is theirs, and they are to look at the article again before they see it."""
    both_submitted: bool = False
    """The project is open after submitting, and both this set and their own are submitted."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a release, as the manager chose them."""

    with_text: bool = True
    """False: offsets, hashes and short quotes stand for the text, which is somebody else's."""
    pseudonyms: bool = True
    split: str = "none"
    """“article”, “time” or “none”."""
    shares: tuple[int, int, int] = (80, 10, 10)
    """Per cent of the articles for train, dev and test."""
    seed: int = 1
    licence_labels: str = ""
    """An SPDX identifier or an address."""
    licence_text: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Splits:
    """Which article is in which split, and what proves that nothing leaks."""

    of: Mapping[str, str] = field(default_factory=dict)
    """The split of each article, by the article's id; empty where there are none."""
    groups: Sequence[Sequence[str]] = ()
    """Articles that are nearly the same, by id; each group is in one split."""
    dates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The earliest and the latest day of each split."""
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """An attribute of a label whose values people can agree on; `values` in their order where they have one."""

    label: str
    attribute: str
    type: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What has to be said beside a figure: a sentence, and what is put into it by name."""

    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far some people agree, by one measure.

    `label` is a span's label or a relation's type, None for all together; `attribute` and `level` say what of
    matched units was compared, and how. `value` is None where it is `undefined`, which says why. `low` and
    `high` bound 95 % of bootstrap samples over articles. `n` counts what was compared, as the measure counts;
    `observed` is the share on which people agree, `prevalence` that of the most frequent category;
    `coverage` is the share of spans that have a partner, by overlap with the same label; of links, of those
    whose two ends have one.
    """

    measure: str
    label: str | None
    annotators: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    n: int
    undefined: str | None
    articles: int
    units: Mapping[str, int]
    attribute: str | None = None
    level: str | None = None
    observed: float | None = None
    prevalence: float | None = None
    coverage: float | None = None
    warnings: Sequence[Remark] = ()
