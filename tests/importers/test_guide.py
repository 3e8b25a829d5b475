"""The format that docs/formats.md shows works as it stands there."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from labels import importers
from labels.catalogue import Entry, catalogue
from labels.records import Article, BadItem

from ..exporters.articles import ODD_TEXTS

GUIDE = Path(__file__).parents[2] / "docs" / "formats.md"


@pytest.fixture
def example(tmp_path, monkeypatch) -> Iterator[Entry]:
    """Give the catalogue's entry for the guide's first block, as a file of the importers."""
    block = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert block, "the guide shows no format"
    (tmp_path / "divided.py").write_text(block.group(1))
    monkeypatch.setattr(importers, "__path__", [*importers.__path__, str(tmp_path)])
    yield catalogue(importers)["divided"]
    sys.modules.pop("labels.importers.divided", None)


def test_the_sample_is_recognised_and_read(example):
    data = example.sample.encode()
    assert example.module is import_module("labels.importers.divided")
    assert example.module.recognises(data, "a file")
    assert not example.module.recognises(b"Ruiz said so.", "a file")
    found = list(example.module.read(io.BytesIO(data), "a file"))
    assert [each.title for each in found] == ["Taxes fell 5%, Ruiz said.", "Ministers are to meet."]


def test_odd_texts_stay_and_faults_are_told(example):
    data = "\n=====\n".join([*ODD_TEXTS, ""]).encode() + b"caf\xe9"
    *articles, bad = example.module.read(io.BytesIO(data), "a file")
    assert [each.text for each in articles if isinstance(each, Article)] == list(ODD_TEXTS)
    assert isinstance(bad, BadItem)
    assert bad.code == "not_utf8"
    assert bad.place == f"a file, article {len(ODD_TEXTS) + 1}"
