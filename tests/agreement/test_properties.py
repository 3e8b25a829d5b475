"""What holds for any data: other programs find the same, and order, names and perfection do what they should."""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Callable, Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nltk.metrics import agreement as nltk
from nltk.metrics.distance import binary_distance, interval_distance, masi_distance
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from labels import agreement
from labels.agreement import results
from labels.agreement._alignment import Costs, Units, cheapest_of_each
from labels.catalogue import catalogue

from .corpora import Mark, Sets, corpus, taken, values, words

MEASURES = list(catalogue(agreement))
QUICK = [each for each in MEASURES if each != "gamma"]
LENGTH = 60
few = settings(max_examples=40, deadline=None)

letters = st.sampled_from("ABC")
judgements = st.integers(2, 20).flatmap(
    lambda size: st.lists(st.lists(letters, min_size=size, max_size=size), min_size=2, max_size=4)
)
marks = st.lists(
    st.builds(
        lambda label, start, size: (label, (start, min(start + size, LENGTH))),
        letters,
        st.integers(0, LENGTH - 1),
        st.integers(1, 20),
    ),
    max_size=6,
    unique=True,
)
people = st.lists(marks, min_size=2, max_size=4)
"""Spans of several people on one text, nested, crossing and repeated as chance has it."""


def joined(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(row) for row in rows]


def same(value: float | None, other: float) -> None:
    """Compare, with None for what others call NaN or cannot divide."""
    if not math.isfinite(other):
        assert value is None
    elif value is not None:
        assert value == pytest.approx(other, abs=1e-9)


@few
@given(rows=judgements)
def test_cohen_s_kappa_is_that_of_scikit_learn(rows):
    found = taken(words(*joined(rows[:2])), "cohen_kappa")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = cohen_kappa_score(rows[0], rows[1])
    if len({*rows[0], *rows[1]}) == 1:
        assert found.value is None
        assert "No variation" in (found.undefined or "")
    else:
        same(found.value, other)


@few
@given(rows=judgements)
def test_fleiss_kappa_is_that_of_statsmodels(rows):
    found = taken(words(*joined(rows)), "fleiss_kappa")
    used = {each for row in rows for each in row}
    if len(used) == 1:
        assert found.value is None
        return
    table, _names = aggregate_raters(np.array(rows).T)
    assert found.value == pytest.approx(fleiss_kappa(table), abs=1e-9)


@few
@given(rows=judgements)
@pytest.mark.parametrize("type_", ["choice", "integer", "choices"])
def test_alpha_is_that_of_nltk(type_, rows):
    numbers = {"A": "1", "B": "2", "C": "4"}
    sets = {"A": "a+b", "B": "b", "C": "a+b+c"}
    written = {"choice": dict(zip("ABC", "ABC", strict=True)), "integer": numbers, "choices": sets}
    given_ = [[written[type_][each] for each in row] for row in rows]
    readers: dict[str, tuple[str, Any, Callable[[str], Any]]] = {
        "choice": ("nominal", binary_distance, str),
        "integer": ("interval", interval_distance, int),
        "choices": ("masi", masi_distance, lambda each: frozenset(each.split("+"))),
    }
    level, distance, read = readers[type_]
    made = values(*joined(given_), type_=type_)
    found = taken(made, "krippendorff_alpha", "UNIT", level=level)
    if len({each for row in rows for each in row}) == 1:
        assert found.value is None
        return
    task = nltk.AnnotationTask(
        [
            (str(person), str(item), read(each))
            for person, row in enumerate(given_)
            for item, each in enumerate(row)
        ],
        distance=distance,
    )
    assert found.value == pytest.approx(task.alpha(), abs=1e-9)


def named(sets: Sequence[Sequence[Mark]]) -> Sets:
    return {f"p{number}": each for number, each in enumerate(sets)}


def figures(sets: Sets, measures: Sequence[str] = QUICK) -> dict[tuple[object, ...], object]:
    """Return all figures of all together, by what they are of."""
    made = corpus(sets, text="one two six " * 5)
    group = [range(len(made.annotators))]
    return {
        (each.measure, each.label, each.attribute, each.level): (
            round(each.value, 9) if each.value is not None else each.undefined
        )
        for each in results(made, measures, group)
    }


@few
@given(sets=people)
def test_no_data_give_a_crash_or_a_figure_out_of_range(sets):
    made = corpus(named(sets), text="one two six " * 5)
    for each in results(made, QUICK):
        assert (each.value is None) != (each.undefined is None)
        if each.value is not None:
            assert math.isfinite(each.value)
            assert each.value <= 1 + 1e-9
            if each.measure.startswith(("span_f1", "relation_f1", "boundary")):
                assert each.value >= 0


TIED = [[("A", (0, 1)), ("A", (0, 2))], [("B", (0, 1)), ("B", (1, 2)), ("C", (1, 2))]]
"""Two spans that the same one could be a unit with."""


@few
@given(sets=people, seed=st.integers(0, 99))
@example(sets=TIED, seed=18)
def test_order_of_people_and_of_units_does_not_matter(sets, seed):
    dice = random.Random(seed)  # noqa: S311 - a seeded order is no secret
    shuffled = [dice.sample(each, len(each)) for each in sets]
    dice.shuffle(shuffled)
    assert figures(named(sets)) == figures(named(shuffled))


@few
@given(sets=st.lists(marks, min_size=2, max_size=2))
def test_two_people_are_alike(sets):
    assert figures(named(sets)) == figures(named(sets[::-1]))


