"""Each pitfall that practice knows: what is said where a figure would mislead, and is not said elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from labels.agreement._corpus import Corpus
from labels.records import Agreement, Scale

from .corpora import Mark, article, corpus, crossed, taken, values

SPANS: list[Mark] = [("CLAIM", (at, at + 15)) for at in range(0, 200, 20)]
"""Ten spans of three words, with blanks between."""
PARADOX = [[80, 7], [8, 5]]
"""Gwet's table."""


def near(value: float) -> object:
    return pytest.approx(value, abs=0.001)


def said(found: Agreement, words: str) -> bool:
    """Tell whether something with some words is said beside a figure."""
    return any(words in str(each) for each in found.warnings)


def moved(marks: Iterable[Mark], by: int) -> list[Mark]:
    return [(label, (start, end - by)) for label, (start, end) in marks]


def test_who_differs_by_ends_alone_is_sent_from_the_exact_figure_to_the_other():
    """People who agree look bad in an exact figure."""
    made = corpus({"ana": SPANS, "ben": moved(SPANS[:5], 1) + SPANS[5:]})
    found = taken(made, "span_f1_exact")
    assert (found.value, found.coverage) == (near(0.5), near(1))
    assert said(found, "50% have a partner with other ends")
    assert not said(taken(made, "span_f1_overlap"), "partner with other ends")
    assert not said(taken(corpus({"ana": SPANS, "ben": SPANS}), "span_f1_exact"), "other ends")


@pytest.mark.parametrize("measure", ["span_f1_overlap", "span_f1_exact", "krippendorff_alpha"])
def test_overlapping_units_agree_in_whatever_order_they_come(measure: str):
    """Where the order counts, people who mark the same overlapping units agree by half."""
    nested: list[Mark] = [("CLAIM", (0, 40)), ("CLAIM", (10, 20)), ("CUE", (10, 30))]
    found = taken(corpus({"ana": nested, "ben": nested[::-1]}), measure)
    assert found.value == near(1)


def test_spans_have_figures_without_any_attribute_and_attributes_say_how_many_they_speak_of():
    scales = [Scale("CLAIM", "worth", "choice")]
    mine: list[Mark] = [(*mark, {"worth": "ab"[at % 2]}) for at, mark in enumerate(SPANS)]
    made = corpus({"ana": mine, "ben": mine[:4]}, scales=scales)
    found = taken(made, "krippendorff_alpha", "CLAIM", attribute="worth")
    assert (found.value, found.coverage) == (near(1), near(8 / 14))
    assert said(found, "of all that they marked, 57% has a partner")
    assert taken(corpus({"ana": SPANS, "ben": SPANS[:4]}), "span_f1_overlap").value == near(8 / 14)
    whole = corpus({"ana": mine, "ben": mine}, scales=scales)
    whole_found = taken(whole, "krippendorff_alpha", "CLAIM", attribute="worth")
    assert not said(whole_found, "has a partner")


def test_links_say_how_many_differ_because_of_their_ends():
    links = {"ana": [("BY", 0, 1), ("BY", 2, 3)], "ben": [("BY", 0, 1)]}
    made = corpus(article("word " * 60, {"ana": SPANS[:4], "ben": SPANS[:2]}, links))
    found = taken(made, "relation_f1")
    assert (found.value, found.coverage) == (near(2 / 3), near(2 / 3))
    assert said(found, "Of the links, 67% have both ends marked by the other too")
    given = taken(made, "relation_f1_given")
    assert given.value == near(1)
    assert said(given, "67% has a partner")
    alike = corpus(article("word " * 60, dict.fromkeys(("ana", "ben"), SPANS[:4]), links))
    assert not said(taken(alike, "relation_f1"), "both ends")


