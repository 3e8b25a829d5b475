"""Worked examples of the literature, each to three places after the point."""

from __future__ import annotations

import pytest

from .corpora import article, corpus, crossed, taken, values

FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff 2004, p. 230."""
PARADOX = [[80, 7], [8, 5]]


def near(value: float) -> object:
    return pytest.approx(value, abs=0.0005)


def test_alpha_of_two_people_nominal():
    """Krippendorff 2011, example B."""
    made = values("a a b b d c c c e d d a", "b a b b b c c c e d d d", type_="choice")
    assert taken(made, "krippendorff_alpha", "UNIT").value == near(0.692)


@pytest.mark.parametrize(
    ("type_", "level", "value"),
    [
        ("choice", "nominal", 0.743),
        ("ordinal", "ordinal", 0.815),
        ("integer", "ordinal", 0.815),
        ("integer", "interval", 0.849),
        ("integer", "ratio", 0.797),
    ],
)
def test_alpha_of_four_people_with_missing_values(type_: str, level: str, value: float):
    """Krippendorff 2004, p. 230, and 2011, example C."""
    made = values(*FOUR, type_=type_, order="12345")
    assert taken(made, "krippendorff_alpha", "UNIT", level=level).value == near(value)


def test_pi_and_kappa():
    """Artstein and Poesio 2008, p. 558."""
    made = crossed([[20, 10], [20, 50]], ["STAT", "IREQ"])
    assert taken(made, "cohen_kappa").observed == near(0.7)
    assert taken(made, "fleiss_kappa").value == near(0.341)
    assert taken(made, "cohen_kappa").value == near(0.348)
    assert taken(made, "krippendorff_alpha", attribute="label").value == near(0.344)


def test_kappa_with_three_categories():
    """Cohen 1960, p. 45."""
    made = crossed([[88, 14, 18], [10, 40, 10], [2, 6, 12]], ["A", "B", "C"])
    found = taken(made, "cohen_kappa")
    assert (found.value, found.observed, found.n) == (near(0.492), near(0.7), 200)


def test_the_paradox_of_kappa():
    """Gwet's table: the same people agree well or badly, by what is taken for chance."""
    made = crossed(PARADOX, ["YES", "NO"])
    kappa = taken(made, "cohen_kappa")
    assert (kappa.value, kappa.observed) == (near(0.3144), near(0.85))
    assert taken(made, "fleiss_kappa").value == near(0.3143)
    assert taken(made, "gwet_ac1").value == near(0.808)
    assert taken(made, "krippendorff_alpha", attribute="label").value == near(0.3177)
    assert any("85%" in str(each) for each in kappa.warnings)


def test_alpha_u_of_2004():
    """Krippendorff 2004, p. 254: a continuum of 300 that begins at 150."""
    made = corpus(
        {
            "one": [("C", (75, 145)), ("C", (220, 250)), ("K", (30, 90)), ("K", (150, 200))],
            "two": [
                ("C", (70, 150)),
                ("C", (205, 225)),
                ("C", (250, 270)),
                ("K", (30, 90)),
                ("K", (150, 200)),
            ],
        },
        text="x" * 300,
    )
    assert taken(made, "alpha_u_2004", "C").value == near(0.7286)
    assert taken(made, "alpha_u_2004", "K").value == near(1)
    assert taken(made, "alpha_u_2004").value == near(0.8587)


def test_span_f1():
    made = corpus(
        {
            "one": [("CLAIM", (0, 20)), ("CLAIM", (30, 50)), ("SOURCE", (60, 70))],
            "two": [
                ("CLAIM", (0, 20)),
                ("CLAIM", (32, 50)),
                ("CLAIM", (60, 70)),
                ("ENTITY", (80, 85)),
            ],
        }
    )
    assert taken(made, "span_f1_exact").value == near(2 / 7)
    assert taken(made, "span_f1_overlap").value == near(4 / 7)
    assert taken(made, "span_f1_character").value == near(0.7379)
    # Words of four letters and a blank: 4, 4 and 2 against 4, 4, 2 and 1.
    assert taken(made, "span_f1_token").value == near(16 / 21)


def test_the_distances_of_sets():
    """Passonneau's MASI and Jaccard's distance of a subset: 2/3 and 1/2."""
    made = values("1+2 3", "1+2+3+4 3", type_="choices")
    masi = taken(made, "krippendorff_alpha", "UNIT", level="masi")
    # Do = 2/3 twice of four values; De = 2 (2/3 + 2 + 2 (1 - 1/4 * 2/3)) of twelve pairs.
    assert masi.value == near(1 - (2 * 2 / 3 / 4) / (2 * (2 / 3 + 2 + 2 * (1 - 1 / 6)) / 12))
    jaccard = taken(made, "krippendorff_alpha", "UNIT", level="jaccard")
    assert jaccard.value == near(1 - (2 / 2 / 4) / (2 * (1 / 2 + 2 + 2 * 3 / 4) / 12))


def test_boundary_similarity():
    """A boundary a word off costs half, one that the other lacks or that is of another kind costs in full."""
    one = corpus({"one": [("A", (0, 8))], "two": [("A", (0, 5))]}, text="aa bb cc dd")
    assert taken(one, "boundary_similarity").value == near(1 - 0.5 / 2)
    other = corpus({"one": [("A", (0, 11))], "two": [("A", (0, 5))]}, text="aa bb cc dd")
    assert taken(other, "boundary_similarity").value == near(1 - 2 / 3)
    swapped = corpus({"one": [("A", (0, 5))], "two": [("B", (0, 5))]}, text="aa bb cc dd")
    assert taken(swapped, "boundary_similarity").value == near(0)
    assert taken(swapped, "boundary_similarity").n == 2


def test_a_unit_that_one_of_three_marked_lowers_agreement():
    agreed = {name: [("CLAIM", (0, 20)), ("CLAIM", (60, 79))] for name in ("a", "b", "c")}
    more = {**agreed, "c": [*agreed["c"], ("CLAIM", (120, 139))]}
    for measure in (
        "span_f1_exact",
        "span_f1_overlap",
        "span_f1_token",
        "span_f1_character",
        "fleiss_kappa",
        "gwet_ac1",
        "alpha_u_2004",
        "u_alpha",
        "u_alpha_value",
        "boundary_similarity",
        "gamma",
    ):
        before, after = (taken(corpus(sets), measure, "CLAIM") for sets in (agreed, more))
        assert before.value == pytest.approx(1), measure
        assert after.value is not None, measure
        assert 0 < after.value < 1, measure


def test_relations():
    sets = {
        "one": [("C", (0, 20)), ("S", (25, 30)), ("S", (60, 70))],
        "two": [("C", (0, 18)), ("S", (25, 30))],
    }
    links = {"one": [("BY", 0, 1), ("BY", 0, 2)], "two": [("BY", 0, 1)]}
    made = corpus(article("word " * 60, sets, links))
    assert taken(made, "relation_f1").value == near(2 / 3)
    assert taken(made, "relation_f1_given").value == near(1)
    assert taken(made, "relation_f1_exact").value == near(0)
    turned = {**links, "two": [("BY", 1, 0)]}
    one_way = corpus(article("word " * 60, sets, turned))
    assert taken(one_way, "relation_f1", "BY").value == near(0)
    both_ways = corpus(article("word " * 60, sets, turned), symmetric=["BY"])
    assert taken(both_ways, "relation_f1", "BY").value == near(2 / 3)
