"""Exports without the texts: nothing of them goes out, and whoever has the texts gets the whole export back."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from labels import exporters
from labels.errors import Invalid
from labels.exporters import _standoff as standoff
from labels.exporters import jsonl
from labels.importers import jsonl as importer
from labels.records import Article, BadItem, Fragment
from labels.vocabulary import Lost

from .articles import BY_ANA, SAMPLE, TEXT, article
from .strategies import articles

LONG = "Taxes fell by five per cent, Ruiz said on Monday, and jobs rose by a third in Lima."


def unpacked(found: Sequence[Article], folder: Path) -> Path:
    """Write the export and unpack it."""
    package = folder / "package"
    with zipfile.ZipFile(io.BytesIO(b"".join(standoff.write(found)))) as archive:
        assert archive.testzip() is None
        archive.extractall(package)
    assert {each.name for each in package.iterdir()} == {"dataset.jsonl", "rebuild.py"}
    return package


def copied(found: Sequence[Article], folder: Path) -> Path:
    """Put one's own copies of the texts into a folder, as a system has them that ends its lines in its own way."""
    copies = folder / "copies"
    copies.mkdir()
    for number, each in enumerate(found):
        (copies / f"{number}.txt").write_bytes(b"\xef\xbb\xbf" + each.text.encode())
    return copies


def rebuilt(package: Path, copies: Path) -> subprocess.CompletedProcess[str]:
    """Run the program as people do."""
    line = [sys.executable, "-I", str(package / "rebuild.py"), str(copies)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_ones_own_copies_give_the_whole_export_byte_for_byte(tmp_path: Path) -> None:
    (claim, source) = BY_ANA.spans
    long = claim._replace(fragments=(Fragment(0, 60), Fragment(62, len(LONG))))
    sets = [replace(BY_ANA, spans=[long, source], reviews=[])]
    found = [replace(each, extra={}) for each in (SAMPLE, article(LONG, sets=sets, last=50))]
    package = unpacked(found, tmp_path)
    held = (package / "dataset.jsonl").read_text(encoding="utf-8")
    assert TEXT not in held
    assert LONG[:60] not in held
    # Without the copies nothing is made.
    failed = rebuilt(package, package)
    assert (failed.returncode, "2 of 2 texts are not in the folder" in failed.stderr) == (1, True)
    assert not (package / "with-text").exists()
    done = rebuilt(package, copied(found, tmp_path))
    assert done.stdout.startswith("2 texts and 7 quotes are in "), done.stderr
    assert [each.name for each in (package / "with-text").iterdir()] == ["dataset.jsonl"]
    assert (package / "with-text" / "dataset.jsonl").read_bytes() == b"".join(jsonl.write(found))


def test_who_imports_it_as_it_is_learns_what_to_do(tmp_path: Path) -> None:
    package = unpacked([SAMPLE], tmp_path)
    with (package / "dataset.jsonl").open("rb") as source:
        (bad,) = importer.read(source, "dataset.jsonl")
    assert isinstance(bad, BadItem)
    assert bad.code == "text_left_out"
    assert "with rebuild.py" in bad.detail


def test_a_quote_that_is_not_what_was_labelled_stops_all(tmp_path: Path) -> None:
    package = unpacked([SAMPLE], tmp_path)
    held = package / "dataset.jsonl"
    moved = held.read_text(encoding="utf-8").replace('"start":20,', '"start":21,')
    held.write_text(moved, encoding="utf-8")
    failed = rebuilt(package, copied([SAMPLE], tmp_path))
    assert (failed.returncode, "is not what was labelled" in failed.stderr) == (1, True)
    assert list((package / "with-text").iterdir()) == []


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=articles(follow=True))
def test_whatever_is_in_it_comes_back(
    tmp_path_factory: pytest.TempPathFactory, found: list[Article]
) -> None:
    folder = tmp_path_factory.mktemp("standoff")
    package = unpacked(found, folder)
    done = rebuilt(package, copied(found, folder))
    assert done.returncode == 0, done.stderr
    lines = (package / "with-text" / "dataset.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    whole = b"".join(jsonl.write(replace(each, extra={}) for each in found)).decode()
    assert [json.loads(each) for each in lines] == [
        json.loads(each) for each in whole.split("\n")[:-1]
    ]
    told = [each for one in found for each in standoff.losses(one)]
    assert [each.article for each in told if each.lost == Lost.TEXT] == [each.id for each in found]
    extra = [each.id for each in found if each.extra]
    assert [each.article for each in told if each.lost == Lost.METADATA] == extra


def test_a_format_that_is_made_of_the_texts_is_refused() -> None:
    assert exporters.chosen("jsonl", with_text=False) is standoff
    with pytest.raises(Invalid, match="“brat” does not go without the texts: choose jsonl"):
        exporters.chosen("brat", with_text=False)
