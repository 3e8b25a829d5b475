"""Croissant: the data set described for machines (MLCommons Croissant 1.0, with its responsible-AI terms)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ..records import Terms
from . import Facts, File

FILE = "croissant.json"
MEDIA_TYPE = "application/ld+json"

PLACES = ("fragments/start", "fragments/end", "fragments/quote")
FIELDS = {
    "articles.jsonl": (
        "id",
        "title",
        "text",
        "text_sha256",
        "length",
        "language",
        "url",
        "published_at",
        "split",
    ),
    "annotations.jsonl": (
        "id",
        "article",
        "set",
        "annotator",
        "kind",
        "state",
        "label",
        *PLACES,
        "split",
    ),
    "gold.jsonl": ("id", "article", "set", "label", *PLACES, "derived_from", "split"),
    "relations.jsonl": ("id", "article", "set", "type", "from", "to", "split"),
    "sets.jsonl": ("id", "article", "annotator", "kind", "round", "state", "spans", "split"),
}
"""What is described of each table; behind a `/` stands a member of each object in a column."""
TEXTS = {"text", "fragments/quote"}
"""What is not there in a release without the texts."""
TYPES = {
    **dict.fromkeys(("length", "round", "spans", "start", "end"), "sc:Integer"),
    # As text it cannot be loaded: readers take the name for that of a date.
    "published_at": "sc:Date",
}
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def text(facts: Facts) -> str:
    """Return the description as JSON-LD."""
    tables = [each for each in facts.files if each.name in FIELDS and each.size]
    whole: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.0",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": facts.slug,
        "description": facts.description or facts.name,
        "version": facts.version,
        "citeAs": f"{facts.name}, version {facts.version} ({facts.released_on[:4]})",
        "datePublished": facts.released_on,
        "distribution": [_object(each) for each in tables],
        "recordSet": [_records(each, facts.terms) for each in tables],
        **dict(_responsible(facts)),
    }
    if facts.terms.licence_labels:
        whole["license"] = facts.terms.licence_labels
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode() + "\n"


def _object(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/jsonlines",
        "sha256": file.sha256,
    }


def _records(file: File, terms: Terms) -> dict[str, Any]:
    name = file.name.removesuffix(".jsonl")
    columns = [each for each in FIELDS[file.name] if terms.with_text or each not in TEXTS]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [_field(file.name, name, each) for each in columns],
    }


def _field(file: str, records: str, column: str) -> dict[str, Any]:
    whole, _, part = column.partition("/")
    # In JSON Lines a column, not a path: a path validates, and fails when it is loaded.
    source: dict[str, Any] = {"fileObject": {"@id": file}, "extract": {"column": whole}}
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{records}/{column}",
        "name": f"{records}/{column}",
        "dataType": TYPES.get(part or whole, "sc:Text"),
        "source": source,
    }
    if part:
        field["repeated"] = True
        source["transform"] = {"jsonPath": f"$.{part}"}
    return field


def _responsible(facts: Facts) -> Iterator[tuple[str, Any]]:
    rows = facts.counts["rows"]
    yield "rai:dataAnnotationPlatform", "Galley"
    yield (
        "rai:dataAnnotationProtocol",
        "Spans and links by the scheme in scheme.json and by guidelines.md; code points, half-open.",
    )
    yield (
        "rai:annotationsPerItem",
        f"{rows['annotations.jsonl']} spans on {rows['articles.jsonl']} articles",
    )
    yield (
        "rai:machineAnnotationTools",
        "none"
        if not facts.counts["origins"].get("suggestion")
        else (
            f"{facts.counts['origins']['suggestion']} spans began as a suggestion that a person took"
        ),
    )
