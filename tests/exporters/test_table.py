"""Tables of spans: what a spreadsheet would run is made harmless, and said."""

from __future__ import annotations

import csv as reader
import io
from dataclasses import replace

import pytest

from labels.exporters import csv, csv_raw
from labels.records import Article
from labels.vocabulary import Lost

from .articles import SAMPLE


def titles(data: bytes) -> list[str]:
    """Return a column of a table."""
    return [row["title"] for row in reader.DictReader(io.StringIO(data.decode(), newline=""))]


def titled(title: str) -> Article:
    return replace(SAMPLE, title=title)


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＠x"])
def test_a_cell_that_would_run_gets_an_apostrophe(title: str):
    assert titles(b"".join(csv.write([titled(title)]))) == [f"'{title}"] * 3
    assert titles(b"".join(csv_raw.write([titled(title)]))) == [title] * 3
    changed = [each for each in csv.losses(titled(title)) if each.lost == Lost.CELL]
    assert [each.id for each in changed] == [each.id for each in SAMPLE.annotation_sets[0].spans]


@pytest.mark.parametrize("title", ["1+1", "'=1", "a=b", "", "a\rb", "a\r\nb", "a\nb", 'a"b', "a,b"])
def test_other_cells_stay(title: str):
    assert titles(b"".join(csv.write([titled(title)]))) == [title] * 3
    assert Lost.CELL not in {each.lost for each in csv.losses(titled(title))}
