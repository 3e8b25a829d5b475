"""Parquet: typed columns that other programs read, in groups of rows."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
from pyarrow import parquet

from labels.exporters import parquet as format_
from labels.records import Article

from .articles import CLAIM, LINK, SAMPLE, SECOND, number

WORDS = {"article_id", "label", "quote", "attributes", "offset_unit", "derived_from"}
WHOLE = {"round", "version", "scheme_version", "fragment", "fragments", "start", "end", "rev"}


def file(*articles: Article, unit: str = "codepoint") -> io.BytesIO:
    """Return a file of articles."""
    return io.BytesIO(b"".join(format_.write(articles, unit)))


def test_columns_have_types() -> None:
    types = {each.name: str(each.type) for each in parquet.read_schema(file(SAMPLE))}
    assert {types[name] for name in WORDS} == {"string"}
    assert {types[name] for name in WHOLE} == {"int32", "int64"}
    assert (types["confidence"], types["flag"]) == ("double", "bool")
    # A file without rows has them too.
    assert types == {each.name: str(each.type) for each in parquet.read_schema(file())}


def test_what_is_not_there_is_null() -> None:
    both = replace(SAMPLE, annotation_sets=[*SAMPLE.annotation_sets, SECOND])
    rows = parquet.read_table(file(both)).to_pylist()
    told = {(row["confidence"], row["flag"], row["derived_from"]) for row in rows}
    assert told == {(None, False, None), (0.25, True, str(CLAIM.id))}


def test_pandas_reads_it_without_being_told_anything() -> None:
    found = pd.read_parquet(file(SAMPLE, unit="utf16"))
    assert [*found["start"]] == [4, 32, 21]
    assert [*found["quote"]] == ["“Taxes fell 5%,”", "“and jobs rose.”", "Ruiz"]
    assert set(found["offset_unit"]) == {"utf16"}
    assert found["start"].sum() == 57


def test_rows_stand_in_groups_that_can_be_read_alone() -> None:
    many = [replace(SAMPLE, id=number(100 + last)) for last in range(2_000)]
    found = parquet.ParquetFile(file(*many))
    assert [found.metadata.row_group(at).num_rows for at in range(found.num_row_groups)] == [
        5_000,
        1_000,
    ]
    assert found.read_row_group(1)["label"].to_pylist()[:3] == ["SOURCE", "CLAIM", "CLAIM"]


def test_links_and_texts_are_said_to_be_lost() -> None:
    told = {(each.lost.value, each.id) for each in format_.losses(SAMPLE)}
    assert {("relation", LINK.id), ("text", SAMPLE.id)} <= told
