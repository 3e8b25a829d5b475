"""Exports read back: through our own importers where there is one, otherwise as their users read them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from pyarrow import parquet

from labels import importers
from labels.catalogue import catalogue
from labels.exporters import webanno_tsv
from labels.importers._folder import zipped
from labels.records import AnnotationSet, Article, Fragment, Loss, Span
from labels.vocabulary import Kind, Lost, Origin, State

from .readers import claims, tei, tokens

Read = Callable[[bytes, Sequence[Article]], list[Article]]
"""Takes an export and what was exported, for formats that leave the texts to their readers."""
WHOLE = {Lost.SPAN, Lost.LABEL, Lost.OVERLAP, Lost.PARTS, Lost.EDGES}
"""What takes a span away, or moves it."""
METADATA = ("title", "external_id", "language", "publisher", "byline", "url", "published_at")


def imported(key: str) -> Read:
    """Return what reads an export with the importer of that name, which must find no fault."""

    def read(data: bytes, _found: Sequence[Article]) -> list[Article]:
        module = catalogue(importers)[key].module
        source = io.BytesIO(data)
        if importers.takes_folders(module):
            found = list(module.read_folder(zipped(source, "export")))
        else:
            found = list(module.read(source, "export"))
        assert all(isinstance(each, Article) for each in found), found
        return found

    return read


def tabled(delimiter: str, *, guarded: bool = False) -> Read:
    """Return what reads a table of spans."""

    def read(data: bytes, _found: Sequence[Article]) -> list[Article]:
        lines = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
        head = next(lines)
        rows = [
            dict(zip(head, map(_unguarded if guarded else str, row), strict=True)) for row in lines
        ]
        return [_article(list(group)) for _, group in groupby(rows, lambda row: row["article_id"])]

    return read


def grouped(data: bytes, _found: Sequence[Article]) -> list[Article]:
    """Read a Parquet file."""
    rows = [
        {name: "" if cell is None else _cell(cell) for name, cell in row.items()}
        for row in parquet.read_table(io.BytesIO(data)).to_pylist()
    ]
    return [_article(list(group)) for _, group in groupby(rows, lambda row: row["article_id"])]


def _cell(cell: object) -> str:
    return json.dumps(cell) if isinstance(cell, bool) else str(cell)


def of_spacy(data: bytes, _found: Sequence[Article]) -> list[Article]:
    """Read a zip of spaCy's files."""
    module = catalogue(importers)["spacy_docbin"].module
    folder = zipped(io.BytesIO(data), "export")
    made = [each for name in folder.names for each in module.read(folder.open(name), name)]
    assert all(isinstance(each, Article) for each in made), made
    return made


def of_uima(key: str) -> Read:
    """Return what reads a zip of one file for each set, and knows the texts that XML could not hold."""

    def read(data: bytes, found: Sequence[Article]) -> list[Article]:
        module = catalogue(importers)[key].module
        folder = zipped(io.BytesIO(data), "export")
        if importers.takes_folders(module):
            made = list(module.read_folder(folder))
        else:
            made = [each for name in folder.names for each in module.read(folder.open(name), name)]
        assert all(isinstance(each, Article) for each in made), made
        texts = {each.id: each.text_sha256 for each in found}
        together = [list(group) for _, group in groupby(made, lambda each: each.id)]
        return [
            replace(
                each[0],
                text_sha256=texts[each[0].id],
                annotation_sets=[one for part in each for one in part.annotation_sets],
            )
            for each in together
        ]

    return read


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r\n＝＋－＠" else cell


def _article(rows: list[dict[str, str]]) -> Article:
    sets = [_set(list(group)) for _, group in groupby(rows, lambda row: row["set_id"])]
    first = rows[0]
    return Article(
        text="",
        text_sha256=first["text_sha256"],
        original_sha256="",
        title=first["title"],
        external_id=first["external_id"],
        annotation_sets=sets,
        id=UUID(first["article_id"]),
    )


def _set(rows: list[dict[str, str]]) -> AnnotationSet:
    first = rows[0]
    return AnnotationSet(
        id=UUID(first["set_id"]),
        annotator=first["annotator"],
        kind=Kind(first["kind"]),
        round=int(first["round"]),
        state=State(first["state"]),
        version=int(first["version"]),
        scheme_version=int(first["scheme_version"]),
        spans=[_span(list(group)) for _, group in groupby(rows, lambda row: row["span_id"])],
        relations=[],
        active_seconds=int(first["active_seconds"]) if first["active_seconds"] else None,
    )


