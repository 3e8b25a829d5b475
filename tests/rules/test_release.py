"""What a release may be called, and on which terms."""

from __future__ import annotations

from typing import Any

import pytest

from labels.errors import AlreadyExists, Invalid
from labels.records import Terms
from labels.rules import release


@pytest.mark.parametrize(
    ("previous", "changes", "expected"),
    [
        ("", {"added": 3}, "1.0.0"),
        ("1.0.0", {}, "1.0.1"),
        ("1.2.3", {"added": 1}, "1.3.0"),
        ("1.2.3", {"added": 1, "changed": 1}, "2.0.0"),
        ("1.2.3", {"removed": 1}, "2.0.0"),
    ],
)
def test_the_number_follows_from_what_changed(
    previous: str, changes: dict[str, int], expected: str
) -> None:
    counted = {"added": 0, "changed": 0, "removed": 0} | changes
    assert release.number("", previous, **counted) == expected


@pytest.mark.parametrize(
    ("wanted", "previous", "refusal"),
    [
        ("1", "", Invalid),
        ("1.0", "", Invalid),
        ("v1.0.0", "", Invalid),
        ("01.0.0", "", Invalid),
        ("1.0.0\n", "", Invalid),
        ("1.0.9", "1.0.10", Invalid),
        ("1.0.10", "1.0.10", AlreadyExists),
    ],
)
def test_a_number_that_does_not_count_on_is_refused(
    wanted: str, previous: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        release.number(wanted, previous, added=0, changed=0, removed=0)


def test_numbers_count_as_numbers() -> None:
    assert release.number("1.0.10", "1.0.9", added=0, changed=0, removed=0) == "1.0.10"


def test_terms_have_safe_defaults() -> None:
    assert release.terms({}) == Terms(with_text=True, pseudonyms=True, split="none")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"pseudonym": True}, "pseudonym"),
        ({"pseudonyms": "yes"}, "pseudonyms"),
        ({"split": "random"}, "split"),
        ({"split": ["time"]}, "split"),
        ({"shares": [80, 10]}, "shares"),
        ({"shares": [80, 10, 5]}, "shares"),
        ({"shares": [110, -10, 0]}, "shares"),
        ({"shares": [80.0, 10, 10]}, "shares"),
        ({"seed": True}, "seed"),
        ({"seed": -1}, "seed"),
        ({"licence_labels": 4}, "licence_labels"),
        ({"notes": "\0"}, "notes"),
        ([], "(body)"),
    ],
)
def test_terms_that_cannot_be_are_refused_by_their_name(given: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        release.terms(given)
    assert refused.value.errors[0]["field"] == field
