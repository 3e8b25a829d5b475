"""Metadata: what may be said of an article, field by field."""

from __future__ import annotations

import pytest

from labels.text.metadata import DEEPEST_EXTRA, FIELDS, LENGTHS, fault


def nested(depth: int) -> dict[str, object]:
    """Return an object in an object … `depth` deep."""
    value: dict[str, object] = {}
    for _ in range(depth - 1):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, None) for field in sorted(FIELDS)),
        *((field, "") for field in sorted(LENGTHS)),
        ("title", "🗳" * 500),
        ("url", "https://example.org/a?b=c"),
        ("url", "HTTP://example.org"),
        ("published_at", "2019-10-29"),
        ("published_at", "2019-10-29T08:30:00Z"),
        ("published_at", "2019-10-29T08:30:00.123+09:00"),
        ("extra", {}),
        ("extra", {"a": [1, 2.5, True, None, {"b": "c"}], "d": -(2**62)}),
        ("extra", nested(DEEPEST_EXTRA)),
    ],
)
def test_what_may_be_said(field, value):
    assert fault(field, value) is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", 5, "Text is expected"),
        ("title", ["a"], "Text is expected"),
        ("title", "🗳" * 501, "At most 500"),
        ("byline", "a\0b", "cannot be kept"),
        ("publisher", "a\ud83d", "cannot be kept"),
        ("url", "https://example.org/\0", "cannot be kept"),
        ("url", "javascript:alert(1)", "http:// or https://"),
        ("url", "example.org", "http:// or https://"),
        ("url", "http://[half", "http:// or https://"),
        ("published_at", "yesterday", "2019-10-29"),
        ("published_at", "2019-13-01", "2019-10-29"),
        ("published_at", "2019-10-29\0", "cannot be kept"),
        ("extra", [], "An object"),
        ("extra", "a", "An object"),
        ("extra", {"a": ["b\0"]}, "cannot be kept"),
        ("extra", {"a\ud83d": 1}, "cannot be kept"),
        ("extra", {"a": 2**63}, "write it as text"),
        ("extra", {"a": 1e30}, "write it as text"),
        ("extra", {"a": float("nan")}, "write it as text"),
        ("extra", {"a": float("-inf")}, "write it as text"),
        ("extra", nested(DEEPEST_EXTRA + 2), "nested more than"),
        ("extra", {"a": nested(5_000)}, "nested more than"),
    ],
)
def test_what_may_not(field, value, sentence):
    assert sentence in (fault(field, value) or "")