def test_no_value_is_no_category_and_is_said():
    """Counted as one, it gives 0.33 where people agree."""
    made = values("a b . a", "a b a .", type_="choice")
    found = taken(made, "krippendorff_alpha", "UNIT", level="nominal")
    assert found.value == near(1)
    assert said(found, "2 of 4 matched units have this from one person alone")
    whole = values("a b a", "a b b", type_="choice")
    assert not said(taken(whole, "krippendorff_alpha", "UNIT", level="nominal"), "one person")


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [
        ("krippendorff_alpha", {"level": "nominal", "label": "UNIT"}),
        ("krippendorff_alpha", {"attribute": "label"}),
        ("cohen_kappa", {}),
        ("fleiss_kappa", {}),
        ("gwet_ac1", {}),
    ],
)
def test_where_everybody_chose_one_value_there_is_no_figure_but_a_reason(measure, wanted):
    made = values("a a a", "a a a", type_="choice")
    found = taken(made, measure, **wanted)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert (found.undefined or "").startswith("No variation:")


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [("cohen_kappa", {}), ("fleiss_kappa", {}), ("krippendorff_alpha", {"attribute": "label"})],
)
def test_the_paradox_of_kappa_is_said_with_what_explains_it(measure, wanted):
    found = taken(crossed(PARADOX, ["YES", "NO"]), measure, **wanted)
    assert (found.observed, found.prevalence) == (near(0.85), near(0.875))
    assert said(found, f"People agree on 85%, and yet the coefficient is {found.value:.2f}")
    even = taken(crossed([[45, 7], [8, 40]], ["YES", "NO"]), measure, **wanted)
    assert even.observed == near(0.85)
    assert not said(even, "and yet")


def test_a_category_that_holds_nearly_everything_is_said():
    found = taken(crossed([[95, 2], [2, 1]], ["YES", "NO"]), "cohen_kappa")
    assert said(found, "One category holds 97%")


def test_different_habits_raise_kappa_which_is_said():
    """Kappa rises with the bias of two coders, pi and alpha do not (Krippendorff 2004, p. 246)."""
    biased = crossed([[20, 30], [0, 50]], ["YES", "NO"])
    found = taken(biased, "cohen_kappa")
    pi = taken(biased, "fleiss_kappa").value
    assert found.value == near(0.4)
    assert pi == near(0.341)
    assert said(found, f"(fleiss_kappa) it is {pi:.2f}")
    assert not said(taken(crossed([[40, 10], [10, 40]], ["YES", "NO"]), "cohen_kappa"), "rates")


def test_alpha_u_says_that_it_depends_on_the_unit_of_length():
    def with_unit(size: int) -> float | None:
        mine: list[Mark] = [("CLAIM", (size, 4 * size)), ("CLAIM", (10 * size, 11 * size))]
        theirs: list[Mark] = [("CLAIM", (2 * size, 4 * size)), ("CLAIM", (10 * size, 11 * size))]
        made = corpus({"ana": mine, "ben": theirs}, text="x" * (24 * size))
        found = taken(made, "alpha_u_2004", "CLAIM")
        assert said(found, "depends on the unit of length, which is the code point")
        return found.value

    assert with_unit(1) != near(with_unit(100) or 0)


@pytest.mark.parametrize("measure", ["u_alpha", "alpha_u_2004", "span_f1_character"])
def test_a_figure_of_all_labels_names_the_label_that_it_hides(measure: str):
    quotes: list[Mark] = [("CLAIM", (at, at + 70)) for at in range(0, 300, 100)]
    cues: list[Mark] = [("CUE", (at, at + 4)) for at in range(75, 300, 100)]
    others: list[Mark] = [("CUE", (at, at + 4)) for at in (75, 85, 285)]
    made = corpus({"ana": quotes + cues, "ben": quotes + others}, text="word " * 60)
    found, cue = taken(made, measure), taken(made, measure, "CUE")
    assert (found.value or 0) - (cue.value or 0) > 0.2
    assert said(found, f"It hides CUE, of which it is {cue.value:.2f}")
    assert not said(cue, "It hides")
    alike = corpus({"ana": quotes + cues, "ben": quotes + cues})
    assert not said(taken(alike, measure), "It hides")


