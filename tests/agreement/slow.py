"""The unitizing coefficients of 2016 again, code point by code point, in fractions, straight from the formulas.

It shares nothing with the measures: rows of letters are compared place by place, and no length is ever added up
other than by counting places. Where chance would have nothing to differ, or less than nothing, there is no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations

Unit = tuple[str, int, int]
"""A label, where it begins and where it ends; units of one person do not overlap."""
Text = tuple[int, Mapping[str, Sequence[Unit]]]
"""How many code points, and the units of those who labelled it."""
GAP = ""
Table = dict[tuple[str, str], Fraction]


@dataclass(slots=True)
class Counts:
    """Observed lengths by two values, and what is taken off the expected ones."""

    names: list[str]
    lengths: Table = field(default_factory=dict)
    squares: dict[str, Fraction] = field(default_factory=dict)

    def row(self, value: str) -> Fraction:
        return sum(
            (self.lengths.get((value, each), Fraction(0)) for each in self.names), Fraction(0)
        )

    @property
    def total(self) -> Fraction:
        return sum(self.lengths.values(), Fraction(0))

    def expected(self, one: str, two: str) -> Fraction | None:
        below = self.total**2 - sum(self.squares.values())
        less = self.squares.get(one, Fraction(0)) if one == two else Fraction(0)
        return self.total * (self.row(one) * self.row(two) - less) / below if below > 0 else None


def line(length: int, units: Sequence[Unit]) -> list[str]:
    """Return what somebody says of each place."""
    said = [GAP] * length
    for label, start, end in units:
        said[start:end] = [label] * (end - start)
    return said


def pairs(texts: Sequence[Text]) -> Iterator[tuple[int, Sequence[Unit], Sequence[Unit], Fraction]]:
    """Yield each two people of each text, in both orders, with one over one less than their number."""
    for length, people in texts:
        for one, two in permutations(people.values(), 2):
            yield length, one, two, Fraction(1, len(people) - 1)


def counted(texts: Sequence[Text], names: Sequence[str], *, any_label: bool = False) -> Counts:
    """Return the counts of u-alpha, |u-alpha (whatever the label) and (k)u-alpha."""
    found = Counts([GAP, *names])
    for length, one, two, part in pairs(texts):
        for here, there in zip(line(length, one), line(length, two), strict=True):
            found.lengths[here, there] = found.lengths.get((here, there), Fraction(0)) + part
    for length, people in texts:
        for units in people.values() if len(people) > 1 else ():
            gap = line(length, units).count(GAP)
            found.squares[GAP] = found.squares.get(GAP, Fraction(0)) + gap
            for label, start, end in units:
                found.squares[label] = found.squares.get(label, Fraction(0)) + (end - start) ** 2
    return _merged(found) if any_label else found


def _merged(found: Counts) -> Counts:
    merged = Counts([GAP, "any"])
    for (one, two), length in found.lengths.items():
        key = ("any" if one else GAP, "any" if two else GAP)
        merged.lengths[key] = merged.lengths.get(key, Fraction(0)) + length
    for name, square in found.squares.items():
        key_of = "any" if name else GAP
        merged.squares[key_of] = merged.squares.get(key_of, Fraction(0)) + square
    return merged


def met(texts: Sequence[Text], names: Sequence[str]) -> Counts:
    """Return the counts of cu-alpha: of the places alone that both of two people marked."""
    found = Counts([*names])
    for length, one, two, part in pairs(texts):
        theirs = line(length, two)
        for label, start, end in one:
            meeting = [each for each in theirs[start:end] if each != GAP]
            for each in meeting:
                found.lengths[label, each] = found.lengths.get((label, each), Fraction(0)) + part
            square = len(meeting) ** 2 * part
            found.squares[label] = found.squares.get(label, Fraction(0)) + square
    return found


def u_alpha(found: Counts) -> Fraction | None:
    """u-alpha, and of `met` cu-alpha: 1 - (l.. - sum of l_cc) / (l.. - sum of e_cc)."""
    expected = [found.expected(each, each) for each in found.names]
    if None in expected:
        return None
    chance = found.total - sum(each for each in expected if each is not None)
    same = sum((found.lengths.get((each, each), Fraction(0)) for each in found.names), Fraction(0))
    return 1 - (found.total - same) / chance if chance > 0 else None


def u_alpha_binary(found: Counts) -> Fraction | None:
    """|u-alpha: 1 - (l_0. - l_00) / (e_0. - e_00)."""
    chance = found.expected(GAP, "any")
    differs = found.row(GAP) - found.lengths.get((GAP, GAP), Fraction(0))
    return 1 - differs / chance if chance and chance > 0 else None


def u_alpha_value(found: Counts, value: str) -> Fraction | None:
    """(k)u-alpha: 1 - (e_k. / l_k.) (l_k. - l_kk) / (e_k. - e_kk)."""
    expected = [found.expected(value, each) for each in found.names]
    row, own = found.row(value), found.expected(value, value)
    if None in expected or own is None or not row:
        return None
    whole = sum((each for each in expected if each is not None), Fraction(0))
    differs = row - found.lengths.get((value, value), Fraction(0))
    return 1 - (whole / row) * differs / (whole - own) if whole > own else None
