"""Whom a comment names."""

from __future__ import annotations

import pytest

from labels.rules.comment import names


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("@rita, is this one?", ["rita"]),
        ("Ask @max.", ["max.", "max"]),
        ("(@ana) and @ben!", ["ana", "ben"]),
        ("@anaïs @山田", ["anaïs", "山田"]),
        ("@a.b-c+d", ["a.b-c+d"]),
        ("write to ana@example.org", []),
        ("@@ana", []),
        ("@ alone", []),
        ("", []),
        ("@ana @ana", ["ana"]),
    ],
)
def test_names_stand_behind_an_at(said: str, found: list[str]) -> None:
    assert names(said) == found


def test_a_long_list_is_cut() -> None:
    assert len(names(" ".join(f"@person{number}" for number in range(500)))) == 20