def test_ends_are_half_open_so_that_what_touches_does_not_overlap():
    """With closed ones a program's own example gives 0.567 for 0.586."""
    left: list[Mark] = [("CLAIM", (0, 10))]
    right: list[Mark] = [("CLAIM", (10, 20))]
    made = corpus({"ana": left, "ben": right})
    for measure in ("span_f1_overlap", "span_f1_character"):
        assert taken(made, measure).value == 0
    assert (taken(made, "u_alpha", "CLAIM").value or 0) < 0
    assert taken(made, "u_alpha", "CLAIM").n == 2 * len("word " * 60)


@pytest.mark.parametrize("measure", ["u_alpha", "alpha_u_2004"])
def test_nested_units_of_one_label_are_said_to_be_one(measure: str):
    nested: list[Mark] = [("CLAIM", (0, 50)), ("CLAIM", (10, 20)), ("CUE", (60, 70))]
    made = corpus({"ana": nested, "ben": nested, "eve": [("CLAIM", (0, 50))]})
    found = taken(made, measure, "CLAIM")
    assert said(found, "others of the same person that are taken as one with them: 2.")
    assert not said(taken(made, measure, "CUE"), "inside or across")
    # Of a pair, what the two have.
    pair = taken(made, measure, "CLAIM", annotators=("ben", "eve"))
    assert said(pair, "taken as one with them: 1.")


@pytest.mark.parametrize("measure", ["u_alpha", "cu_alpha"])
def test_of_all_labels_the_outermost_count_which_is_said(measure: str):
    nested: list[Mark] = [("CLAIM", (0, 50)), ("ENTITY", (12, 15)), ("CUE", (60, 70))]
    made = corpus({"ana": nested, "ben": nested})
    assert said(taken(made, measure), "left out, because the outermost counts: 2.")
    assert not said(taken(corpus({"ana": SPANS, "ben": SPANS}), measure), "inside or across")


def test_gamma_states_all_that_it_hangs_on():
    """Its seed, its samples, its weights, and what nothing against nothing costs."""
    made = corpus({"ana": SPANS, "ben": SPANS[:7]})
    found = taken(made, "gamma")
    assert said(found, "seed 1, 30 samples of each article, α = β = Δ∅ = 1, nothing against")
    assert said(found, "nothing 0")
    assert said(found, "programs differ in these, and in how they draw")
    assert found.value == taken(made, "gamma").value


def test_masi_says_which_reading_it_is():
    """{1, 2} and {1, 2, 3, 4} are 2/3 apart by Passonneau, 1/6 for {A} and {A, B} by another reading."""
    made = values("a+b c d", "a+b+c+d c d", type_="choices")
    assert said(taken(made, "krippendorff_alpha", "UNIT", level="masi"), "as Passonneau does")
    assert not said(taken(made, "krippendorff_alpha", "UNIT", level="jaccard"), "Passonneau")
    apart = values("a b c", "a b d", type_="choices")
    assert not said(taken(apart, "krippendorff_alpha", "UNIT", level="masi"), "Passonneau")


def test_the_marks_are_krippendorffs_and_for_alpha_alone():
    low, middle = crossed([[30, 20], [20, 30]], ["A", "B"]), crossed([[43, 7], [7, 43]], ["A", "B"])
    wanted = {"attribute": "label"}
    assert said(taken(low, "krippendorff_alpha", **wanted), "not to be relied on")
    assert said(taken(middle, "krippendorff_alpha", **wanted), "for tentative conclusions only")
    for measure in ("cohen_kappa", "fleiss_kappa", "gwet_ac1", "span_f1_overlap"):
        assert not said(taken(low, measure), "Krippendorff")


def test_few_articles_are_said_to_be_few():
    sets = {"ana": SPANS, "ben": SPANS[:8]}
    assert said(taken(_of(9, sets), "span_f1_overlap"), "Few articles (9)")
    assert not said(taken(_of(10, sets), "span_f1_overlap"), "Few articles")


def _of(number: int, sets: dict[str, list[Mark]]) -> Corpus:
    return corpus(*[sets] * number)
