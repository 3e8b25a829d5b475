"""brat: every line of the format read or refused with its place, whoever annotated and wherever the files lie."""

from __future__ import annotations

import io

import pytest

from labels.importers import brat
from labels.importers._folder import Folder
from labels.records import Article, BadItem

from ..exporters.articles import TEXT

WHOLE = """T1\tCLAIM 3 19;31 47\t“Taxes fell 5%,” “and jobs rose.”
T2\tSOURCE 20 24\tRuiz
T3\tCUE 25 29\tsaid
R1\tATTRIBUTED_TO Arg1:T1 Arg2:T2
E1\tCUE:T3 Speaker:T2 Content2:T1
A1\tCheckworthy T1 high
M1\tNegation E1
N1\tReference T2 Wikidata:Q1\tAna Ruiz
*\tEquiv T2 T3
#1\tAnnotatorNotes R1\tsplit quote
"""


def read(**files: str | bytes) -> list[Article | BadItem]:
    """Read files by their names, in which `__` stands for a folder and a last `_` for the dot."""
    held = {}
    for name, content in files.items():
        path = name.replace("__", "/")
        path = ".".join(path.rsplit("_", 1))
        held[path] = content if isinstance(content, bytes) else content.encode()
    folder = Folder("a.zip", list(held), lambda name: io.BytesIO(held[name]))
    return list(brat.read_folder(folder))


def one(**files: str | bytes) -> Article:
    """Read files that are one article."""
    (found,) = read(**files)
    assert isinstance(found, Article), found
    return found


def test_every_kind_of_line_is_read() -> None:
    found = one(a_txt=TEXT, a_ann=WHOLE)
    (made,) = found.annotation_sets
    claim, source, cue = made.spans
    assert [(each.start, each.end) for each in claim.fragments] == [(3, 19), (31, 47)]
    assert (source.label, found.text[source.start : source.end]) == ("SOURCE", "Ruiz")
    assert claim.attributes == {"Checkworthy": "high"}
    assert source.attributes == {"Reference": "Wikidata:Q1", "Reference_text": "Ana Ruiz"}
    assert cue.attributes == {"Negation": True}
    links = [(each.type, each.source, each.target) for each in made.relations]
    assert links == [
        ("ATTRIBUTED_TO", claim.id, source.id),
        ("Equiv", source.id, cue.id),
        ("Speaker", cue.id, source.id),
        ("Content", cue.id, claim.id),
    ]
    assert made.relations[0].attributes == {"AnnotatorNotes": "split quote"}
    assert (made.annotator, made.kind, found.external_id) == ("brat", "imported", "a")


@pytest.mark.parametrize(
    ("files", "owners"),
    [
        (["a_ann"], ["brat"]),
        (["a_ana_ann", "a_ben_ann"], ["ana", "ben"]),
        (["marks__a_ana_ann", "marks__a_ben_ann"], ["ana", "ben"]),
        (["ana__a_ann", "ben__a_ann"], ["ana", "ben"]),
        (["marks__a_ann"], ["marks"]),
    ],
)
def test_whose_set_it_is_stands_in_the_name_or_the_folder(
    files: list[str], owners: list[str]
) -> None:
    found = one(a_txt=TEXT, **dict.fromkeys(files, "T2\tSOURCE 20 24\tRuiz\n"))
    assert [each.annotator for each in found.annotation_sets] == owners
    assert len({each.id for each in found.annotation_sets}) == len(owners)


def test_the_longest_text_s_name_counts() -> None:
    first, second = read(a_txt="One.", a_b_txt="Ruiz.", a_b_c_ann="T1\tSOURCE 0 4\tRuiz\n")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert not first.annotation_sets
    assert second.annotation_sets[0].annotator == "c"


