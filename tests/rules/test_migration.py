"""What a migration makes of units and the scheme: a rename and its reverse are nothing, a merge loses nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels import errors
from labels.rules import carrying
from labels.rules import migration as rules
from labels.rules import scheme as schemes
from labels.rules.migration import Migration, read, reverse
from labels.rules.redefinition import redefined, title_of

from ..factories import SCHEME

LABELS = [each["name"] for each in SCHEME["labels"]]
RELATIONS = [each["name"] for each in SCHEME["relations"]]
NEW = st.from_regex(r"[A-Z][A-Z_]{3,8}NEW", fullmatch=True)


def owner(kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in SCHEME[kind] if each["name"] == name)
    return found


@st.composite
def renames(draw: st.DrawFn) -> Migration:
    """Draw the renaming of anything that the default scheme has."""
    kind = draw(st.sampled_from(["label", "relation"]))
    name = draw(st.sampled_from(LABELS if kind == "label" else RELATIONS))
    raw: dict[str, Any] = {"kind": "rename", kind: name, "to": draw(NEW)}
    attributes = owner(f"{kind}s", name).get("attributes", [])
    if attributes and draw(st.booleans()):
        attribute = draw(st.sampled_from(attributes))
        raw["attribute"] = attribute["name"]
        if attribute.get("values") and draw(st.booleans()):
            raw["value"] = draw(st.sampled_from(attribute["values"]))
    if draw(st.booleans()):
        raw["title"] = draw(st.sampled_from(["", "Something", raw["to"]]))
    return read(raw)


def values(label: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw attributes that a label may have."""

    def of(attribute: dict[str, Any]) -> st.SearchStrategy[Any]:
        if attribute["type"] == "choices":
            return st.lists(st.sampled_from(attribute["values"]), min_size=1, unique=True)
        if attribute.get("values"):
            return st.sampled_from(attribute["values"])
        return st.just(True) if attribute["type"] == "boolean" else st.just("words")

    attributes = owner("labels", label).get("attributes", [])
    return st.fixed_dictionaries({}, optional={each["name"]: of(each) for each in attributes})


SPANS = st.sampled_from(LABELS).flatmap(lambda name: st.tuples(st.just(name), values(name)))


@given(renames(), st.lists(SPANS, max_size=8))
def test_a_rename_and_its_reverse_leave_everything_as_it_was(
    made: Migration, spans: list[tuple[str, dict[str, Any]]]
) -> None:
    after = redefined(SCHEME, made)
    back = reverse(made, title_of(SCHEME, made))
    assert after != SCHEME
    assert redefined(after, back) == SCHEME
    for each in spans:
        assert back.span(*made.span(*each)) == each
        label, attributes = made.span(*each)
        assert carrying.fits(schemes.parse(after), [(label, attributes)], [])


@given(renames())
def test_a_definition_is_not_changed_in_place(made: Migration) -> None:
    before = copy.deepcopy(SCHEME)
    redefined(SCHEME, made)
    assert before == SCHEME


@given(st.lists(SPANS, max_size=12), st.sampled_from(["CUE", "SOURCE", "ENTITY"]))
def test_a_merge_loses_no_span_and_no_value(
    spans: list[tuple[str, dict[str, Any]]], gone: str
) -> None:
    made = read({"kind": "merge", "labels": [gone], "to": "CLAIM"})
    after = schemes.parse(redefined(SCHEME, made))
    merged = [made.span(*each) for each in spans]
    assert [attributes for _label, attributes in merged] == [each for _label, each in spans]
    assert gone not in after.labels
    assert carrying.fits(after, merged, [])
    back = reverse(made)
    returned = [back.span(*now, was) for now, (was, _attributes) in zip(merged, spans, strict=True)]
    assert returned == spans


def test_a_merge_joins_the_labels_wherever_they_are_named() -> None:
    made = redefined(SCHEME, read({"kind": "merge", "labels": ["SOURCE"], "to": "ENTITY"}))
    ends = {each["name"]: (each["from"], each["to"]) for each in made["relations"]}
    assert ends["ATTRIBUTED_TO"] == (["CLAIM"], ["ENTITY"])
    assert ends["COREF"] == (["ENTITY"], ["ENTITY"])
    entity = next(each for each in made["labels"] if each["name"] == "ENTITY")
    kept = {each["name"]: each for each in entity["attributes"]}
    assert "required" not in kept["source_type"]
    assert kept["entity_type"]["required"] is True


