"""The table that a run prints: what was measured, its floor, and what it may be at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TOO_MUCH = 1.5
"""A line that misses its mark by more than half needs a profile."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `most` is its mark; where `more_is_better`, the least that is wanted."""

    work: str
    unit: str
    ours: float
    floor: float | None = None
    most: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the floor it costs."""
        if not self.floor or not self.ours:
            return None
        return self.floor / self.ours if self.more_is_better else self.ours / self.floor

    @property
    def verdict(self) -> str:
        """Say whether the mark is kept."""
        if self.most is None:
            return ""
        if self.most == 0:
            return "kept" if self.ours == 0 else "MISSED"
        over = self.most / max(self.ours, 1e-9) if self.more_is_better else self.ours / self.most
        if over <= 1:
            return "kept"
        return f"MISSED {over:.1f}×" if over > TOO_MUCH else f"missed {over:.1f}×"

    def cells(self) -> list[str]:
        """Return the line's cells as text."""
        word = "at least " if self.more_is_better else ""
        return [
            self.work,
            f"{_number(self.ours)} {self.unit}",
            "" if self.floor is None else f"{_number(self.floor)} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.1f}×",
            "" if self.most is None else f"{word}{_number(self.most)}",
            self.verdict,
        ]


HEAD = ["work", "ours", "floor", "ratio", "at most", "mark"]


def printed(lines: Iterable[Line]) -> str:
    """Return the lines as a table that reads in a terminal and in Markdown."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    return "\n".join(
        [written[0], "| " + " | ".join("-" * width for width in widths) + " |", *written[1:]]
    )


def _number(value: float) -> str:
    """Write a number with as many places as it is worth."""
    if value == 0 or abs(value) >= 100:  # noqa: PLR2004 - three figures
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004 - as above