def test_offsets_count_the_file_with_its_carriage_returns_and_mark() -> None:
    found = one(a_txt="\ufeffOne\r\nRuiz spoke.", a_ann="T1\tSOURCE 6 10\tRuiz\r\n")
    (span,) = found.annotation_sets[0].spans
    assert found.text[span.start : span.end] == "Ruiz"


def test_parts_without_a_blank_between_are_an_older_brat_s() -> None:
    (span,) = (
        one(a_txt="Ruiz, she said", a_ann="T1\tCUE 0 4;6 9\tRuizshe\n").annotation_sets[0].spans
    )
    assert len(span.fragments) == 2


def test_a_text_without_marks_is_an_article_alone() -> None:
    assert one(a_txt="Ruiz.", a_ann="").annotation_sets == []
    assert len(one(a_txt="Ruiz.", a_ana_ann="").annotation_sets) == 1


def test_ids_are_the_same_each_time_and_differ_by_text() -> None:
    first, again = one(a_txt=TEXT, a_ann=WHOLE), one(b_txt=TEXT, b_ann=WHOLE)
    other = one(a_txt=TEXT + ".", a_ann=WHOLE)
    assert first.annotation_sets == again.annotation_sets
    assert first.annotation_sets[0].id != other.annotation_sets[0].id


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("T1\tSOURCE 20 24\tDiaz", "quote_mismatch"),
        ("T1\tSOURCE 20 99\tRuiz", "bad_offsets"),
        ("T1\tSOURCE x y\tRuiz", "bad_offsets"),
        ("T1\tSOURCE 3 9;5 12\t“Taxes axes fe", "bad_offsets"),
        ("N1", "bad_line"),
        ("#1", "bad_line"),
        ("T1 SOURCE 20 24 Ruiz", "bad_line"),
        ("R1\tKNOWS Arg1:T1", "bad_line"),
        ("R1\tKNOWS Arg1:T1 Arg2:T2", "unknown_unit"),
        ("A1\tNegation T9", "unknown_unit"),
        ("A1\tNegation:T5", "unknown_unit"),
        ("#1\tAnnotatorNotes T9\thello", "unknown_unit"),
        ("X1\tWhat", "bad_line"),
        ("T1\t 20 24\tRuiz", "bad_label"),
    ],
)
def test_a_fault_is_told_with_its_line(line: str, code: str) -> None:
    (found,) = read(a_txt=TEXT, a_ann=f"T5\tSOURCE 20 24\tRuiz\n{line}\n")
    assert isinstance(found, BadItem), found
    assert (found.code, found.place) == (code, "a.zip, a.ann, line 2")


def test_marks_without_a_text_are_told() -> None:
    bad, good = read(a_txt="Ruiz.", b_ann="")
    assert isinstance(bad, BadItem)
    assert (bad.code, bad.place, isinstance(good, Article)) == ("no_text", "a.zip, b.ann", True)


def test_a_link_to_itself_is_left_out_and_said() -> None:
    line = "T2\tSOURCE 20 24\tRuiz\nR1\tKNOWS Arg1:T2 Arg2:T2\n"
    found = one(a_txt=TEXT, a_ann=line)
    assert not found.annotation_sets[0].relations
    assert "left out" in found.notes[0]


def test_a_relation_may_end_with_a_tab() -> None:
    lines = "T1\tSOURCE 20 24\tRuiz\nT2\tCUE 25 29\tsaid\nR1\tBY Arg1:T2 Arg2:T1\t\n"
    (link,) = one(a_txt=TEXT, a_ann=lines).annotation_sets[0].relations
    assert link.type == "BY"


def test_events_of_one_trigger_are_one_span_and_it_is_said() -> None:
    lines = "T1\tCUE 25 29\tsaid\nE1\tCUE:T1\nE2\tCUE:T1\nA1\tNegation E1\n"
    found = one(a_txt=TEXT, a_ann=lines)
    assert len(found.annotation_sets[0].spans) == 1
    assert found.notes == ["“E2” has the trigger of another event: both are one span, “T1”."]