def test_attributes_of_one_name_are_merged_only_where_they_are_one_thing() -> None:
    small: Any = {
        "name": "Small",
        "labels": [
            {"name": "A", "attributes": [{"name": "x", "type": "choice", "values": ["1", "2"]}]},
            {"name": "B", "attributes": [{"name": "x", "type": "choice", "values": ["2", "3"]}]},
            {"name": "C", "attributes": [{"name": "x", "type": "text"}]},
        ],
    }
    made = redefined(small, read({"kind": "merge", "labels": ["B"], "to": "A"}))
    assert made["labels"][0]["attributes"][0]["values"] == ["1", "2", "3"]
    with pytest.raises(errors.Invalid, match="not the same thing"):
        redefined(small, read({"kind": "merge", "labels": ["C"], "to": "A"}))


@given(st.lists(SPANS, max_size=12))
def test_a_split_by_an_attribute_goes_back_by_merging(
    spans: list[tuple[str, dict[str, Any]]],
) -> None:
    into = {"direct": "QUOTE", "mixed": "QUOTE", "indirect": "REPORT"}
    made = read({"kind": "split", "label": "CLAIM", "attribute": "form", "into": into})
    after = schemes.parse(redefined(SCHEME, made))
    split = [made.span(*each) for each in spans]
    for (label, attributes), (was, said) in zip(split, spans, strict=True):
        assert attributes == said
        expected = into.get(said.get("form", ""), "CLAIM") if was == "CLAIM" else was
        assert label == expected
    assert carrying.fits(after, split, [])
    assert [reverse(made).span(*each) for each in split] == spans


def test_new_labels_of_a_split_may_be_linked_as_the_old_one() -> None:
    made = read({"kind": "split", "label": "CLAIM", "into": ["QUOTE", "REPORT"]})
    assert made.asks
    after = schemes.parse(redefined(SCHEME, made))
    assert list(after.labels)[:3] == ["CLAIM", "QUOTE", "REPORT"]
    assert after.relations["ATTRIBUTED_TO"].joins("QUOTE", "SOURCE")
    assert after.labels["REPORT"].attributes == after.labels["CLAIM"].attributes
    assert rules.stored(made.payload()) == made


