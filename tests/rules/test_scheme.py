"""What a scheme may say, and that every fault is named at its place."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from labels import errors
from labels.rules import scheme

from ..factories import SCHEME

SMALL: dict[str, Any] = {
    "name": "Small",
    "labels": [
        {
            "name": "CLAIM",
            "key": "c",
            "overlap": "nest",
            "attributes": [
                {"name": "form", "type": "choice", "values": ["direct", "indirect"]},
                {
                    "name": "why",
                    "type": "text",
                    "required": {"when": {"form": ["direct"]}},
                },
            ],
        },
        {"name": "SOURCE", "key": "s"},
    ],
    "relations": [{"name": "SAID_BY", "from": ["CLAIM"], "to": ["SOURCE"]}],
}


def changed(path: str, value: Any) -> Any:
    """Return the small scheme with one place changed; a path is `labels.0.name`."""
    made = copy.deepcopy(SMALL)
    *steps, last = path.split(".")
    at: Any = made
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value
    return made


def test_the_default_scheme_is_whole() -> None:
    found = scheme.parse(SCHEME)
    assert list(found.labels) == ["CLAIM", "SOURCE", "CUE", "ENTITY"]
    assert found.labels["CLAIM"].overlap == "nest"
    assert {name: len(each.attributes) for name, each in found.labels.items()} == {
        "CLAIM": 9,
        "SOURCE": 4,
        "CUE": 0,
        "ENTITY": 4,
    }
    assert list(found.relations) == [
        "ATTRIBUTED_TO",
        "CUED_BY",
        "REFERS_TO",
        "ABOUT",
        "COREF",
        "SAME_CLAIM",
        "CONTRADICTS",
        "SUPPORTS",
    ]


def test_no_key_is_given_twice_within_a_label() -> None:
    for unit in (*SCHEME["labels"], *SCHEME["relations"]):
        keys = [each["key"] for each in unit["attributes"] if "key" in each]
        assert len(keys) == len(set(keys)), unit["name"]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("name", "", "name"),
        ("labels", [], "labels"),
        ("labels", "x", "labels"),
        ("labels.0", 3, "labels[0]"),
        ("labels.0.name", "9x", "labels[0].name"),
        ("labels.0.overlap", "maybe", "labels[0].overlap"),
        ("labels.0.colour", "red", "labels[0].colour"),
        ("labels.1.name", "CLAIM", "labels"),
        ("labels.1.key", "c", "labels.key"),
        ("labels.0.attributes.0.type", "colour", "labels[0].attributes[0].type"),
        ("labels.0.attributes.0.values", [], "labels[0].attributes[0].values"),
        ("labels.0.attributes.1.name", "form", "labels[0].attributes"),
        ("labels.0.attributes.1.pattern", "(", "labels[0].attributes[1].pattern"),
        (
            "labels.0.attributes.1.pattern",
            "(?:" * 500 + ")" * 500,
            "labels[0].attributes[1].pattern",
        ),
        ("labels.0.attributes.1.min", "x", "labels[0].attributes[1].min"),
        (
            "labels.0.attributes.1.required",
            {"if": {}},
            "labels[0].attributes[1].required",
        ),
        ("labels.0.attributes.1.required", {"when": {"nope": [1]}}, "labels[0].why"),
        ("labels.0.attributes.1.labels", ["NOPE"], "labels[0].why"),
        ("relations.0.from", ["NOPE"], "relations[0].from"),
        ("relations.0.to", [], "relations[0].to"),
        ("relations.0.max", -1, "relations[0].max"),
        ("guideline", 7, "guideline"),
    ],
)
def test_a_fault_is_named_at_its_place(path: str, value: Any, place: str) -> None:
    with pytest.raises(errors.BadScheme) as caught:
        scheme.parse(changed(path, value))
    assert place in [each["field"] for each in caught.value.errors]


@pytest.mark.parametrize("raw", [None, [], "x", 3])
def test_what_is_no_object_is_no_scheme(raw: Any) -> None:
    with pytest.raises(errors.BadScheme):
        scheme.parse(raw)


def test_all_faults_are_named_at_once() -> None:
    wrong = changed("labels.0.overlap", "maybe")
    wrong["relations"][0]["to"] = ["NOPE"]
    with pytest.raises(errors.BadScheme, match="2 faults") as caught:
        scheme.parse(wrong)
    assert len(caught.value.errors) == 2


@pytest.mark.parametrize(
    ("condition", "attributes", "met"),
    [
        ({"a": ("x",)}, {"a": "x"}, True),
        ({"a": ("x",)}, {"a": "y"}, False),
        ({"a": ("x",)}, {}, False),
        ({"a": (None,)}, {}, True),
        ({"a": ("*",)}, {"a": "y"}, True),
        ({"a": ("*",)}, {}, False),
        ({"a": ("x", "y")}, {"a": ["y", "z"]}, True),
        ({"a": (1,)}, {"a": True}, False),
        ({"a": ("x",), "b": ("y",)}, {"a": "x"}, False),
        ({"a": (False, None)}, {"a": False}, True),
    ],
)
def test_conditions(condition: Any, attributes: Any, met: bool) -> None:
    assert scheme.holds(condition, attributes) is met


def test_what_a_relation_joins() -> None:
    found = scheme.parse(SCHEME).relations
    assert found["ATTRIBUTED_TO"].joins("CLAIM", "SOURCE")
    assert not found["ATTRIBUTED_TO"].joins("SOURCE", "CLAIM")
    assert found["COREF"].joins("SOURCE", "SOURCE")
    assert not found["COREF"].joins("SOURCE", "ENTITY")


def test_a_scheme_survives_json() -> None:
    assert scheme.parse(json.loads(json.dumps(SCHEME))) == scheme.parse(SCHEME)
