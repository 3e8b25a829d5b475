"""The unitizing alphas of 2016 against examples worked by hand, and against a slow reading of the formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.agreement._corpus import Corpus

from . import slow
from .corpora import article, corpus, taken

few = settings(max_examples=60, deadline=None)
LENGTH = 24

by_hand = {
    "ana": [("X", 0, 4), ("Y", 6, 8)],
    "ben": [("X", 1, 4), ("X", 6, 8)],
}
"""Ten code points. Lengths: XX 6, X0 and 0X 1, XY and YX 2, 00 8; together 20. Margins: X 9, Y 2, gap 9.
Q: X 16 + 9 + 4 = 29, Y 4, gaps 4 + 5 = 9. The denominator of chance is 400 - 42 = 358."""
WORKED = {
    # What differs is 20 less 14; what is expected to, 20 less 20 (81-29 + 4-4 + 81-9) / 358.
    ("u_alpha", None): Fraction(211, 390),
    # What differs is 9 less 8; what is expected to, 20 times 9 times 11 / 358.
    ("u_alpha_binary", None): Fraction(811, 990),
    # Expected XX is 1040, X0 1620 and XY 360 over 358; observed X is 9, of which 6 with X.
    ("u_alpha_value", "X"): Fraction(146, 297),
    # Observed Y is 2, of which none with Y; expected YY is nothing.
    ("u_alpha_value", "Y"): Fraction(0),
    # Where both marked: XX 6, XY and YX 2; Q: X 9 + 9 + 4, Y 4. Expected to differ: 10 less 10 (64-22) / (100-26).
    ("cu_alpha", None): Fraction(3, 40),
}


def made(texts: Sequence[slow.Text]) -> Corpus:
    return corpus(
        *[
            article(
                "x" * length,
                {
                    name: [(label, (start, end)) for label, start, end in units]
                    for name, units in people.items()
                },
            )
            for length, people in texts
        ]
    )


@pytest.mark.parametrize(("measure", "label"), list(WORKED))
def test_it_is_what_is_worked_by_hand(measure: str, label: str | None) -> None:
    found = taken(made([(10, by_hand)]), measure, label)
    assert found.value == pytest.approx(float(WORKED[measure, label]), abs=1e-12)


def test_the_slow_reading_is_what_is_worked_by_hand() -> None:
    assert expected([(10, by_hand)], ["X", "Y"]) == WORKED


def expected(
    texts: Sequence[slow.Text], names: Sequence[str]
) -> dict[tuple[str, str | None], Fraction | None]:
    counts = slow.counted(texts, names)
    return {
        ("u_alpha", None): slow.u_alpha(counts),
        ("u_alpha_binary", None): slow.u_alpha_binary(slow.counted(texts, names, any_label=True)),
        ("cu_alpha", None): slow.u_alpha(slow.met(texts, names)),
    } | {("u_alpha_value", each): slow.u_alpha_value(counts, each) for each in names}


@pytest.mark.parametrize(
    ("people", "measure", "label", "reason"),
    [
        ({"ana": [("X", 0, 10)], "ben": [("X", 0, 10)]}, "u_alpha_value", "X", "whole text"),
        ({"ana": [("X", 0, 5)], "ben": [("X", 0, 5)]}, "cu_alpha", None, "one and the same label"),
        ({"ana": [("X", 0, 5)], "ben": [("X", 5, 9)]}, "cu_alpha", None, "where another did"),
        (
            {"ana": [], "ben": [], "eve": [("X", 0, 1)], "max": [("Y", 0, 1)]},
            "cu_alpha",
            None,
            "Too little was marked",
        ),
    ],
)
def test_why_there_is_no_value_is_true(
    people: Mapping[str, Sequence[slow.Unit]], measure: str, label: str | None, reason: str
) -> None:
    found = taken(made([(10, people)]), measure, label)
    assert found.value is None
    assert reason in (found.undefined or "")


steps = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 6), st.sampled_from("XYZ")), max_size=6
)
"""Units as gap, length and label: touching ones are two."""
people = st.dictionaries(st.sampled_from(["ana", "ben", "eve", "max"]), steps, max_size=4)


def laid(given_: Sequence[tuple[int, int, str]]) -> list[slow.Unit]:
    units, at = [], 0
    for gap, size, label in given_:
        start, at = at + gap, at + gap + size
        if at <= LENGTH:
            units.append((label, start, at))
    return units


def laid_out(texts: Sequence[Mapping[str, Sequence[tuple[int, int, str]]]]) -> list[slow.Text]:
    return [(LENGTH, {name: laid(each) for name, each in sides.items()}) for sides in texts]


@few
@given(texts=st.lists(people, min_size=1, max_size=3).map(laid_out))
def test_all_of_the_family_are_what_a_slow_reading_finds(texts: list[slow.Text]) -> None:
    """Several articles, of which not everybody labelled each."""
    of = made(texts)
    for (measure, label), value in expected(texts, of.labels).items():
        found = taken(of, measure, label)
        if value is None:
            assert found.value is None, (measure, label)
            assert found.undefined
        else:
            assert found.value == pytest.approx(float(value), abs=1e-9), (measure, label)


@few
@given(texts=st.lists(people, min_size=1, max_size=2).map(laid_out))
def test_what_labels_are_called_does_not_matter(texts: list[slow.Text]) -> None:
    other = dict(zip("XYZ", "QPR", strict=True))
    renamed = [
        (
            length,
            {
                name: [(other[label], start, end) for label, start, end in units]
                for name, units in sides.items()
            },
        )
        for length, sides in texts
    ]
    one, two = made(texts), made(renamed)
    for measure in ("u_alpha", "u_alpha_binary", "cu_alpha"):
        before, after = taken(one, measure).value, taken(two, measure).value
        assert after == (None if before is None else pytest.approx(before, abs=1e-9))
    for label in one.labels:
        before = taken(one, "u_alpha_value", label).value
        after = taken(two, "u_alpha_value", other[label]).value
        assert after == (None if before is None else pytest.approx(before, abs=1e-9))
