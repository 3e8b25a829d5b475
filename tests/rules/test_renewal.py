"""What was said in the names of before is said in those of now."""

from __future__ import annotations

from typing import Any

import pytest

from labels.rules import renewal
from labels.rules.migration import read

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
    ("operation", "label", "expected"),
    [
        (
            {"op": "add_span", "label": "CLAIM", "attributes": {"form": "direct", "harm": 3}},
            "",
            {"op": "add_span", "label": "STATEMENT", "attributes": {"shape": "quoted", "harm": 3}},
        ),
        (
            {"op": "set_attributes", "attributes": {"shape": "direct"}},
            "STATEMENT",
            {"op": "set_attributes", "attributes": {"shape": "quoted"}},
        ),
        (
            {"op": "relabel_span", "label": "CUE"},
            "SOURCE",
            {"op": "relabel_span", "label": "ENTITY"},
        ),
        ({"op": "add_relation", "type": "ABOUT"}, "", {"op": "add_relation", "type": "CONCERNS"}),
        ({"op": "delete_span"}, "CLAIM", {"op": "delete_span"}),
        ({"op": "add_span", "label": "THING"}, "", {"op": "add_span", "label": "THING"}),
    ],
)
def test_an_operation_is_said_in_the_names_of_now(
    operation: dict[str, Any], label: str, expected: dict[str, Any]
) -> None:
    assert renewal.operation(operation, label, "", PAST) == expected


def test_a_name_that_was_used_twice_is_what_it_meant_last() -> None:
    past = [
        read({"kind": "rename", "label": "A", "to": "B"}),
        read({"kind": "rename", "label": "A", "to": "C"}),
        read({"kind": "rename", "label": "C", "to": "D"}),
    ]
    assert renewal.operation({"label": "A"}, "", "", past)["label"] == "D"


def test_a_proposal_is_said_in_the_names_of_now() -> None:
    proposed = {"label": "CLAIM", "fragments": [], "attributes": {"form": "direct"}}
    assert renewal.proposal(proposed, PAST) == {
        "label": "STATEMENT",
        "fragments": [],
        "attributes": {"shape": "quoted"},
    }
    link = {"type": "ABOUT", "from": "1", "to": "2", "attributes": {}}
    assert renewal.proposal(link, PAST) == link | {"type": "CONCERNS"}
