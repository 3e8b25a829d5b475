"""An export as documents of spaCy (`pip install 'galley-client[spacy]'`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from .shapes import Article, ExportedSet, Fragment, Line, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEY, ARTICLE, SET = "galley", "galley.article", "galley.set"
METADATA = (
    *("title", "external_id", "language", "publisher"),
    *("byline", "url", "published_at", "extra"),
)
LONGEST = 10**9
ANY, SIGNS = "xx", "zh"
"""Pipelines that need nothing more: words between blanks and marks, and each sign a word."""
UNSPACED = frozenset({"ja", "ko", "th", "lo", "km", "my"})
"""Languages that do not show all their words by blanks."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A span of Galley that is not one span of the document.

    `edges`: a part begins or ends inside a token, and the span is not in the document. `parts`: it has several
    fragments, which are there each for itself under the span's id.
    """

    article: str
    set: str
    span: str
    label: str
    reason: Literal["edges", "parts"]
    fragments: list[Fragment]
    """In code points of the text, with what stands there."""


class Docs:
    """The documents of an export, one for each annotation set, and one for each article that has none.

    `doc.spans[label]` holds the spans, each with its id as `id_`. `doc.user_data["galley"]` is what Galley's
    .spacy files say, as JSON: the article's details, the annotator, attributes by the span's id, and relations.
    The ids of article and set are `doc.user_data["galley.article"]` and `["galley.set"]`. `misfits` fills up
    as one goes through the documents.
    """

    def __init__(self, lines: Iterable[Line], nlp: Language | None = None) -> None:
        """Take an export, and whose tokens: those of `nlp`, no other part of which runs, or of the language.

        Raises `ModuleNotFoundError` where there is no spaCy.
        """
        try:
            import spacy  # noqa: F401, PLC0415 - whoever wants no documents needs no spaCy
        except ModuleNotFoundError:
            raise ModuleNotFoundError(
                "spaCy is not installed. Run: pip install 'galley-client[spacy]'", name="spacy"
            ) from None
        self.misfits: list[Misfit] = []
        self._lines, self._nlp = lines, nlp

    def __iter__(self) -> Iterator[Doc]:
        """Yield the documents. Raises `ValueError` if `nlp` changes a text, for then no offset would hold."""
        self.misfits.clear()
        for line in self._lines:
            for made in line["annotation_sets"]:
                yield self._doc(line["article"], made)
            if not line["annotation_sets"]:
                yield self._doc(line["article"], None)

    def _doc(self, article: Article, made: ExportedSet | None) -> Doc:
        found = _tokens(article, self._nlp)
        found.user_data |= {KEY: _told(article, made), ARTICLE: article["id"]}
        if made is not None:
            found.user_data[SET] = made["id"]
            self._mark(found, article["id"], made)
        return found

    def _mark(self, found: Doc, article: str, made: ExportedSet) -> None:
        groups: dict[str, list[Any]] = {}
        for span in made["spans"]:
            parts = _placed(found, span)
            groups.setdefault(span["label"], []).extend(parts or ())
            if parts is None or len(parts) > 1:
                reason: Literal["edges", "parts"] = "edges" if parts is None else "parts"
                about = (span["id"], span["label"], reason, span["fragments"])
                self.misfits.append(Misfit(article, made["id"], *about))
        for label, group in groups.items():
            found.spans[label] = group


def _placed(found: Doc, span: Span) -> list[Any] | None:
    """Return the parts of a span in the document; none if one of them does not begin and end with tokens."""
    label, name = span["label"], span["id"]
    parts = [
        found.char_span(part["start"], part["end"], label=label, span_id=name)
        for part in span["fragments"]
    ]
    return None if None in parts else parts


def _tokens(article: Article, nlp: Language | None) -> Doc:
    text = article["text"]
    given = nlp or _language(article["language"].partition("-")[0].lower())
    found = given.make_doc(text)
    if found.text == text:
        return found
    if nlp is not None:
        raise ValueError(f"The pipeline changes the text of article {article['id']}: take another.")
    return _language(SIGNS).make_doc(text)


@cache
def _language(code: str) -> Language:
    """Return the blank pipeline of a language, or one that stands in where spaCy needs more than is here."""
    import spacy  # noqa: PLC0415 - as above

    try:
        found = spacy.blank(code or ANY)
    except (ImportError, ValueError):
        found = spacy.blank(SIGNS if code in UNSPACED else ANY)
    found.max_length = LONGEST
    return found


def _told(article: Article, made: ExportedSet | None) -> str:
    details: dict[str, Any] = {**article}
    told: dict[str, Any] = {"article": {name: details[name] for name in METADATA}}
    if made is not None:
        links = ("type", "from", "to", "attributes")
        told["annotator"] = made["annotator"] or made["kind"]
        told["attributes"] = {x["id"]: x["attributes"] for x in made["spans"] if x["attributes"]}
        told["relations"] = [
            {name: value for name, value in x.items() if name in links} for x in made["relations"]
        ]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
