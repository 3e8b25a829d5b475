"""Cells of tables that a spreadsheet would run as formulas, and how they are kept from it."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may run."""


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet may run a cell."""
    return cell.startswith(FORMULA)


def harmless(cell: str) -> str:
    """Return a cell as a spreadsheet shows it: with an apostrophe before what it would run."""
    return f"'{cell}" if is_formula(cell) else cell
