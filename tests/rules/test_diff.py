"""What two releases do not have alike: whole, the same from both sides, nothing against itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.rules import diff
from labels.rules.diff import Change, Redefined, Row

ARTICLES = [f"a{number}" for number in range(6)]
LABELS = ("CLAIM", "SOURCE")


def core(row: Row) -> tuple[str, Row]:
    return row["id"], {"label": row["label"], "at": row["at"]}


@st.composite
def releases(draw: st.DrawFn) -> tuple[list[str], list[Row]]:
    """Draw the articles of a release, in the order of all of them, and its rows: some articles have none."""
    articles = [each for each in ARTICLES if draw(st.booleans())]
    units = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(LABELS), st.integers(0, 2)))
    rows = [
        {"id": f"{article}/{number}", "article": article, "label": label, "at": at}
        for article in articles
        for number, label, at in {each[0]: each for each in draw(units)}.values()
    ]
    return articles, rows


def compared(one: tuple[list[str], list[Row]], other: tuple[list[str], list[Row]]) -> list[Change]:
    order = diff.places(one[0], other[0])
    before, after = (diff.by_article(each[1], "article") for each in (one, other))
    return list(diff.changes(before, after, order, core))


def signed(changes: list[Change]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (each.key, each.article, repr(each.before), repr(each.after)) for each in changes
    )


@given(one=releases(), other=releases())
def test_from_the_other_side_it_is_the_opposite(one, other):
    there, back = compared(one, other), compared(other, one)
    turned = [Change(each.key, each.article, each.after, each.before) for each in back]
    assert signed(there) == signed(turned)
    for how, opposite in (("added", "removed"), ("changed", "changed")):
        names = Counter(name for x in there if x.how == how for name in x.names("label"))
        assert names == Counter(n for x in back if x.how == opposite for n in x.names("label"))


@given(one=releases())
def test_against_itself_there_is_nothing(one):
    assert compared(one, one) == []


@given(one=releases(), other=releases())
def test_what_differs_makes_one_of_the_other(one, other):
    """Taking away what was removed and putting in what was added gives the other's rows: none is missed."""
    left = {row["id"]: row for row in one[1]}
    for each in compared(one, other):
        if each.after is None:
            del left[each.key]
        else:
            assert (each.how == "added") == (each.key not in left)
            left[each.key] = each.after
    assert left == {row["id"]: row for row in other[1]}


@given(one=releases(), other=releases())
def test_a_changed_row_says_in_what(one, other):
    for each in compared(one, other):
        if each.before and each.after:
            differing = {name for name in each.before if each.before[name] != each.after[name]}
            assert set(each.what) == differing & {"label", "at"} != set()
        else:
            assert each.what == ()


@given(st.lists(st.sampled_from(ARTICLES), unique=True), st.data())
def test_every_article_has_a_place_and_both_lists_keep_theirs(order, drawn):
    one, other = ([x for x in order if drawn.draw(st.booleans())] for _ in range(2))
    places = diff.places(one, other)
    assert set(places) == {*one, *other}
    for each in (one, other):
        assert sorted(each, key=places.__getitem__) == each


FORM = {"name": "form", "type": "choice", "values": ["direct", "mixed"]}
CLAIM = {"name": "CLAIM", "title": "Claim", "attributes": [FORM]}
SCHEME = {"labels": [CLAIM], "relations": [{"name": "SAID_BY", "from": ["CLAIM"]}]}


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (SCHEME, []),
        (
            SCHEME | {"labels": [CLAIM | {"title": "Assertion"}]},
            [Redefined("label", "CLAIM", "changed", ("title",))],
        ),
        (
            SCHEME | {"labels": [CLAIM | {"attributes": [FORM | {"values": ["mixed", "other"]}]}]},
            [
                Redefined("value", "CLAIM.form.direct", "removed"),
                Redefined("value", "CLAIM.form.other", "added"),
            ],
        ),
        (
            SCHEME | {"relations": []},
            [Redefined("relation", "SAID_BY", "removed")],
        ),
        (
            SCHEME | {"guideline": {"CLAIM": "What could be true or false."}},
            [Redefined("guideline", "CLAIM", "added")],
        ),
    ],
)
def test_schemes_are_compared_part_by_part(after, found):
    assert diff.redefined(SCHEME, after) == found
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    back = Counter((each.kind, each.name, each.how) for each in diff.redefined(after, SCHEME))
    assert back == Counter((each.kind, each.name, opposite[each.how]) for each in found)
