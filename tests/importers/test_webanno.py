"""WebAnno TSV: layers, numbers and links, escapes, and what is wrong with a file."""

from __future__ import annotations

import io

import pytest

from labels import importers
from labels.catalogue import catalogue
from labels.importers import webanno_tsv
from labels.records import AnnotationSet, Article, BadItem

HEAD = "#FORMAT=WebAnno TSV 3.3\n"
NER = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n"
POS = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n"
LINK = "#T_RL=custom.Said|label|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n"


def read(*lines: str, head: str = HEAD + NER) -> list[Article | BadItem]:
    data = (head + "\n\n" + "\n".join(lines) + "\n").encode()
    return list(webanno_tsv.read(io.BytesIO(data), "annotation/taxes.txt/ana.tsv"))


def one(*lines: str, head: str = HEAD + NER) -> Article:
    (found,) = read(*lines, head=head)
    assert isinstance(found, Article), found
    return found


def marked(found: Article) -> list[tuple[str, str]]:
    return [(span.label, found.text[span.start : span.end]) for span in only(found).spans]


def only(found: Article) -> AnnotationSet:
    (made,) = found.annotation_sets
    return made


def test_spans_over_words_on_each_other_and_within_words() -> None:
    found = one(
        "#Text=Ana Ruiz said.",
        "1-1\t0-3\tAna\t*[1]|Q1\tPER[1]|FIRST\t",
        "1-2\t4-8\tRuiz\t*[1]\tPER[1]\t",
        "1-2.1\t4-5\tR\t*\tINITIAL\t",
        "1-3\t9-13\tsaid\t_\t_\t",
        "1-4\t13-14\t.\t_\t_\t",
    )
    assert (found.text, only(found).annotator) == ("Ana Ruiz said.", "ana")
    assert marked(found) == [("PER", "Ana Ruiz"), ("FIRST", "Ana"), ("INITIAL", "R")]
    assert [dict(span.attributes) for span in only(found).spans] == [{}, {"identifier": "Q1"}, {}]


def test_a_layer_that_comes_behind_a_word_is_told() -> None:
    (bad,) = read("#Text=Ana", "1-1\t0-3\tAna\t*\tPER", POS.strip())
    assert isinstance(bad, BadItem)
    assert (bad.code, bad.detail) == ("bad_line", "Layers are named before the first word.")


def test_links_lead_from_what_they_name_to_where_they_stand() -> None:
    found = one(
        "#Text=Ana met Ben",
        "1-1\t0-3\tAna\t*\tPER\t_\t_",
        "1-2\t4-7\tmet\t_\t_\t_\t_",
        "1-3\t8-11\tBen\t*[1]|*[2]\tPER[1]|X[2]\tKNOWS|LIKES\t1-1[0_2]|1-1[0_1]",
        head=HEAD + NER + LINK,
    )
    spans = {
        span.id: f"{each} {span.label}"
        for span, (_, each) in zip(only(found).spans, marked(found), strict=True)
    }
    assert [(x.type, spans[x.source], spans[x.target]) for x in only(found).relations] == [
        ("KNOWS", "Ana PER", "Ben X"),
        ("LIKES", "Ana PER", "Ben PER"),
    ]


def test_slots_are_links_by_their_roles() -> None:
    slots = "ROLE_custom.Claim:sources_custom.ClaimSourcesLink"
    layer = (
        f"#T_SP=custom.Claim|kind|{slots}|de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n"
    )
    any_of = "#T_SP=custom.Cue|ROLE_custom.Cue:of_custom.CueOfLink|uima.tcas.Annotation\n"
    found = one(
        "#Text=Ana met Ben and Cy",
        "1-1\t0-3\tAna\t_\t_\t_\t*[5]|*[6]\tPER[5]|X[6]\t_\t_",
        "1-2\t4-7\tmet\tfact[1]|odd[2]\tby;with[1]|*[2]\t1-1[5];1-3|*[2]\t_\t_\tsaid;*\t1-1[6];1-2[2]",
        "1-3\t8-11\tBen\tfact[1]\tby;with[1]\t1-1[5];1-3\t*\tPER\t_\t_",
        "1-4\t12-15\tand\t_\t_\t_\t_\t_\t_\t_",
        "1-5\t16-18\tCy\tnone\t*\t*\t_\t_\t_\t_",
        head=HEAD + layer + NER + any_of,
    )
    assert set(marked(found)) == {
        ("fact", "met Ben"),
        ("odd", "met"),
        ("none", "Cy"),
        ("PER", "Ana"),
        ("X", "Ana"),
        ("PER", "Ben"),
        ("Cue", "met"),
    }
    spans = {
        span.id: f"{span.label} {each}"
        for span, (_, each) in zip(only(found).spans, marked(found), strict=True)
    }
    assert [(x.type, spans[x.source], spans[x.target]) for x in only(found).relations] == [
        ("by", "fact met Ben", "PER Ana"),
        ("with", "fact met Ben", "PER Ben"),
        ("said", "Cue met", "X Ana"),
        ("of", "Cue met", "odd met"),
    ]
    assert not any(span.attributes for span in only(found).spans)


