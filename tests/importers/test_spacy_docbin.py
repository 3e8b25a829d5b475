"""spaCy's documents: what its own library makes of ours, and files that are made to harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace

import spacy
from spacy.tokens import Doc, DocBin, Span

from labels.exporters import spacy_docbin as out
from labels.importers import spacy_docbin
from labels.records import Article, BadItem, Fragment

from ..exporters.articles import BY_ANA, CLAIM, SAMPLE, SOURCE, article, number


def read(data: bytes) -> list[Article | BadItem]:
    return list(spacy_docbin.read(io.BytesIO(data), "ana.spacy"))


def documents(*articles: Article) -> list[Doc]:
    """Return what spaCy reads of an export."""
    vocab = spacy.blank("en").vocab
    with zipfile.ZipFile(io.BytesIO(b"".join(out.write(articles)))) as archive:
        files = [DocBin().from_bytes(archive.read(each)) for each in archive.namelist()]
    return [each for file in files for each in file.get_docs(vocab)]


def test_spacy_finds_spans_and_entities() -> None:
    (found,) = documents(SAMPLE)
    assert found.text == SAMPLE.text
    assert [(x.text, x.label_, x.id_) for x in found.spans["sc"]] == [
        ("“Taxes fell 5%,”", "CLAIM", str(CLAIM.id)),
        ("“and jobs rose.”", "CLAIM", str(CLAIM.id)),
        ("Ruiz", "SOURCE", str(SOURCE.id)),
    ]
    assert {x.label_ for x in found.ents} == {"CLAIM", "SOURCE"}


def test_spans_that_lie_on_each_other_are_no_entities_and_edges_go_to_words() -> None:
    nested = SOURCE._replace(id=number(70), fragments=(Fragment(5, 8),))
    made = replace(BY_ANA, spans=[CLAIM, nested, SOURCE], relations=[])
    one = replace(SAMPLE, annotation_sets=[made])
    (found,) = documents(one)
    assert [x.text for x in found.spans["sc"]][2] == "Taxes"
    assert [x.text for x in found.ents] == ["Ruiz", "“and jobs rose.”"]
    assert [x.id for x in out.losses(one) if x.lost == "edges"] == [nested.id]


def test_languages_that_spacy_cannot_cut_have_galley_s_words() -> None:
    text = "東京で 「はい。」\n\n終わり。"
    (found,) = documents(replace(article(text), language="ja"))
    assert found.text == text
    assert len(found) > 5


def test_what_stands_beside_the_spans_of_others_is_counted() -> None:
    made = spacy.blank("en")("Ana Ruiz said no.")
    made.spans["sc"] = [Span(made, 0, 2, "SOURCE"), Span(made, 2, 3, "CUE")]
    made.ents = [Span(made, 0, 2, "PERSON"), Span(made, 2, 3, "CUE")]
    made.cats = {"economy": 1.0}
    (found,) = read(DocBin(docs=[made]).to_bytes())
    assert isinstance(found, Article)
    assert found.notes == [
        "Entities beside the spans are not taken: 1.",
        "What is said of the whole text is not taken: 1.",
    ]


def test_entities_of_others_are_taken() -> None:
    vocab = spacy.blank("en").vocab
    given = Doc(vocab, words=["Ruiz", "met", "PERSON", "🗳️", "Ana"])
    given.set_ents([Span(given, 0, 1, "PERSON"), Span(given, 3, 5, "NEW")])
    (found,) = read(DocBin(docs=[given]).to_bytes())
    assert isinstance(found, Article)
    (made,) = found.annotation_sets
    assert made.annotator == "ana"
    assert [(x.label, found.text[x.start : x.end]) for x in made.spans] == [
        ("PERSON", "Ruiz"),
        ("NEW", "🗳️ Ana"),
    ]


def test_what_grows_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(spacy_docbin, "LARGEST", 10_000)
    (found,) = read(zlib.compress(bytes(1_000_000)))
    assert isinstance(found, BadItem)
    assert found.code == "too_large"


def test_lists_that_only_claim_to_be_long_are_refused() -> None:
    for head in (b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\x91" * 100_000):
        (found,) = read(zlib.compress(head))
        assert isinstance(found, BadItem)
        assert found.code == "bad_archive"
