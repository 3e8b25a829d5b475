"""What two texts have in common: the same words, in order, in bounded time."""

from __future__ import annotations

import random
from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from labels.text.diff import Diff, diff, holding

from .texts import kept_texts

pairs = st.tuples(kept_texts, kept_texts) | st.tuples(kept_texts, st.data()).map(
    lambda both: (both[0], both[0])
)
shuffled = st.lists(kept_texts, min_size=1, max_size=6).flatmap(
    lambda parts: st.tuples(st.just("\n".join(parts)), st.permutations(parts).map("\n".join))
)


def check(found: Diff) -> None:
    """Hold a diff against both of its texts."""
    for each in (*found.kept, *found.moved):
        assert each.length > 0
        there = found.new[each.new : each.new + each.length]
        assert found.old[each.old : each.end] == there
    for one, other in pairwise(found.kept):
        assert one.end <= other.old
        assert one.new + one.length <= other.new
    for each in found.moved:
        assert any(gap.old[0] <= each.old and each.end <= gap.old[1] for gap in found.gaps())


@given(pairs | shuffled)
def test_stretches_are_the_same_text_in_both_and_ascend(both: tuple[str, str]) -> None:
    check(diff(*both))


@given(pairs | shuffled)
def test_stretches_and_gaps_together_are_both_texts(both: tuple[str, str]) -> None:
    found = diff(*both)
    older = [*((each.old, each.end) for each in found.kept), *(each.old for each in found.gaps())]
    newer = [
        *((each.new, each.new + each.length) for each in found.kept),
        *(each.new for each in found.gaps()),
    ]
    for text, ranges in ((found.old, older), (found.new, newer)):
        assert "".join(text[a:b] for a, b in sorted(ranges)) == text


@given(kept_texts)
def test_a_text_is_wholly_like_itself(text: str) -> None:
    found = diff(text, text)
    assert [(each.old, each.new, each.length) for each in found.kept] == [(0, 0, len(text))]
    assert not found.moved
    assert not found.gaps()


def test_a_paragraph_that_went_elsewhere_is_found() -> None:
    one, two, three = (
        "Taxes fell in May, he said.",
        "Jobs rose by a third.",
        "Then it rained all day.",
    )
    found = diff(f"{one}\n{two}\n{three}", f"{two}\n{three}\n{one}")
    (moved,) = found.moved
    assert (moved.old, moved.new, moved.length) == (0, len(two) + len(three) + 2, len(one))


def test_a_sentence_that_stands_twice_is_no_proof() -> None:
    one, other = "It was a long day. ", "Nobody came to the door. "
    assert not diff(one + other + "Rain fell.", other + "Rain fell. " + one + one).moved


def test_words_that_match_by_chance_are_let_go() -> None:
    found = diff("Alpha bravo the charlie delta.", "Echo foxtrot the golf hotel.")
    assert [found.old[each.old : each.end] for each in found.kept] == ["."]


def test_a_word_that_grew_is_not_kept() -> None:
    found = diff("A new tax was planned.", "A new taxation was planned.")
    assert holding(found.kept, 6, 9) is None
    assert holding(found.kept, 2, 5) is not None


def test_what_two_long_texts_have_in_common_takes_no_second() -> None:
    dice = random.Random(7)  # noqa: S311 - texts, no secrets

    def written(words: list[str]) -> str:
        sentences = [" ".join(dice.choices(words, k=12)) + "." for _ in range(4000)]
        lines = [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
        return "\n".join(lines)[:300_000]

    words = ["".join(dice.choices("abcdefghij", k=dice.randrange(2, 9))) for _ in range(4000)]
    old, new = written(words), written(words)
    lines = old.split("\n")
    dice.shuffle(lines)
    shapes = {
        "rewritten": new,
        "shuffled": "\n".join(lines),
        "changed": old.replace("ab", "xy"),
        "one paragraph": new.replace("\n", " "),
        "no sentences": new.replace(".", ""),
    }
    for newer in shapes.values():
        before = process_time()
        check(diff(old, newer))
        # A fifth of it is needed on a quiet machine.
        assert process_time() - before < 2
