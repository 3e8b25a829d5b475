"""Two people's spans side by side: the words around them are whole."""

from __future__ import annotations

import pytest

from labels.queries.pairing import AROUND, words_after, words_before

LONG = (
    "Ministers met in Lima on Monday to talk about taxes, jobs and the price of water in the north."
)


@pytest.mark.parametrize("at", range(0, len(LONG), 7))
def test_no_word_is_cut(at: int) -> None:
    before, after = words_before(LONG, at), words_after(LONG, at)
    assert LONG[:at].endswith(before.removeprefix("… "))
    assert LONG[at:].startswith(after.removesuffix(" …"))
    assert before.startswith("… ") == (at > AROUND)
    words = LONG.split()
    assert all(each in words for each in before.removeprefix("… ").split()[:-1])
    assert all(each in words for each in after.removesuffix(" …").split()[1:])


def test_a_script_without_blanks_has_words_around_it_too() -> None:
    assert words_before("日" * 200, 100) == "… " + "日" * AROUND
    assert words_after("日" * 200, 100) == "日" * AROUND + " …"
