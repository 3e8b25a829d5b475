"""How alike texts are: equal ones wholly, others not at all, in every script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labels.text.resemblance import SHINGLE, SKETCH, resemblance, sketched


def jaccard(one: str, other: str) -> float:
    """Return the coefficient itself, over the shingles."""
    first, second = (
        {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
        for words in (one.split(), other.split())
    )
    return len(first & second) / len(first | second)


def test_the_estimate_is_near_the_coefficient() -> None:
    whole = [f"word{number}" for number in range(2000)]
    one = " ".join(whole)
    for kept in (1900, 1500, 1000, 200):
        other = " ".join([*whole[:kept], *(f"else{number}" for number in range(2000 - kept))])
        estimate = resemblance(sketched(one), sketched(other))
        assert abs(estimate - jaccard(one, other)) < 0.12


def test_words_without_blanks_between_them_are_told_apart() -> None:
    one = "日本は韓国と防衛相会談を行う方向で最終調整に入った。"
    assert resemblance(sketched(one), sketched(one + "政府関係者が明らかにした。")) > 0.5
    assert resemblance(sketched(one), sketched("まったく別の記事がここにあります。")) < 0.1


@given(st.text(max_size=300), st.text(max_size=300))
def test_it_is_symmetric_and_whole_for_equals(one: str, other: str) -> None:
    first, second = sketched(one), sketched(other)
    assert len(first) <= SKETCH
    assert list(first) == sorted(set(first))
    assert resemblance(first, second) == resemblance(second, first)
    if first:
        assert resemblance(first, sketched(f" {one}\n")) == 1