@few
@given(marks=marks, number=st.integers(2, 4))
def test_perfect_agreement_is_one_where_there_is_a_figure(marks, number):
    for key, value in figures(named([marks] * number)).items():
        assert isinstance(value, str) or value == pytest.approx(1), key
    if marks:
        first = figures(named([marks] * number), ["span_f1_exact", "span_f1_overlap"])
        assert first["span_f1_exact", None, None, None] == 1


@few
@given(sets=people)
def test_articles_are_pooled_and_not_averaged(sets):
    """An article that comes twice changes no figure of counts, and one with nothing marked no F1."""
    text = "one two six " * 5
    once = corpus(named(sets), text=text)
    twice = corpus(named(sets), named(sets), dict.fromkeys(named(sets), ()), text=text)
    measures = [each for each in MEASURES if each.startswith(("span_f1", "boundary"))]
    for one, two in zip(results(once, measures), results(twice, measures), strict=True):
        assert one.value == pytest.approx(two.value) if one.value is not None else two.value is None


@few
@given(sets=people)
def test_span_f1_is_what_a_slow_reading_finds(sets):
    found = taken(corpus(named(sets), text="one two six " * 5), "span_f1_exact")
    both = sum(2 * len({*one} & {*two}) for one, two in combinations(sets, 2))
    whole = sum(len(one) + len(two) for one, two in combinations(sets, 2))
    same(found.value, both / whole if whole else math.nan)
    found = taken(corpus(named(sets), text="one two six " * 5), "span_f1_character")
    places = [
        {(label, at) for label, (start, end) in each for at in range(start, end)} for each in sets
    ]
    both = sum(2 * len(one & two) for one, two in combinations(places, 2))
    whole = sum(len(one) + len(two) for one, two in combinations(places, 2))
    same(found.value, both / whole if whole else math.nan)


@few
@given(rows=judgements)
def test_u_alpha_is_what_a_slow_reading_finds(rows):
    """The formulas of 2016, code point by code point, with each run of one letter as a unit."""
    rows = [["." if each == "C" else each for each in row] for row in rows]
    sets = {f"p{number}": runs(row) for number, row in enumerate(rows)}
    made = corpus(sets, text="x" * len(rows[0]))
    names = [".", *made.labels]
    length = {
        (c, k): sum(
            one[at] == c and two[at] == k
            for one, two in permutations(rows, 2)
            for at in range(len(rows[0]))
        )
        / (len(rows) - 1)
        for c in names
        for k in names
    }
    squares = {
        name: sum(
            (end - start) ** 2
            for each in sets.values()
            for label, (start, end) in each
            if label == name
        )
        for name in names
    }
    squares["."] = sum(row.count(".") for row in rows)
    margin = {c: sum(length[c, k] for k in names) for c in names}
    total, scale = sum(margin.values()), sum(margin.values()) ** 2 - sum(squares.values())
    same_place = sum(length[c, c] for c in names)
    chance = sum(total * (margin[c] ** 2 - squares[c]) for c in names)
    expected = total - chance / scale if scale else 0
    found = taken(made, "u_alpha")
    if expected <= 1e-9:
        assert found.value is None
    else:
        assert found.value == pytest.approx(1 - (total - same_place) / expected, abs=1e-9)


def runs(row: Sequence[str]) -> list[Mark]:
    found: list[Mark] = []
    for at, label in enumerate(row):
        if label == ".":
            continue
        if at and row[at - 1] == label:
            found[-1] = (label, (found[-1][1][0], at + 1))
        else:
            found.append((label, (at, at + 1)))
    return found


units = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(0, 1)), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None)
@given(sides=st.lists(units, min_size=2, max_size=4))
def test_the_best_alignment_is_the_cheapest_of_all(sides):
    made = [
        Units(
            *(
                np.array(each)
                for each in zip(*[(at, at + size, kind) for at, size, kind in side], strict=True)
            )
        )
        for side in sides
    ]
    # What is found for two at once is what is found for each.
    expected = pytest.approx(slowly(made))
    assert list(cheapest_of_each([made, made], Costs())) == [expected, expected]


def prices(one: Units, two: Units) -> list[list[float]]:
    """Return what each pair of units costs, one by one; the last row and column are the empty unit."""

    def price(left: int, right: int) -> float:
        if left == len(one) or right == len(two):
            return float(left < len(one) or right < len(two))
        a, b, c, d = one.starts[left], one.stops[left], two.starts[right], two.stops[right]
        place = (abs(a - c) + abs(b - d)) / (b - a + d - c)
        return float(place**2 + (one.kinds[left] != two.kinds[right]))

    return [[price(left, right) for right in range(len(two) + 1)] for left in range(len(one) + 1)]


def slowly(people: Sequence[Units]) -> float:
    """Try every alignment: each unit of the first free person with every choice of the others."""
    number = len(people)
    pairs = number * (number - 1) / 2
    between = {
        pair: prices(people[pair[0]], people[pair[1]]) for pair in combinations(range(number), 2)
    }

    def price(choice: Sequence[int]) -> float:
        return sum(cost[choice[one]][choice[two]] for (one, two), cost in between.items()) / pairs

    def rest(free: tuple[frozenset[int], ...]) -> float:
        person = next((each for each in range(number) if free[each]), None)
        if person is None:
            return 0.0
        first = min(free[person])
        options: list[list[int]] = [[]]
        for each in range(number):
            mine = [first] if each == person else [*free[each], len(people[each])]
            options = [[*before, one] for before in options for one in mine]
        return min(
            price(choice) + rest(tuple(free[each] - {choice[each]} for each in range(number)))
            for choice in options
        )

    return rest(tuple(frozenset(range(len(each))) for each in people))
