"""CoNLL-U: texts put together of words, entities in brackets, and what is wrong with either."""

from __future__ import annotations

import io

import pytest

from labels.exporters import conll_u as exporter
from labels.importers import conll_u
from labels.records import Article, BadItem

from ..exporters.articles import BY_ANA, ODD_TEXTS, SAMPLE, SECOND, TEXT, article


def words(*rows: str, comments: str = "") -> str:
    """Return a sentence; a row is a word, or its number, word and last column."""
    lines = []
    for at, row in enumerate(rows, 1):
        found = row.split("\t") if "\t" in row else [str(at), row, "_"]
        lines.append("\t".join([*found[:2], *["_"] * 7, found[2]]))
    return comments + "\n".join(lines) + "\n\n"


def read(data: str | bytes) -> list[Article | BadItem]:
    raw = data.encode() if isinstance(data, str) else data
    return list(conll_u.read(io.BytesIO(raw), "ben.conllu"))


def one(data: str | bytes) -> Article:
    (found,) = read(data)
    assert isinstance(found, Article), found
    return found


def marked(found: Article) -> list[tuple[str, list[str]]]:
    (made,) = found.annotation_sets
    return [
        (span.label, [found.text[each.start : each.end] for each in span.fragments])
        for span in made.spans
    ]


@pytest.mark.parametrize("text", [TEXT, *ODD_TEXTS, "Ruiz.\n\n  “No.”Yes.  \n"])
def test_a_text_comes_back_as_it_was(text: str) -> None:
    found = one(b"".join(exporter.write([article(text)])))
    assert (found.text, list(found.annotation_sets)) == (text, [])


def test_sets_of_one_article_are_one_article() -> None:
    both = article(TEXT, sets=[BY_ANA, SECOND, BY_ANA])
    found = read(b"".join(exporter.write([both, SAMPLE, article("Ministers met.", last=9)])))
    first, last = found
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert [(each.annotator, each.round) for each in first.annotation_sets] == [
        ("ana", 1),
        ("ben", 1),
        ("ana", 2),
        ("ana", 3),
    ]
    assert len({each.id for each in first.annotation_sets}) == 4
    assert last.text == "Ministers met."


def test_spacing_comes_from_words_or_from_the_text_that_is_said() -> None:
    assert one(words("Ruiz", "said", "so", ".")).text == "Ruiz said so ."
    close = words("1\tRuiz\t_", "2\tsaid\tSpaceAfter=No", "3\t.\t_")
    assert one(close).text == "Ruiz said."
    found = one(words("Ruiz", "said", ".", comments="# text = Ruiz  said.\n") + close)
    assert found.text == "Ruiz  said. Ruiz said."
    assert list(found.notes) == ["Sentences that are spaced as their # text says: 1."]
    apart = one(close + words("No", comments="# newpar\n"))
    assert apart.text == "Ruiz said.\n\nNo"


def test_a_text_that_has_other_words_is_told_with_its_line() -> None:
    (found,) = read(words("Ruiz", "said", comments="# text = Diaz said\n") + words("No"))
    assert isinstance(found, BadItem)
    assert (found.code, found.place) == ("text_changed", "ben.conllu, line 4")
    assert "“Ruiz” does not stand so in # text" in found.detail


def test_words_of_several_and_words_that_are_not_there() -> None:
    found = one(
        words(
            "1-2\tdel\tSpaceAfter=No",
            "1\tde\tEntity=(e1-place",
            "2\tel\t_",
            "2.1\tgone\t_",
            "3\t.\tEntity=e1)",
        )
    )
    assert (found.text, marked(found)) == ("del.", [("place", ["del."])])


@pytest.mark.parametrize(
    ("brackets", "expected"),
    [
        (["(e1-A", "_", "e1)"], [("A", ["a b c"])]),
        (["(e1-A(e2-B)", "(e3-C", "e3)e1)"], [("A", ["a b c"]), ("B", ["a"]), ("C", ["b c"])]),
        (["(e1-A", "(e2-B", "e1)e2)"], [("A", ["a b c"]), ("B", ["b c"])]),
        (["(e1[1/2]-A)", "(e2-B)", "(e1[2/2]-A)"], [("A", ["a", "c"]), ("B", ["b"])]),
        (["(e1--1)", "_", "_"], [("entity", ["a"])]),
        (["(e1)", "_", "_"], [("entity", ["a"])]),
        (["(e1-A(e1-A)", "_", "e1)"], [("A", ["a b c"]), ("A", ["a"])]),
    ],
)
def test_brackets_nest_cross_and_have_parts(
    brackets: list[str], expected: list[tuple[str, list[str]]]
) -> None:
    rows = [
        f"{at}\t{word}\t{'_' if said == '_' else f'Entity={said}'}"
        for at, (word, said) in enumerate(zip("abc", brackets, strict=True), 1)
    ]
    assert marked(one(words(*rows, comments="# global.Entity = eid-etype-head\n"))) == expected


def test_what_has_several_mentions_is_kept_and_other_orders_are_read() -> None:
    found = one(
        words(
            "1\tRuiz\tEntity=(person-1-new)",
            "2\tsaid\t_",
            "3\the\tEntity=(person-1-giv)",
            "4\tleft\tEntity=(event-2-new)",
            comments="# global.Entity = entity-GRP-infstat\n",
        )
    )
    (made,) = found.annotation_sets
    assert made.annotator == "ben"
    assert [(each.label, dict(each.attributes)) for each in made.spans] == [
        ("person", {"entity": "1", "infstat": "new"}),
        ("person", {"entity": "1", "infstat": "giv"}),
        ("event", {"infstat": "new"}),
    ]


@pytest.mark.parametrize("said", ["(e1-A", "e1)", "(e1[2/2]-A)", ")", "((", "(e1-A)x"])
def test_brackets_that_do_not_match_are_told(said: str) -> None:
    (found,) = read(words(f"1\ta\tEntity={said}"))
    assert isinstance(found, BadItem)
    assert found.code == "bad_line"


def test_brackets_without_end_are_refused_soon() -> None:
    (found,) = read(words(f"1\ta\tEntity={'(e1-A' * 100_000}"))
    assert isinstance(found, BadItem)
    assert found.code == "bad_line"


@pytest.mark.parametrize("line", ["1\ta", "x\ta" + "\t_" * 8, "1\t" + "\t_" * 8, "1 a _ _"])
def test_a_line_that_is_no_word_is_told_with_its_number(line: str) -> None:
    (found,) = read(f"# newdoc\n{line}\n\n")
    assert isinstance(found, BadItem)
    assert (found.code, found.place) == ("bad_line", "ben.conllu, line 2")


@pytest.mark.timeout(30)
def test_many_blank_lines_are_looked_at_once() -> None:
    blank = b"\n \t\n#\n" * 10_000
    assert conll_u.recognises(blank + b"no words", "a file") is None
    assert conll_u.recognises(blank + words("Ruiz").encode(), "a file")