def test_slots_that_lead_to_what_is_not_taken_are_counted() -> None:
    pos = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
    layer = f"#T_SP=custom.Cue|ROLE_custom.Cue:of_custom.CueOfLink|{pos}\n"
    line = "1-1\t0-3\tAna\tby;to\t1-1;1-7[0]\tPROPN"
    found = one("#Text=Ana", line, head=HEAD + layer + POS)
    assert (marked(found), only(found).relations) == ([("Cue", "Ana")], [])
    assert "Slots that lead to what is not taken are left out: 2." in found.notes


def test_escapes_lines_and_sentences() -> None:
    found = one(
        "#Text=a\\\\b",
        "#Text=c\\td",
        "1-1\t0-3\ta\\\\b\t\\_|x\\|y\tA\\->B|C\\[1\\]",
        "1-2\t4-5\tc\t_\t_",
        "1-3\t6-7\td\t_\t_",
        "",
        "#Text=e",
        "2-1\t9-10\te\t_\t_",
    )
    assert found.text == "a\\b\nc\td\n\ne"
    assert marked(found) == [("A->B", "a\\b"), ("C[1]", "a\\b")]
    assert [span.attributes for span in only(found).spans] == [
        {"identifier": "_"},
        {"identifier": "x|y"},
    ]


@pytest.mark.parametrize(("start", "notes"), [(3, 0), (2, 1)])
def test_what_offsets_count_is_found_by_the_words(start: int, notes: int) -> None:
    found = one(
        "#Text=🗳 Ruiz",
        f"1-1\t0-{start - 1}\t🗳\t_\t_",
        f"1-2\t{start}-{start + 4}\tRuiz\t*\tPER",
    )
    assert (marked(found), len(found.notes)) == ([("PER", "Ruiz")], notes)


def test_layers_of_language_are_counted_and_not_taken() -> None:
    found = one("#Text=Ruiz", "1-1\t0-4\tRuiz\tPROPN\t*\tPER", head=HEAD + POS + NER)
    assert (marked(found), list(found.notes)) == (
        [("PER", "Ruiz")],
        ["Layers that are not taken: POS."],
    )


def test_a_layer_without_columns_is_its_name() -> None:
    found = one("#Text=Ruiz", "1-1\t0-4\tRuiz\t*", head=HEAD + "#T_SP=webanno.custom.Source\n")
    assert marked(found) == [("Source", "Ruiz")]


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("1-1\t0-4\tRuiz\t_", "bad_line", "line 6"),
        ("1-1\tRuiz\t_\t_", "bad_line", "line 6"),
        ("1-1\t0-4\tRuiz\t_\tA]", "bad_line", "line 6"),
        ("1-1\t0-4\tDiaz\t_\t_", "quote_mismatch", "ana.tsv"),
        ("1-1\t9-4\tRuiz\t_\t_", "quote_mismatch", "ana.tsv"),
    ],
)
def test_a_fault_is_told_with_its_line(line: str, code: str, place: str) -> None:
    (found,) = read("#Text=Ruiz", line)
    assert isinstance(found, BadItem)
    assert found.code == code
    assert place in found.place


def test_a_link_to_what_is_not_there_is_told() -> None:
    (found,) = read("#Text=Ana", "1-1\t0-3\tAna\t*\tPER\tKNOWS\t1-7[0_0]", head=HEAD + NER + LINK)
    assert isinstance(found, BadItem)
    assert found.code == "unknown_unit"


@pytest.mark.parametrize("name", ["ana.tsv", "ana.txt", "ana"])
def test_it_is_recognised_before_tables_and_texts(name: str) -> None:
    head = (HEAD + NER).encode()
    takers = [
        key
        for key, each in catalogue(importers).items()
        if not importers.takes_folders(each.module) and each.module.recognises(head, name)
    ]
    assert takers[:1] == (["text"] if name == "ana.txt" else ["webanno_tsv"])
