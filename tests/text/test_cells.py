"""Cells that a spreadsheet would run are kept from it, and no other is touched."""

from __future__ import annotations

import pytest

from labels.text.cells import harmless, is_formula


@pytest.mark.parametrize(
    "cell", ["=1+1", "+49 30", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"]
)
def test_a_formula_is_shown_and_not_run(cell: str) -> None:
    assert is_formula(cell)
    assert harmless(cell) == f"'{cell}"
    assert not is_formula(harmless(cell))


@pytest.mark.parametrize("cell", ["", "Ruiz", "1-1", " =1", "'=1", "a@b", "–1", "2019-10-29"])
def test_others_stay(cell: str) -> None:
    assert harmless(cell) == cell