def test_a_retired_label_is_kept_and_not_offered() -> None:
    made = read({"kind": "retire", "label": "CUE"})
    after = redefined(SCHEME, made)
    scheme = schemes.parse(after)
    assert scheme.label("CUE").retired
    with pytest.raises(errors.LabelRetired, match="no longer used"):
        scheme.offered("CUE")
    assert redefined(after, reverse(made)) == SCHEME


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ([], None),
        ({}, "kind"),
        ({"kind": "explode"}, "kind"),
        ({"kind": "rename", "to": "X"}, "label"),
        ({"kind": "rename", "label": "CLAIM"}, "to"),
        ({"kind": "rename", "label": "CLAIM", "relation": "ABOUT", "to": "X"}, "relation"),
        ({"kind": "rename", "label": "CLAIM", "value": "direct", "to": "X"}, "attribute"),
        ({"kind": "rename", "label": "CLAIM", "to": 7}, "to"),
        ({"kind": "rename", "label": "CLAIM", "to": "X", "why": "so"}, "why"),
        ({"kind": "merge", "to": "CLAIM"}, "labels"),
        ({"kind": "merge", "labels": "CUE", "to": "CLAIM"}, "labels"),
        ({"kind": "split", "label": "CLAIM", "into": {"direct": "X"}}, "into"),
        ({"kind": "split", "label": "CLAIM", "attribute": "form", "into": ["X"]}, "into"),
        ({"kind": "split", "label": "CLAIM", "into": []}, "into"),
        ({"kind": "unmerge", "labels": ["CUE"], "to": "CLAIM"}, "kind"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(raw: Any, field: str | None) -> None:
    with pytest.raises(errors.Invalid) as refused:
        read(raw)
    assert [each["field"] for each in refused.value.errors] == ([field] if field else [])


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"kind": "rename", "label": "CLIAM", "to": "X"}, "label"),
        ({"kind": "rename", "label": "CLAIM", "to": "CUE"}, "to"),
        ({"kind": "rename", "relation": "ABOUT", "to": "COREF"}, "to"),
        ({"kind": "rename", "label": "CLAIM", "attribute": "form", "to": "harm"}, "to"),
        ({"kind": "rename", "label": "CLAIM", "attribute": "shape", "to": "x"}, "attribute"),
        (
            {"kind": "rename", "label": "CLAIM", "attribute": "form", "value": "x", "to": "y"},
            "value",
        ),
        (
            {
                "kind": "rename",
                "label": "CLAIM",
                "attribute": "form",
                "value": "direct",
                "to": "mixed",
            },
            "to",
        ),
        ({"kind": "merge", "labels": ["CLAIM"], "to": "CLAIM"}, "labels"),
        ({"kind": "merge", "labels": ["NONE"], "to": "CLAIM"}, "labels"),
        ({"kind": "merge", "labels": ["CUE"], "to": "CLAIM", "overlap": "never"}, "overlap"),
        ({"kind": "split", "label": "CLAIM", "into": ["CUE"]}, "into"),
        ({"kind": "split", "label": "CLAIM", "attribute": "form", "into": {"x": "X"}}, "into"),
        (
            {"kind": "split", "label": "CLAIM", "attribute": "claim_type", "into": {"x": "X"}},
            "attribute",
        ),
        ({"kind": "restore", "label": "CUE"}, "label"),
    ],
)
def test_what_the_scheme_does_not_have_is_refused_at_its_place(raw: Any, field: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        redefined(SCHEME, read(raw))
    assert [each["field"] for each in refused.value.errors] == [field]


def test_a_name_that_is_none_is_refused_by_the_scheme() -> None:
    with pytest.raises(errors.BadScheme):
        redefined(SCHEME, read({"kind": "rename", "label": "CLAIM", "to": "a name"}))


def test_conditions_follow_the_attribute_and_the_value() -> None:
    made = redefined(
        SCHEME, read({"kind": "rename", "label": "CLAIM", "attribute": "form", "to": "shape"})
    )
    made = redefined(
        made,
        read(
            {
                "kind": "rename",
                "label": "CLAIM",
                "attribute": "shape",
                "value": "unattributed",
                "to": "own",
            }
        ),
    )
    claim = schemes.parse(made).labels["CLAIM"]
    assert "form" not in claim.attributes
    assert "own" in claim.attributes["shape"].values
    assert '"form"' not in str(made["relations"]).replace("'", '"')
    assert "unattributed" not in str(made["relations"])


PAST = [
    read(each)
    for each in (
        {"kind": "rename", "label": "CLAIM", "attribute": "form", "to": "shape"},
        {"kind": "rename", "label": "CLAIM", "to": "STATEMENT"},
        {
            "kind": "rename",
            "label": "STATEMENT",
            "attribute": "shape",
            "value": "direct",
            "to": "quoted",
        },
        {"kind": "merge", "labels": ["CUE"], "to": "ENTITY"},
        {"kind": "rename", "relation": "ABOUT", "to": "CONCERNS"},
    )
]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (PAST[0], "form of CLAIM is now shape."),
        (PAST[1], "CLAIM is now STATEMENT."),
        (PAST[3], "What was CUE is now ENTITY."),
        (reverse(PAST[3]), "What was CUE before is so again."),
        (
            read({"kind": "split", "label": "A", "into": ["B", "C"]}),
            "B, C stand beside A: its spans are to be looked at.",
        ),
        (
            read({"kind": "split", "label": "A", "attribute": "x", "into": {"1": "B"}}),
            "A is split by x: B.",
        ),
        (read({"kind": "retire", "label": "A"}), "A is no longer offered."),
        (read({"kind": "restore", "label": "A"}), "A is offered again."),
    ],
)
def test_it_is_said_in_a_sentence(made: Migration, said: str) -> None:
    assert rules.sentence(made) == said
