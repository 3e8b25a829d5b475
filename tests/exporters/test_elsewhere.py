"""Exports as other people's libraries read them: JSON-LD, tables, CoNLL-U, and the documented shapes of tools."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from conllu import parse
from pyld import jsonld

from labels.exporters import conll_u, csv, csv_raw, doccano, label_studio, tsv, web_annotation

from .articles import BY_ANA, CLAIM, ODD_TEXTS, SAMPLE, SECOND, SOURCE, TEXT, article

OA, AS, RDF, DC, FOAF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/terms/",
    "http://xmlns.com/foaf/0.1/",
)
TO_OTHERS = {"@type": "@id"}
IN_ORDER = {"@type": "@id", "@container": "@list"}
CONTEXT: dict[str, Any] = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "Annotation": f"{OA}Annotation",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "Person": f"{FOAF}Person",
        "TextualBody": f"{OA}TextualBody",
        "TextQuoteSelector": f"{OA}TextQuoteSelector",
        "TextPositionSelector": f"{OA}TextPositionSelector",
        "items": {"@id": f"{AS}items", **IN_ORDER},
        "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
        **{each: f"{OA}{each}" for each in ("classifying", "linking", "tagging", "describing")},
        "creator": {"@id": f"{DC}creator", **TO_OTHERS},
        "name": f"{FOAF}name",
        "format": "http://purl.org/dc/elements/1.1/format",
        "language": "http://purl.org/dc/elements/1.1/language",
        "body": {"@id": f"{OA}hasBody", **TO_OTHERS},
        "target": {"@id": f"{OA}hasTarget", **TO_OTHERS},
        "source": {"@id": f"{OA}hasSource", **TO_OTHERS},
        "selector": {"@id": f"{OA}hasSelector", **TO_OTHERS},
        "value": f"{RDF}value",
        **{each: f"{OA}{each}" for each in ("exact", "prefix", "suffix", "start", "end")},
    }
}
"""What our pages use of the standard's context."""


def loaded(url: str, _options: object) -> dict[str, Any]:
    """Give the context, and nothing of the web."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def test_web_annotations_are_json_ld() -> None:
    data = json.loads(b"".join(web_annotation.write([article(TEXT, sets=[BY_ANA, SECOND])])))
    (page,) = jsonld.expand(data, {"documentLoader": loaded})
    (items,) = page[f"{AS}items"]
    found = items["@list"]
    # The text, two spans and a link of ana, and a span of ben; expanding drops what has no meaning.
    assert [each[f"{OA}motivatedBy"][0]["@id"].removeprefix(OA) for each in found] == [
        "describing",
        "classifying",
        "classifying",
        "linking",
        "classifying",
    ]
    text, claim, source, link, other = found
    assert text[f"{OA}hasBody"][0][f"{RDF}value"] == [{"@value": TEXT}]
    assert [
        each["@value"]
        for target in claim[f"{OA}hasTarget"]
        for selector in target[f"{OA}hasSelector"]
        for each in selector.get(f"{OA}exact", [])
    ] == ["“Taxes fell 5%,”", "“and jobs rose.”"]
    assert [each["@id"] for each in link[f"{OA}hasTarget"]] == [claim["@id"], source["@id"]]
    (given,) = other["urn:galley:attributes"]
    assert given == {"@type": "@json", "@value": dict(SECOND.spans[0].attributes)}
    assert other["urn:galley:confidence"] == [{"@value": 0.25}]
    assert other["urn:galley:flag"] == [{"@value": True}]
    digest = claim[f"{OA}hasTarget"][0][f"{OA}hasSource"][0]["urn:galley:sha256"]
    assert digest == [{"@value": article(TEXT).text_sha256}]
    # And as triples: no blank node has lost what it hangs on.
    triples = jsonld.to_rdf(data, {"documentLoader": loaded})["@default"]
    assert sum(each["predicate"]["value"] == f"{OA}hasSelector" for each in triples) == 10


@pytest.mark.parametrize(("module", "between"), [(csv, ","), (csv_raw, ","), (tsv, "\t")])
@pytest.mark.parametrize("text", [TEXT, *ODD_TEXTS])
def test_tables_are_read_by_pandas(module: Any, between: str, text: str) -> None:
    whole = CLAIM._replace(fragments=(CLAIM.fragments[0]._replace(start=0, end=len(text)),))
    made = article(
        text,
        sets=[
            replace(
                BY_ANA, spans=[whole, SOURCE] if text == TEXT else [whole], relations=[], reviews=[]
            )
        ],
    )
    data = b"".join(module.write([made]))
    # pandas would turn a lone carriage return into a line end; no text has one.
    frame = pd.read_csv(io.BytesIO(data), sep=between, keep_default_na=False, dtype={"quote": str})
    quote = frame["quote"][0]
    assert (quote.removeprefix("'") if module is csv and text[0] in "\t=" else quote) == text
    assert frame["end"][0] - frame["start"][0] == len(text)
    assert json.loads(frame["attributes"][0]) == dict(CLAIM.attributes)


@pytest.mark.parametrize("text", [TEXT, *ODD_TEXTS])
def test_conll_u_is_read_by_conllu(text: str) -> None:
    data = b"".join(conll_u.write([article(text, sets=[BY_ANA] if text == TEXT else [])]))
    sentences = parse(data.decode())
    words = [token for each in sentences for token in each]
    said = "".join(
        token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ")
        for token in words
    )
    assert said.split() == text.split()
    for each in sentences:
        assert [token["id"] for token in each] == list(range(1, len(each) + 1))
        assert "".join(token["form"] for token in each) == "".join(each.metadata["text"].split())
    if text == TEXT:
        assert [
            token["misc"]["Entity"] for token in words if "Entity" in (token["misc"] or {})
        ] == [
            "(e1[1/2]-CLAIM",
            "e1[1/2])",
            "(e2-SOURCE)",
            "(e1[2/2]-CLAIM",
            "e1[2/2])",
        ]


def test_label_studio_s_tasks_are_as_it_documents_them() -> None:
    (task,) = json.loads(b"".join(label_studio.write([SAMPLE])))
    (made,) = task["annotations"]
    regions = {each["id"]: each for each in made["result"] if each["type"] == "labels"}
    for each in regions.values():
        value = each["value"]
        assert {"from_name", "to_name", "type", "id", "value"} <= each.keys()
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        assert all(isinstance(label, str) for label in value["labels"])
    for each in made["result"]:
        if each["type"] == "relation":
            assert {each["from_id"], each["to_id"]} <= regions.keys()
            assert each["direction"] in {"left", "right", "bi"}


def test_doccano_s_lines_are_as_it_documents_them() -> None:
    (line,) = map(json.loads, b"".join(doccano.write([SAMPLE])).splitlines())
    entities = {each["id"]: each for each in line["entities"]}
    for each in entities.values():
        assert {"id", "label", "start_offset", "end_offset"} <= each.keys()
        assert 0 <= each["start_offset"] < each["end_offset"] <= len(line["text"])
    for each in line["relations"]:
        assert {each["from_id"], each["to_id"]} <= entities.keys()
        assert isinstance(each["type"], str)
