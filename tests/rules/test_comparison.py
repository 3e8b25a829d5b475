"""Where sets agree and how they differ: planted cases of every kind, and what holds for any sets."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.records import AnnotationSet, Span
from labels.rules.alignment import shared
from labels.rules.comparison import Cluster, compare
from labels.rules.explanation import Telling, explain
from labels.vocabulary import Difference

from .units import TEXT, a_set, link, sets, several, span

CLAIM = "Tokyo tightened export controls on chip materials in July"
SHORT = "Tokyo tightened export controls"
REST = "on chip materials in July"
SECOND = "and talks will follow"
SOURCE = "a government source"
TITLES = {"CLAIM": "Claim", "CLAIM.form": "Form", "ATTRIBUTED_TO": "said by"}


def ana(label: str, *quotes: str, **more: str) -> Span:
    return span("Ana", label, *quotes, **more)


def ben(label: str, *quotes: str, **more: str) -> Span:
    return span("Ben", label, *quotes, **more)


def compared(one: list[Span], other: list[Span]) -> tuple[Cluster, ...]:
    return compare([a_set("Ana", *one), a_set("Ben", *other)])


def sentences(*rows: AnnotationSet) -> list[dict[Difference, str]]:
    clusters = compare(rows)
    telling = Telling(TEXT, {each.id: each.annotator for each in rows}, clusters, TITLES)
    return [explain(each, telling) for each in clusters]


PLANTED = {
    "agreement": ([ana("CLAIM", CLAIM)], [ben("CLAIM", CLAIM)], [{}]),
    "missing": (
        [ana("CLAIM", CLAIM)],
        [],
        [{Difference.MISSING: f"“{CLAIM}”: marked by Ana, not by Ben."}],
    ),
    "end": (
        [ana("CLAIM", SHORT)],
        [ben("CLAIM", f"{SHORT} on chip materials")],
        [{Difference.BOUNDARY: "Ana ends at “tightened export controls”, Ben three words later."}],
    ),
    "start": (
        [ana("CLAIM", CLAIM)],
        [ben("CLAIM", CLAIM.removeprefix("Tokyo "))],
        [{Difference.BOUNDARY: "Ana begins at “Tokyo tightened export”, Ben one word later."}],
    ),
    "characters": (
        [ana("CLAIM", f"{CLAIM}")],
        [ben("CLAIM", f"{CLAIM},”")],
        [{Difference.BOUNDARY: "Ana ends at “materials in July”, Ben 2 characters later."}],
    ),
    "label": (
        [ana("SOURCE", SOURCE)],
        [ben("CLAIM", SOURCE)],
        [{Difference.LABEL: "Ana: SOURCE; Ben: Claim."}],
    ),
    "attribute": (
        [ana("CLAIM", CLAIM, form="direct")],
        [ben("CLAIM", CLAIM, form="indirect")],
        [{Difference.ATTRIBUTE: "Form – Ana: direct; Ben: indirect."}],
    ),
    "fragment": (
        [ana("CLAIM", CLAIM, SECOND)],
        [ben("CLAIM", CLAIM)],
        [{Difference.FRAGMENT: "Ana: 2 stretches; Ben: one stretch."}],
    ),
    "split": (
        [ana("CLAIM", CLAIM)],
        [ben("CLAIM", SHORT), ben("CLAIM", REST)],
        [{Difference.SPLIT: "Ana: one span; Ben: 2 spans."}],
    ),
}


@pytest.mark.parametrize(("one", "other", "said"), PLANTED.values(), ids=PLANTED)
def test_each_kind_is_found_and_said(
    one: list[Span], other: list[Span], said: list[dict[Difference, str]]
) -> None:
    assert sentences(a_set("Ana", *one), a_set("Ben", *other)) == said


def test_a_link_that_one_has_and_the_other_has_not() -> None:
    claims, sources = (ana("CLAIM", CLAIM), ben("CLAIM", CLAIM)), (ana("SOURCE", SOURCE),)
    other = ben("SOURCE", SOURCE)
    rows = [a_set("Ana", claims[0], sources[0], link(claims[0], sources[0]))]
    rows.append(a_set("Ben", claims[1], other))
    assert sentences(*rows) == [{Difference.LINK: f"Ana: said by “{SOURCE}”; Ben: no link."}, {}]


def test_links_that_differ_in_their_attributes_alone() -> None:
    rows = []
    for owner, stance in (("Ana", "affirm"), ("Ben", "deny")):
        claim, source = span(owner, "CLAIM", CLAIM), span(owner, "SOURCE", SOURCE)
        rows.append(a_set(owner, claim, source, link(claim, source, stance=stance)))
    assert sentences(*rows) == [{Difference.LINK: "The links have different attributes."}, {}]


def test_a_link_without_direction_may_be_drawn_from_either_end() -> None:
    rows = []
    for owner in ("Ana", "Ben"):
        ends = [span(owner, "ENTITY", "Kono"), span(owner, "ENTITY", "minister")]
        one, other = ends if owner == "Ana" else ends[::-1]
        rows.append(a_set(owner, *ends, link(one, other, kind="SAME_AS")))
    assert [each.kinds for each in compare(rows, symmetric={"SAME_AS"})] == [(), ()]
    assert [each.kinds for each in compare(rows)] == [(Difference.LINK,), (Difference.LINK,)]


def test_an_attribute_that_refers_to_a_span_is_compared_by_what_it_refers_to() -> None:
    rows = []
    for owner in ("Ana", "Ben"):
        cue = span(owner, "CUE", "said")
        rows.append(a_set(owner, cue, span(owner, "CLAIM", CLAIM, cue=str(cue.id))))
    assert [each.agreed for each in compare(rows)] == [True, True]


def test_nested_claims_find_their_like() -> None:
    one = [ana("CLAIM", CLAIM), ana("CLAIM", "export controls")]
    other = [ben("CLAIM", "export controls"), ben("CLAIM", f"{CLAIM},”")]
    assert [each.kinds for each in compared(one, other)] == [(Difference.BOUNDARY,), ()]


def test_an_inner_claim_that_one_lacks_is_missing_and_no_split() -> None:
    one = [ana("CLAIM", CLAIM), ana("CLAIM", "export controls")]
    assert [each.kinds for each in compared(one, [ben("CLAIM", CLAIM)])] == [
        (),
        (Difference.MISSING,),
    ]


def test_spans_stacked_on_the_same_words_find_the_one_most_like_them() -> None:
    one = [ana("CLAIM", CLAIM, name="1", f="x", g="y"), ana("CLAIM", CLAIM, name="2", f="z")]
    other = [ben("CLAIM", CLAIM, name="1", f="z"), ben("CLAIM", CLAIM, name="2", f="x", g="y")]
    assert [each.agreed for each in compared(one, other)] == [True, True]


def test_a_name_inside_a_claim_is_no_claim_with_another_label() -> None:
    found = compared([ana("CLAIM", CLAIM)], [ben("ENTITY", "Tokyo")])
    assert [each.kinds for each in found] == [(Difference.MISSING,), (Difference.MISSING,)]


def test_one_label_goes_before_another() -> None:
    one = [ana("CLAIM", SHORT)]
    other = [ben("SOURCE", SHORT), ben("CLAIM", CLAIM)]
    found = compared(one, other)
    assert [each.labels for each in found] == [["CLAIM"], ["SOURCE"]]
    assert [each.kinds for each in found] == [(Difference.BOUNDARY,), (Difference.MISSING,)]


def test_three_people_in_one_sentence() -> None:
    rows = [
        a_set("Ana", span("Ana", "CLAIM", SHORT)),
        a_set("Ben", span("Ben", "CLAIM", SHORT)),
        a_set("Carl", span("Carl", "CLAIM", f"{SHORT} on")),
    ]
    said = "Ana and Ben end at “tightened export controls”, Carl one word later."
    assert sentences(*rows) == [{Difference.BOUNDARY: said}]


def test_nothing_is_compared_with_nothing() -> None:
    assert compare([a_set("Ana"), a_set("Ben")]) == ()


# What holds for any sets


@given(several(), st.randoms(use_true_random=False))
def test_the_order_of_sets_and_spans_does_not_matter(
    rows: list[AnnotationSet], dice: random.Random
) -> None:
    mixed = [replace(each, spans=dice.sample(each.spans, len(each.spans))) for each in rows]
    dice.shuffle(mixed)
    found, again = compare(rows), compare(mixed)
    assert [(each.versions, each.kinds) for each in found] == [
        (each.versions, each.kinds) for each in again
    ]


@given(several())
def test_every_unit_is_in_exactly_one_cluster(rows: list[AnnotationSet]) -> None:
    found = [unit for each in compare(rows) for unit in each.units]
    assert sorted(found) == sorted((row.id, each.id) for row in rows for each in row.spans)


@given(several())
def test_every_relation_stands_where_it_begins(rows: list[AnnotationSet]) -> None:
    found = [(v.set, one.relation.id) for c in compare(rows) for v in c.versions for one in v.links]
    assert sorted(found) == sorted((row.id, each.id) for row in rows for each in row.relations)


@given(several())
def test_what_is_in_one_cluster_shares_words(rows: list[AnnotationSet]) -> None:
    for cluster in compare(rows):
        spans = [each for version in cluster.versions for each in version.spans]
        if Difference.SPLIT not in cluster.kinds:
            assert all(shared(one, other) for one in spans for other in spans)
        else:
            # One of them is the whole; a piece with several fragments may be as long.
            assert any(all(shared(one, whole) for one in spans) for whole in spans)


@given(sets("ana"))
def test_a_set_agrees_with_its_copy(row: AnnotationSet) -> None:
    copy = replace(row, id=a_set("copy").id)
    stacked = len({(each.label, each.fragments) for each in row.spans}) < len(row.spans)
    found = compare([row, copy])
    assert len(found) == len(row.spans)
    if not stacked:
        assert all(each.agreed for each in found)


@given(several())
def test_every_disagreement_can_be_said(rows: list[AnnotationSet]) -> None:
    clusters = compare(rows)
    names = {each.id: each.annotator for each in rows}
    for each in clusters:
        said = explain(each, Telling(TEXT, names, clusters))
        assert list(said) == list(each.kinds)
        assert all(sentence.endswith(".") for sentence in said.values())
