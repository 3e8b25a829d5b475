"""What the API sends, as it sends it."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

State = Literal["open", "submitted", "returned", "approved"]
Kind = Literal["own", "gold", "imported"]
Split = Literal["train", "dev", "test"]

Change = Literal["added", "changed", "removed"]
Rows = Literal["articles", "sets", "spans", "gold", "relations"]


class Fragment(TypedDict):
    """A stretch of text, `text[start:end]`, with what stands there."""

    start: int
    end: int
    quote: str


class Span(TypedDict):
    """A labelled span of one or more fragments."""

    id: str
    label: str
    fragments: list[Fragment]
    attributes: dict[str, Any]
    rev: int
    origin: str
    derived_from: str | None
    confidence: float | None
    flag: bool


Relation = TypedDict(
    "Relation",
    {
        "id": str,
        "type": str,
        "from": str,
        "to": str,
        "attributes": dict[str, Any],
        "rev": int,
    },
)
"""A typed link from one span to another of the same set."""


class Article(TypedDict):
    """An article. Its text never changes; lists leave it out."""

    id: str
    external_id: str
    title: str
    text: NotRequired[str]
    text_sha256: str
    length: int
    language: str
    publisher: str
    byline: str
    url: str
    published_at: str
    extra: dict[str, Any]
    version: int
    duplicate: NotRequired[bool]


class NewArticle(TypedDict):
    """An article to store."""

    text: str
    external_id: NotRequired[str]
    title: NotRequired[str]
    language: NotRequired[str]
    publisher: NotRequired[str]
    byline: NotRequired[str]
    url: NotRequired[str]
    published_at: NotRequired[str]
    extra: NotRequired[dict[str, Any]]


class Set(TypedDict):
    """One person's spans and relations on one article."""

    id: str
    article: str
    annotator: str
    kind: str
    round: int
    state: str
    version: int
    scheme_version: int
    offset_unit: str
    spans: list[Span]
    relations: list[Relation]


class ExportedSet(TypedDict):
    """A set in an export."""

    id: str
    annotator: str
    kind: str
    round: int
    state: str
    version: int
    scheme_version: int
    spans: list[Span]
    relations: list[Relation]
    reviews: list[dict[str, Any]]


class Line(TypedDict):
    """A line of the export: an article with its sets."""

    article: Article
    annotation_sets: list[ExportedSet]
    offset_unit: str
    text_sha256: str


class Import(TypedDict):
    """An import, or the look before it (`dry_run`), with its report."""

    id: str
    format: str
    dry_run: bool
    state: str
    created_at: str
    report: dict[str, Any]


class Release(TypedDict):
    """A numbered version of the data set, which never changes."""

    id: str
    version: str
    created_at: str
    created_by: str
    terms: dict[str, Any]
    counts: dict[str, dict[str, int]]
    changes: dict[str, dict[str, int]]
    files: list[dict[str, Any]]
    digest: str


class Diff(TypedDict):
    """What a release has added, changed and removed against another."""

    before: str
    after: str
    tables: list[dict[str, Any]]
    scheme: dict[str, Any]
    terms: list[dict[str, Any]]


class DiffRow(TypedDict):
    """A row that two releases do not have alike; `what` names the members in which a changed one differs."""

    of: str
    change: Change
    what: list[str]
    article: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
