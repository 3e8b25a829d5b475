"""What every measure keeps to: it explains itself, names what is undefined, and is the same every time."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from labels import agreement
from labels.agreement import results
from labels.catalogue import Entry, catalogue
from labels.records import Scale

from .corpora import article, corpus, taken

MEASURES = catalogue(agreement)
every_measure = pytest.mark.parametrize("entry", MEASURES.values(), ids=list(MEASURES))
TEXT = "word " * 60
AGREED = [
    ("CLAIM", (0, 20), {"worth": "CFS"}),
    ("CLAIM", (40, 60), {"worth": "UFS"}),
    ("CUE", (25, 30)),
]
SCALES = [Scale("CLAIM", "worth", "ordinal", ("NFS", "UFS", "CFS"))]
NAMED = {
    "span_f1_exact",
    "span_f1_overlap",
    "span_f1_token",
    "span_f1_character",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "alpha_u_2004",
    "u_alpha",
    "cu_alpha",
    "gamma",
    "relation_f1",
    "boundary_similarity",
}


def test_the_measures_of_the_api_are_there():
    assert set(MEASURES) >= NAMED


@every_measure
def test_it_explains_itself(entry: Entry):
    assert entry.title
    assert len(entry.help) > 200
    assert entry.module.MATCHING.endswith(".")
    assert entry.module.OVER in {"labels", "relations", "all", "each"}
    assert isinstance(entry.module.PAIRS_ONLY, bool)


@every_measure
def test_it_knows_no_other_measure(entry: Entry):
    tree = ast.parse(Path(entry.module.__file__ or "").read_text())
    known = {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level
    }
    assert not known & set(MEASURES)


@every_measure
def test_perfect_agreement_is_one_and_certain(entry: Entry):
    links = {name: [("BY", 0, 2), ("BY", 1, 2)] for name in ("ana", "ben")}
    made = corpus(
        *[article(TEXT, {"ana": AGREED, "ben": AGREED}, links) for _ in range(12)], scales=SCALES
    )
    found = [each for each in results(made, [entry.key]) if each.value is not None]
    assert found
    for each in found:
        assert each.value == pytest.approx(1)
        assert each.low == pytest.approx(1)
        assert each.high == pytest.approx(1)
        assert each.articles == 12
        assert each.n > 0
        assert each.coverage in (None, 1)
        assert set(each.units) == {"ana", "ben"}


@every_measure
@pytest.mark.parametrize(
    "sets",
    [
        {"ana": AGREED},
        {"ana": [], "ben": []},
        {"ana": [("CLAIM", (0, 300))], "ben": [("CLAIM", (0, 300))]},
    ],
    ids=["one person", "nothing marked", "everything the same"],
)
def test_what_is_undefined_says_why(entry: Entry, sets):
    made = corpus(sets, text=TEXT, scales=SCALES)
    for each in results(made, [entry.key]):
        assert (each.value is None) == (each.undefined is not None)
        if each.value is None:
            assert (each.low, each.high) == (None, None)
            assert (each.undefined or "").endswith(".")
        else:
            # F1 is defined when all is the same, and where chance would move units about.
            assert entry.key.startswith(("span_f1", "boundary", "alpha_u_2004", "gamma"))
            assert each.value == 1


@every_measure
def test_people_without_a_shared_article_have_no_figure(entry: Entry):
    made = corpus({"ana": AGREED}, {"ben": AGREED}, scales=SCALES)
    found = results(made, [entry.key])
    assert all(each.value is None and each.articles == 0 for each in found)
    assert all("No article" in (each.undefined or "") for each in found)


@every_measure
def test_an_empty_corpus_is_no_fault(entry: Entry):
    assert all(each.value is None for each in results(corpus(), [entry.key]))


@every_measure
def test_the_same_corpus_gives_the_same_figures(entry: Entry):
    one = [("CLAIM", (0, 20), {"worth": "CFS"}), ("CUE", (25, 30))]
    articles = [article(TEXT, {"ana": AGREED, "ben": one}), article(TEXT, {"ana": one, "ben": one})]
    first, second = (results(corpus(*articles, scales=SCALES), [entry.key]) for _ in range(2))
    assert first == second


def test_an_interval_holds_the_figure_and_narrows_with_more_articles():
    one = {"ana": AGREED, "ben": AGREED[:2]}
    two = {"ana": AGREED, "ben": AGREED}
    few = taken(corpus(*[one, two] * 4), "span_f1_exact")
    many = taken(corpus(*[one, two] * 100), "span_f1_exact")
    for each in (few, many):
        assert each.value == pytest.approx(22 / 23 * 23 / 22 * 10 / 11)
        assert each.low is not None
        assert each.high is not None
        assert each.low <= (each.value or 0) <= each.high
    assert (few.high or 0) - (few.low or 0) > 2 * ((many.high or 0) - (many.low or 0))
    assert any("Few articles (8)" in str(each) for each in few.warnings)
    assert not any("Few articles" in str(each) for each in many.warnings)


def test_one_article_is_no_sample():
    found = taken(corpus({"ana": AGREED, "ben": AGREED[:1]}), "span_f1_exact")
    assert found.value == pytest.approx(0.5)
    assert (found.low, found.high) == (None, None)


def test_each_pair_and_all_together_are_taken():
    made = corpus({"ana": AGREED, "ben": AGREED[:2], "eve": AGREED[:1]})
    groups = {each.annotators for each in results(made, ["span_f1_exact"])}
    assert groups == {("ana", "ben", "eve"), ("ana", "ben"), ("ana", "eve"), ("ben", "eve")}
    assert {each.annotators for each in results(made, ["cohen_kappa"])} == groups - {
        ("ana", "ben", "eve")
    }


def test_nested_units_count_once_by_label_and_are_said_to_be_left_out_together():
    nested = [("CLAIM", (0, 50)), ("CLAIM", (10, 20)), ("ENTITY", (12, 15))]
    flat = [("CLAIM", (0, 50)), ("ENTITY", (12, 15))]
    made = corpus({"ana": nested, "ben": flat})
    assert taken(made, "u_alpha", "CLAIM").value == pytest.approx(1)
    assert any("the outermost counts: 3." in str(each) for each in taken(made, "u_alpha").warnings)


def test_gamma_without_scipy_is_a_sentence(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "labels.agreement.gamma.find_spec", lambda name: None if name == "scipy" else found(name)
    )
    figure = taken(corpus({"ana": AGREED, "ben": AGREED}), "gamma")
    assert figure.value is None
    assert "needs SciPy" in (figure.undefined or "")


def test_gamma_states_its_settings():
    figure = taken(corpus({"ana": AGREED, "ben": AGREED[:2]}), "gamma")
    assert any("seed 1, 30 samples" in str(each) for each in figure.warnings)
    assert any("Expected disorder is known to ±" in str(each) for each in figure.warnings)


def test_gamma_of_many_people_and_spans_is_refused_in_a_sentence():
    crowded = [("CLAIM", (at, at + 40)) for at in range(0, 200, 5)]
    figure = taken(corpus({f"p{number}": crowded for number in range(6)}), "gamma")
    assert figure.value is None
    assert "take pairs" in (figure.undefined or "")


def test_gamma_says_beforehand_how_long_it_takes():
    marks = [("CLAIM", (at, at + 4)) for at in range(0, 280, 5)]
    few, many = ({f"p{number}": marks[:size] for number in range(3)} for size in (3, 50))
    pair, three, crowd = [(0, 1)], [(0, 1, 2)], [(0, 1, 2), (0, 1), (0, 2), (1, 2)]
    assert agreement.seconds(corpus(few), "gamma", pair) < 0.1
    assert agreement.seconds(corpus(few), "gamma", three) < 0.2
    assert agreement.seconds(corpus(many), "gamma", pair) < 0.1
    assert 5 < agreement.seconds(corpus(many), "gamma", three) < 30
    # No more articles are taken than ten.
    longest = agreement.seconds(corpus(*[many] * 10), "gamma", crowd)
    assert agreement.seconds(corpus(*[many] * 100), "gamma", three) < longest
    assert set(agreement.SLOW) == {
        each for each in MEASURES if hasattr(MEASURES[each].module, "seconds")
    }


def test_numpy_waits_until_a_figure_is_asked_for():
    code = "import labels.agreement, sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
