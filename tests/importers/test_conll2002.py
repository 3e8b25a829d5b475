"""CoNLL: tags of every scheme become the same spans, and each bad line is told."""

from __future__ import annotations

import io

import pytest

from labels.importers import conll2002
from labels.records import Article, BadItem


def read(data: str) -> list[Article | BadItem]:
    return list(conll2002.read(io.BytesIO(data.encode()), "ana.conll"))


def marked(tags: str) -> list[tuple[str, str]]:
    """Return the spans of words a, b, c … with these tags: their label and their words."""
    data = "".join(f"{word} {tag}\n" for word, tag in zip("abcdefgh", tags.split(), strict=False))
    (found,) = read(data)
    assert isinstance(found, Article), found
    (marks,) = found.annotation_sets
    assert marks.annotator == "ana"
    return [(each.label, found.text[each.start : each.end]) for each in marks.spans]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("B-X I-X O B-Y", [("X", "a b"), ("Y", "d")]),
        ("B-X B-X I-X", [("X", "a"), ("X", "b c")]),
        ("I-X I-X B-X I-Y", [("X", "a b"), ("X", "c"), ("Y", "d")]),
        ("O I-X O I-X", [("X", "b"), ("X", "d")]),
        ("S-X B-X E-X U-Y", [("X", "a"), ("X", "b c"), ("Y", "d")]),
        ("B-A-B I-A-B", [("A-B", "a b")]),
        ("O O", []),
    ],
)
def test_tags_of_every_scheme_are_read(tags: str, spans: list[tuple[str, str]]) -> None:
    assert marked(tags) == spans


def test_a_span_ends_with_its_sentence_and_an_article_with_the_next_document() -> None:
    first, second = read("-DOCSTART- O\n\n🗳️ B-X\n\nb I-X\nc\tNN\tO\n\n-DOCSTART- O\n\nd O\n")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, second.text) == ("🗳️\nb c", "d")
    spans = first.annotation_sets[0].spans
    assert [(each.start, each.end) for each in spans] == [(0, 2), (3, 4)]


def test_every_bad_line_is_told_and_other_documents_stay() -> None:
    *bad, good = read("-DOCSTART- O\na B-X\nb\nc X-Y\n-DOCSTART- O\nd O\n")
    assert [(each.place, each.code) for each in bad if isinstance(each, BadItem)] == [
        ("ana.conll, line 3", "bad_line"),
        ("ana.conll, line 4", "bad_line"),
    ]
    assert isinstance(good, Article)


def test_a_blank_that_does_not_break_is_part_of_a_word() -> None:
    (found,) = read("1\u00a0000\tNUM\tB-X\neuros\tNOUN\tI-X\n\u3000\tX\tO\n\u3000\nfin  O \r\n")
    assert isinstance(found, Article)
    assert found.text == "1\u00a0000 euros \u3000\nfin"
    (span,) = found.annotation_sets[0].spans
    assert (span.start, span.end) == (0, 11)


def test_comments_before_a_sentence_are_left_out_and_words_with_a_hash_stay() -> None:
    data = "# sent_id = 1\n# text = # a\n#\tB-X\na\tI-X\n\n#x\n# newdoc\nb\tO\n"
    assert conll2002.recognises(data.encode(), "a.iob2")
    (found,) = read(data)
    assert isinstance(found, Article)
    assert found.text == "# a\nb"
    (bad,) = read("a B-X\n# b\n")
    assert isinstance(bad, BadItem)
    assert (bad.place, bad.code) == ("ana.conll, line 2", "bad_line")


def test_prose_is_not_taken_for_it() -> None:
    assert conll2002.recognises(b"Ruiz B-X\nsaid O\n", "a.txt")
    for prose in (b"Vitamin O\nand more O\n", b"Ruiz said so.\n", b"\xff\xfe", b""):
        assert conll2002.recognises(prose, "a.txt") is None
