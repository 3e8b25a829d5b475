"""UIMA's structures: files as INCEpTION has them, and Galley's own after others have worked on them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from cassis import Cas, TypeSystem, load_cas_from_json, load_cas_from_xmi, load_typesystem

from labels.exporters import uima_json as json_out
from labels.exporters import uima_xmi as xmi_out
from labels.importers import uima_json, uima_xmi
from labels.importers._folder import Folder
from labels.records import AnnotationSet, Article, BadItem

from ..exporters.articles import CLAIM, LINK, SAMPLE, SOURCE, TEXT

NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
DEPENDENCY = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"
NOTE = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


def layers() -> TypeSystem:
    """Return layers as INCEpTION names them."""
    found = TypeSystem()
    strings = {
        "webanno.custom.Claim": ("checkworthy",),
        "custom.Span": ("label", "identifier"),
        NER: ("value",),
        TOKEN: (),
        NOTE: ("documentTitle",),
    }
    for name, features in strings.items():
        made = found.create_type(name, "uima.tcas.Annotation")
        for each in features:
            found.create_feature(made, each, "uima.cas.String")
    for name, end, label in (
        ("custom.Relation", "custom.Span", "label"),
        (DEPENDENCY, TOKEN, "DependencyType"),
    ):
        made = found.create_type(name, "uima.tcas.Annotation")
        found.create_feature(made, label, "uima.cas.String")
        for each in ("Governor", "Dependent"):
            found.create_feature(made, each, end)
    host = found.create_type("custom.SlotLink", "uima.cas.TOP")
    found.create_feature(host, "role", "uima.cas.String")
    found.create_feature(host, "target", "custom.Span")
    claim = found.get_type("webanno.custom.Claim")
    found.create_feature(claim, "sources", "uima.cas.FSArray", elementType=host)
    return found


@pytest.fixture
def cas() -> Cas:
    """Return a text with marks of each kind."""
    system = layers()
    found = Cas(typesystem=system)
    found.sofa_string = TEXT
    claim = system.get_type("webanno.custom.Claim")(begin=3, end=19, checkworthy="high")
    ruiz = system.get_type("custom.Span")(begin=20, end=24, label="SOURCE", identifier="Q1")
    said = system.get_type("custom.Span")(begin=25, end=29, label="CUE")
    tokens = [system.get_type(TOKEN)(begin=at, end=end) for at, end in ((4, 9), (10, 14), (20, 24))]
    array = system.get_type("uima.cas.FSArray")
    claim.sources = array(elements=[system.get_type("custom.SlotLink")(role="by", target=ruiz)])
    found.add_all([claim, ruiz, said, *tokens])
    found.add_all(
        [
            system.get_type(NER)(begin=20, end=24, value="PER"),
            system.get_type(NOTE)(begin=0, end=47, documentTitle="taxes.txt"),
            system.get_type("custom.Relation")(
                begin=20, end=24, Governor=said, Dependent=ruiz, label="OF"
            ),
            system.get_type(DEPENDENCY)(
                begin=4, end=9, Governor=tokens[1], Dependent=tokens[0], DependencyType="nsubj"
            ),
        ]
    )
    return found


def more(cas: Cas) -> None:
    """Add a chain, a list of texts, a number that is that of a unit as well, and what is said of the text."""
    system = cas.typesystem
    link = system.create_type("custom.ChainLink", "uima.tcas.Annotation")
    system.create_feature(link, "next", "custom.ChainLink")
    chain = system.create_type("custom.Chain", "uima.cas.AnnotationBase")
    system.create_feature(chain, "first", "custom.ChainLink")
    system.create_feature(
        system.create_type("custom.Topic", "uima.cas.AnnotationBase"), "topic", "uima.cas.String"
    )
    claim = system.create_type("custom.Fact", "uima.tcas.Annotation")
    system.create_feature(claim, "topics", "uima.cas.StringArray")
    system.create_feature(claim, "score", "uima.cas.Integer")
    last = link(begin=25, end=29)
    first = link(begin=20, end=24, next=last)
    texts = system.get_type("uima.cas.StringArray")(elements=["tax", "the economy"])
    facts = [claim(begin=3, end=19, topics=texts, score=each) for each in range(1, 30)]
    topic = system.get_type("custom.Topic")(topic="economy")
    cas.add_all([first, last, chain(first=first), topic, *facts])


def from_json(data: str, name: str = "ana.json") -> Article | BadItem:
    (found,) = uima_json.read(io.BytesIO(data.encode()), name)
    return found


def from_xmi(*files: str) -> list[Article | BadItem]:
    named = {f"{at}/ana.xmi": each.encode() for at, each in enumerate(files)}
    return list(uima_xmi.read_folder(Folder("a.zip", [*named], lambda x: io.BytesIO(named[x]))))


def the(found: Any) -> AnnotationSet:
    assert isinstance(found, Article), found
    (made,) = found.annotation_sets
    return made


def told(made: AnnotationSet) -> tuple[set[Any], set[Any]]:
    """Return what a set says, with words for places."""
    spans = {
        (x.label, *(TEXT[y.start : y.end] for y in x.fragments), *x.attributes.items())
        for x in made.spans
    }
    words = {x.id: TEXT[x.start : x.end] for x in made.spans}
    return spans, {(x.type, words[x.source], words[x.target]) for x in made.relations}


@pytest.mark.parametrize("way", ["json", "xmi"])
def test_layers_of_inception_become_labels_attributes_and_links(cas: Cas, way: str) -> None:
    found = from_json(cas.to_json()) if way == "json" else from_xmi(cas.to_xmi())[0]
    made = the(found)
    assert isinstance(found, Article)
    assert (found.title, made.annotator) == ("taxes.txt", "ana")
    spans, links = told(made)
    assert spans == {
        ("Claim", "“Taxes fell 5%,”", ("checkworthy", "high")),
        ("SOURCE", "Ruiz", ("identifier", "Q1")),
        ("CUE", "said"),
        ("PER", "Ruiz"),
        ("Token", "Taxes"),
        ("Token", "fell"),
    }
    assert links == {
        ("OF", "said", "Ruiz"),
        ("nsubj", "fell", "Taxes"),
        ("by", "“Taxes fell 5%,”", "Ruiz"),
    }


@pytest.mark.parametrize("way", ["json", "xmi"])
def test_chains_lists_and_numbers_are_told_apart_and_what_is_of_no_place_is_counted(
    cas: Cas, way: str
) -> None:
    more(cas)
    types = cas.typesystem.to_xml()
    found = from_json(cas.to_json()) if way == "json" else typed(cas.to_xmi(), types)
    made = the(found)
    assert isinstance(found, Article)
    facts = [each for each in made.spans if each.label == "Fact"]
    assert [int(each.attributes["score"]) for each in facts] == [*range(1, 30)]
    assert all(each.attributes["topics"] == ["tax", "the economy"] for each in facts)
    words = {each.id: TEXT[each.start : each.end] for each in made.spans}
    links = [(each.type, words[each.source], words[each.target]) for each in made.relations]
    assert links.count(("next", "Ruiz", "said")) == 1
    assert len(links) == 4
    assert found.notes == ["What is said of the whole text is not taken: 1."]


def typed(xmi: str, types: str) -> Article | BadItem:
    files = {"a/ana.xmi": xmi.encode(), "a/TypeSystem.xml": types.encode()}
    (found,) = uima_xmi.read_folder(Folder("a.zip", [*files], lambda x: io.BytesIO(files[x])))
    return found


def test_without_a_type_system_a_number_stays_one(cas: Cas) -> None:
    more(cas)
    made = the(from_xmi(cas.to_xmi())[0])
    facts = [each for each in made.spans if each.label == "Fact"]
    assert not {each.source for each in made.relations} & {each.id for each in facts}
    assert [each.type for each in made.relations].count("next") == 1
    assert len({each.attributes.get("score") for each in facts}) > 25


def test_a_broken_type_system_is_told(cas: Cas) -> None:
    found = typed(cas.to_xmi(), "<typeSystemDescription>")
    assert isinstance(found, BadItem)
    assert (found.place, found.code) == ("a.zip, TypeSystem.xml", "bad_xml")


def test_a_mark_of_no_text_is_left_out_and_told(cas: Cas) -> None:
    cas.add(cas.typesystem.get_type(NER)(begin=20, end=20, value="LOC"))
    found = from_json(cas.to_json())
    assert len(the(found).spans) == 6
    assert isinstance(found, Article)
    assert "(LOC)" in found.notes[-1]


def exported(module: Any, *articles: Article) -> dict[str, str]:
    data = b"".join(module.write(articles))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each).decode() for each in archive.namelist()}


def test_the_library_reads_what_we_write_and_offsets_are_utf16_on_disk() -> None:
    files = exported(xmi_out, SAMPLE)
    system = load_typesystem(io.BytesIO(files.pop("TypeSystem.xml").encode()))
    (xmi,) = files.values()
    (json,) = exported(json_out, SAMPLE).values()
    assert 'begin="4" end="48"' in xmi
    assert '"begin": 4, "end": 48' in json
    for found in (load_cas_from_xmi(io.BytesIO(xmi.encode()), system), load_cas_from_json(json)):
        claim, source = found.select("galley.Span")
        assert [x.get_covered_text() for x in claim.fragments.elements] == [
            "“Taxes fell 5%,”",
            "“and jobs rose.”",
        ]
        assert (claim.form, source.get_covered_text()) == ("direct", "Ruiz")
        (link,) = found.select("galley.Link")
        assert (link.Governor.identifier, link.Dependent.identifier, link.stance) == (
            str(CLAIM.id),
            str(SOURCE.id),
            "affirm",
        )


def test_what_was_changed_elsewhere_comes_back_changed() -> None:
    (json,) = exported(json_out, SAMPLE).values()
    found = load_cas_from_json(json)
    claim, source = found.select("galley.Span")
    claim.label, claim.form, source.begin = "QUOTE", "indirect", 21
    found.add(found.typesystem.get_type("galley.Span")(begin=25, end=29, label="CUE"))
    changed = the(from_json(found.to_json()))
    assert changed.id == SAMPLE.annotation_sets[0].id
    assert {(x.label, x.start, x.end) for x in changed.spans} == {
        ("QUOTE", 3, 47),
        ("SOURCE", 21, 24),
        ("CUE", 25, 29),
    }
    kept = next(each for each in changed.spans if each.id == CLAIM.id)
    assert kept.attributes == {"form": "indirect", "check_worthiness": "CFS"}
    assert [each.id for each in changed.relations] == [LINK.id]
    assert [each.reviewer for each in changed.reviews] == ["rita"]


def test_attributes_of_any_name_and_kind_come_back() -> None:
    odd = {"class": "a", "two words": "b", "x_61": "c", "": None, "n": 1.5, "\x01": "\x02\uffff"}
    (made,) = SAMPLE.annotation_sets
    given = replace(made, spans=[CLAIM._replace(attributes=odd)], relations=[], reviews=[])
    one = replace(SAMPLE, annotation_sets=[given])
    files = exported(xmi_out, one)
    del files["TypeSystem.xml"]
    assert the(from_xmi(*files.values())[0]).spans[0].attributes == odd
    (json,) = exported(json_out, one).values()
    assert the(from_json(json)).spans[0].attributes == odd


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, '<!DOCTYPE x SYSTEM "a.dtd">'])
def test_declarations_are_refused(cas: Cas, declared: str) -> None:
    head, _, rest = cas.to_xmi().partition("?>")
    (found,) = from_xmi(f"{head}?>{declared}{rest}")
    assert isinstance(found, BadItem)
    assert found.code == "unsafe_xml"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"begin": 21', '"begin": 9999', "bad_offsets"),
        ('"begin": 21', '"begin": "x"', "bad_offsets"),
        ('"begin": 4,', '"begin": 1,', "bad_offsets"),  # between the halves of a pair
        ('"@Governor"', '"@Nobody"', ""),
        ('"%FEATURE_STRUCTURES"', '"x"', "invalid"),
        ('"sofaString"', '"x"', "empty_file"),
        ('"%ID"', '"%ID', "bad_json"),
    ],
)
def test_faults_are_told(cas: Cas, old: str, new: str, code: str) -> None:
    data = cas.to_json()
    assert old in data
    found = from_json(data.replace(old, new))
    assert (found.code if isinstance(found, BadItem) else "") == code


def test_two_annotators_of_one_article_come_together() -> None:
    (made,) = SAMPLE.annotation_sets
    other = replace(made, id=LINK.id, annotator="ben", reviews=[])
    one = replace(SAMPLE, annotation_sets=[made, other])
    files = exported(xmi_out, one)
    del files["TypeSystem.xml"]
    (found,) = from_xmi(*files.values())
    assert isinstance(found, Article)
    assert [each.annotator for each in found.annotation_sets] == ["ana", "ben"]