def _span(rows: list[dict[str, str]]) -> Span:
    first = rows[0]
    return Span(
        id=UUID(first["span_id"]),
        label=first["label"],
        fragments=tuple([Fragment(int(row["start"]), int(row["end"])) for row in rows]),
        attributes=json.loads(first["attributes"]),
        origin=Origin(first["origin"]),
        derived_from=UUID(first["derived_from"]) if first["derived_from"] else None,
        confidence=float(first["confidence"]) if first["confidence"] else None,
        flag=first["flag"] == "true",
        rev=int(first["rev"]),
    )


def webanno(data: bytes, found: Sequence[Article]) -> list[Article]:
    """Read the files of a zip; a text in which sentences stood otherwise apart is known by its article's name."""
    module = catalogue(importers)["webanno_tsv"].module
    files = zipped(io.BytesIO(data), "export")
    read = []
    for name in files.names:
        (article,) = module.read(files.open(name), name)
        assert isinstance(article, Article), article
        (was,) = [
            each for each in found if str(each.id) == name.partition("/")[0].removesuffix(".tsv")
        ]
        told = {each.lost for each in webanno_tsv.losses(was)}
        assert article.text == was.text or Lost.TEXT in told
        read.append(replace(article, text_sha256=was.text_sha256))
    return read


READERS: dict[str, Read] = {
    "attributions": claims.attributions,
    "brat": imported("brat"),
    "claim_review": lambda _data, _found: [],
    "claims": claims.averitec,
    "conll2002": tokens.conll2002,
    "conll_u": imported("conll_u"),
    "csv": tabled(",", guarded=True),
    "csv_raw": tabled(","),
    "doccano": imported("doccano"),
    "json_array": imported("json_array"),
    "jsonl": imported("jsonl"),
    "label_studio": imported("label_studio"),
    "parquet": grouped,
    "pubannotation": imported("pubannotation"),
    "spacy_docbin": of_spacy,
    "tei": tei.read,
    "tsv": tabled("\t"),
    "uima_json": of_uima("uima_json"),
    "uima_xmi": of_uima("uima_xmi"),
    "webanno_tsv": webanno,
    "web_annotation": imported("web_annotation"),
}
"""A new format has to be added here."""


class Told:
    """What articles say, as facts without ids, so that two exports can be compared; losses take facts away."""

    def __init__(self, losses: Collection[Loss], never: Collection[Lost]) -> None:
        self.lost = {(each.lost, each.id) for each in losses}
        codes = {each.lost for each in losses} | set(never)
        self.named = Lost.ANNOTATOR not in codes
        self.never = never

    def facts(self, articles: Collection[Article]) -> Counter[Any]:
        """Return the facts of articles with how often each is told."""
        return Counter(fact for article in articles for fact in self._article(article))

    def _gone(self, unit: UUID | None, *codes: Lost) -> bool:
        return any((code, unit) in self.lost for code in codes)

    def _article(self, article: Article) -> Iterator[Any]:
        if self._gone(article.id, Lost.ARTICLE):
            return
        text = article.text_sha256
        if not self._gone(article.id, Lost.METADATA) and Lost.METADATA not in self.never:
            described = {each: getattr(article, each) for each in METADATA}
            yield text, _exact({**described, "extra": article.extra})
            yield text, article.version, article.supersedes
        for made in article.annotation_sets:
            if not self._gone(made.id, Lost.SET):
                owner = (made.annotator or made.kind.value) if self.named else ""
                for fact in self._set(made):
                    yield text, owner, *fact

    def _set(self, made: AnnotationSet) -> Iterator[Any]:
        if Lost.SET not in self.never:
            yield ("set",)
        if Lost.STANDING not in self.never:
            standing = (made.kind, made.round, made.state, made.version, made.scheme_version)
            yield ("standing", *standing, made.active_seconds)
        places = {}
        for span in made.spans:
            if not self._gone(span.id, *WHOLE):
                place = (span.label, span.fragments)
                places[span.id] = place
                yield place
                yield from ((*place, *fact) for fact in self._span(span))
        for link in made.relations:
            if self._gone(link.id, Lost.RELATION, Lost.LABEL) or not {
                link.source,
                link.target,
            } <= set(places):
                continue
            ends = (link.type, places[link.source], places[link.target])
            yield ends
            if link.attributes and not self._gone(link.id, Lost.RELATION_ATTRIBUTES):
                yield *ends, _exact(link.attributes)

    def _span(self, span: Span) -> Iterator[Any]:
        if span.attributes and not self._gone(span.id, Lost.ATTRIBUTES):
            yield "attributes", _exact(span.attributes)
        if span.confidence is not None and not self._gone(span.id, Lost.CONFIDENCE):
            yield "confidence", span.confidence
        if span.flag and not self._gone(span.id, Lost.FLAG):
            yield ("flag",)
        if Lost.ORIGIN not in self.never:
            yield "origin", span.origin, span.derived_from


def _exact(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
