"""Words and tags: what is on another span, inside a word or across sentences is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labels.exporters import conll2002
from labels.records import Fragment, Span
from labels.vocabulary import Lost

from .articles import BY_ANA, article, number

TEXT = "Ruiz said so. Taxes fell."
CODES = {Lost.OVERLAP, Lost.EDGES, Lost.LABEL}


def tagged(*places: tuple[int, int], label: str = "X") -> tuple[list[str], list[tuple[Lost, int]]]:
    """Return the tags of the words, and what is lost of which span."""
    spans = [Span(number(at), label, (Fragment(*each),)) for at, each in enumerate(places)]
    found = article(TEXT, sets=[replace(BY_ANA, spans=spans, relations=[], reviews=[])])
    written = b"".join(conll2002.write([found])).decode()
    tags = [line.split(" ")[1] for line in written.split("\n") if line][1:]
    ids = [span.id for span in spans]
    lost = [each for each in conll2002.losses(found) if each.lost in CODES]
    return tags, [(each.lost, ids.index(each.id)) for each in lost if each.id]


@pytest.mark.parametrize(
    ("places", "tags", "lost"),
    [
        ([(0, 4), (5, 9)], "B-X B-X O O O O O", []),
        ([(0, 9)], "B-X I-X O O O O O", []),
        ([(0, 9), (5, 9)], "B-X I-X O O O O O", [(Lost.OVERLAP, 1)]),
        ([(1, 9)], "B-X I-X O O O O O", [(Lost.EDGES, 0)]),
        ([(4, 9)], "O B-X O O O O O", [(Lost.EDGES, 0)]),
        ([(4, 5)], "O O O O O O O", [(Lost.EDGES, 0)]),
        ([(10, 19)], "O O B-X I-X B-X O O", [(Lost.EDGES, 0)]),
    ],
)
def test_tags(places: list[tuple[int, int]], tags: str, lost: list[tuple[Lost, int]]):
    assert tagged(*places) == (tags.split(), lost)


def test_a_label_of_several_words_is_written_as_one():
    tags, lost = tagged((0, 4), label="a b")
    assert (tags[0], lost) == ("B-a_b", [(Lost.LABEL, 0)])
