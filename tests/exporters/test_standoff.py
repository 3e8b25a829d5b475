"""Exports without the texts: nothing of them goes out, and whoever has the texts gets the whole export back."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from pyarrow import parquet

from labels import exporters, importers
from labels.catalogue import catalogue
from labels.errors import Invalid
from labels.records import Article, BadItem, Fragment
from labels.text.quotes import standing
from labels.vocabulary import Lost

from .articles import BY_ANA, FIX, SAMPLE, article, number
from .shown import shown
from .strategies import articles
from .test_contract import RICH

FORMATS = {key: catalogue(exporters)[key].module for key in exporters.bare()}
LONG = "Taxes fell by five per cent, Ruiz said on Monday, and jobs rose by a third in Lima."
WORDS = " ".join(f"unmistakable{each:03}" for each in range(60))
CLAIM, SOURCE = BY_ANA.spans
every_format = pytest.mark.parametrize("module", FORMATS.values(), ids=list(FORMATS))


def on(text: str, *places: tuple[int, int], last: int = 50) -> Article:
    """Return an article with two spans, the first on all these places but the last."""
    parts = [Fragment(*each) for each in places]
    first = CLAIM._replace(
        fragments=tuple(parts[:-1]),
        attributes={"small": 1e-7, "large": 5e17, "whole": 2.0, "said": "0.5"},
        confidence=1e-9,
    )
    proposal = {
        "label": "CLAIM",
        "fragments": [{"start": 1, "end": 200, "quote": text[1:200]}],
        "attributes": {},
    }
    made = replace(
        BY_ANA,
        spans=[first, SOURCE._replace(fragments=(parts[-1],))],
        reviews=[replace(FIX, proposal=proposal)],
    )
    return article(text, sets=[made], last=last)


def written(module: ModuleType, found: Sequence[Article]) -> bytes:
    return b"".join(module.WITHOUT_TEXT.write(found))


def unpacked(module: ModuleType, found: Sequence[Article], folder: Path) -> Path:
    """Write the export, unpack it, and return the file of the format."""
    package = folder / "package"
    with zipfile.ZipFile(io.BytesIO(written(module, found))) as archive:
        assert archive.testzip() is None
        archive.extractall(package)
    name: str = module.WITHOUT_TEXT.FILE
    assert {each.name for each in package.iterdir()} == {name, "rebuild.py"}
    return package / name


def copied(found: Sequence[Article], folder: Path) -> Path:
    """Put one's own copies of the texts into a folder, as a system has them that ends its lines in its own way."""
    copies = folder / "copies"
    copies.mkdir()
    for place, each in enumerate(found):
        text = each.text.replace("\n", "\r\n" if place % 2 else "\n")
        (copies / f"{place}.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (copies / "picture.png").write_bytes(b"\x89PNG\xff")
    return copies


def rebuilt(held: Path, copies: Path, *, alone: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the program as people do: with nothing but Python, or with pyarrow for its own files."""
    apart = ["-I"] if held.suffix == ".parquet" and not alone else ["-I", "-S"]
    line = [sys.executable, *apart, str(held.with_name("rebuild.py")), str(copies)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def moved(held: Path) -> None:
    """Move the source's span by one, as the file of a format has it."""
    if held.suffix == ".parquet":
        rows = parquet.read_table(held)
        starts = [each + (each == 20) for each in rows["start"].to_pylist()]
        at = rows.column_names.index("start")
        made = rows.set_column(at, "start", pa.array(starts, rows.schema.field("start").type))
        parquet.write_table(made, held)
        return
    was = held.read_text(encoding="utf-8")
    now = re.sub(r'(?<=[{,\t])("start":)?20(?=[,\t])', r"\g<1>21", was)
    assert now != was
    held.write_text(now, encoding="utf-8")


@every_format
def test_ones_own_copies_give_the_whole_export_byte_for_byte(
    module: ModuleType, tmp_path: Path
) -> None:
    found = [
        replace(RICH, title='=1\r+1, "\t'),
        on(LONG, (0, 60), (62, len(LONG)), (29, 33)),
        on("=1+1 =SUM(A1:A9) " + WORDS, (0, 4), (5, 16), (5, 90), last=51),
        article("Nobody has\nmarked this.", last=52),
    ]
    held = unpacked(module, found, tmp_path)
    done = rebuilt(held, copied(found, tmp_path))
    assert done.returncode == 0, done.stderr
    assert f" quotes are in {held.parent / 'with-text'}." in done.stdout
    assert [each.name for each in (held.parent / "with-text").iterdir()] == [held.name]
    whole = b"".join(module.write(found))
    assert (held.parent / "with-text" / held.name).read_bytes() == whole


@every_format
def test_without_the_copies_nothing_is_made(module: ModuleType, tmp_path: Path) -> None:
    found = [SAMPLE, on(LONG, (0, 60), (62, len(LONG)), (29, 33))]
    held = unpacked(module, found, tmp_path)
    before = sorted(held.parent.iterdir())
    failed = rebuilt(held, copied(found[:1], tmp_path))
    assert failed.returncode == 1
    assert "1 of 2 texts are not in the folder:\n  " in failed.stderr
    assert sorted(held.parent.iterdir()) == before


@every_format
def test_a_quote_that_is_not_what_was_labelled_stops_all(
    module: ModuleType, tmp_path: Path
) -> None:
    held = unpacked(module, [SAMPLE], tmp_path)
    moved(held)
    before = sorted(held.parent.iterdir())
    failed = rebuilt(held, copied([SAMPLE], tmp_path))
    assert failed.returncode == 1
    assert "“uiz”, 21 to 24 of a text, is not what was labelled" in failed.stderr
    assert sorted(held.parent.iterdir()) == before


@every_format
@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=articles(follow=True))
def test_whatever_is_in_it_comes_back(
    module: ModuleType, tmp_path_factory: pytest.TempPathFactory, found: list[Article]
) -> None:
    folder = tmp_path_factory.mktemp("standoff")
    held = unpacked(module, found, folder)
    done = rebuilt(held, copied(found, folder))
    assert done.returncode == 0, done.stderr
    bare = module.WITHOUT_TEXT
    told = [each for one in found for each in bare.losses(one)]
    assert {each.lost for each in told} <= bare.LOSES | bare.PARTLY
    assert [each.article for each in told if each.lost == Lost.TEXT] == [each.id for each in found]
    kept = [replace(each, extra=short(each.extra)) for each in found]
    if not module.LOSES:
        left = [one.id for one, other in zip(found, kept, strict=True) if one.extra != other.extra]
        assert [each.article for each in told if each.lost == Lost.METADATA] == left
    whole = b"".join(module.write(kept))
    assert (held.parent / "with-text" / held.name).read_bytes() == whole


def short(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in extra.items() if len("".join(strings(each))) <= 40}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value:
            yield from strings(each)
            yield from strings(value[each]) if isinstance(value, dict) else ()


@pytest.mark.parametrize("key", ["jsonl", "json_array"])
def test_what_may_be_the_text_once_more_stays_out(key: str) -> None:
    kept = {"desk": "world", "place": {"start": 0, "end": 7}, "tags": ["a", "b"], "sure": True}
    again = {
        "html": f"<p>{LONG}</p>",
        "words": LONG.split(),
        "index": {word: at for at, word in enumerate(LONG.split())},
        "deep": [[{"words": LONG.split()}]],
    }
    bare = FORMATS[key].WITHOUT_TEXT
    lines = b"".join(bare.pieces([replace(SAMPLE, extra=kept | again)])).splitlines()
    (line,) = [each for each in lines if len(each) > 1]
    assert json.loads(line)["article"]["extra"] == kept
    for extra, told in ((kept, []), (kept | again, [SAMPLE.id])):
        found = bare.losses(replace(SAMPLE, extra=extra))
        assert [each.article for each in found if each.lost == Lost.METADATA] == told


@every_format
def test_no_long_word_of_a_text_goes_out(module: ModuleType) -> None:
    places = [(0, 31), (32, 250), (270, 300)]
    found = on(WORDS, *places)
    allowed = " ".join(
        value
        for start, end in [*places, (1, 200)]
        for name, value in standing(WORDS[start:end]).items()
        if name != "quote_sha256"
    )
    if module.WITHOUT_TEXT.FILE == "dataset.jsonld":
        allowed = ""
    data = written(module, [found])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = "".join(archive.read(each).decode("latin-1") for each in archive.namelist())
    out = set(re.findall(r"unmistakable\d*", shown(data) + raw))
    assert out == set(re.findall(r"unmistakable\d*", allowed))
    assert len(out) < 10
    assert {f"unmistakable{each:03}" for each in range(60)} - out


@pytest.mark.parametrize("key", ["csv", "parquet"])
def test_many_rows_come_back_in_their_groups(key: str, tmp_path: Path) -> None:
    found = [on(LONG, (0, 60), (62, len(LONG)), (29, 33), last=100 + at) for at in range(4_000)]
    held = unpacked(FORMATS[key], found, tmp_path)
    done = rebuilt(held, copied(found[:1], tmp_path))
    assert done.stdout.startswith("4000 texts and 12000 quotes are in "), done.stderr
    whole = b"".join(FORMATS[key].write(found))
    assert (held.parent / "with-text" / held.name).read_bytes() == whole


def test_parquet_without_its_library_says_what_to_install(tmp_path: Path) -> None:
    held = unpacked(FORMATS["parquet"], [SAMPLE], tmp_path)
    failed = rebuilt(held, copied([SAMPLE], tmp_path), alone=True)
    assert failed.stderr == "spans.parquet needs pyarrow: pip install pyarrow\n"


@every_format
def test_what_it_loses_it_says(module: ModuleType) -> None:
    bare = module.WITHOUT_TEXT
    found = [RICH, article(LONG)]
    told = {each.lost for one in found for each in bare.losses(one)}
    assert bare.LOSES <= told <= bare.LOSES | bare.PARTLY
    assert module.LOSES | module.PARTLY | {Lost.TEXT} <= bare.LOSES | bare.PARTLY


def test_the_end_of_a_quote_that_would_run_is_said_to_be_changed() -> None:
    found = on(WORDS[:60] + "=" + "x" * 19, (0, 10), (0, 80), (1, 5))
    csv = FORMATS["csv"]
    assert Lost.CELL not in {each.lost for each in csv.losses(found)}
    changed = [each for each in csv.WITHOUT_TEXT.losses(found) if each.lost == Lost.CELL]
    assert [each.id for each in changed] == [CLAIM.id]


@every_format
def test_the_same_records_give_the_same_bytes_one_article_after_the_other(
    module: ModuleType,
) -> None:
    taken = 0

    def many() -> Iterator[Article]:
        nonlocal taken
        for last in range(10_000):
            taken += 1
            words = sha256(str(last).encode()).hexdigest()
            yield replace(SAMPLE, id=number(100 + last), title=words)

    pieces = module.WITHOUT_TEXT.write(many())
    first = b"".join(takewhile(lambda _piece: taken < 7_000, pieces))
    size = len(written(module, list(many())))
    assert size * 0.5 < len(first) < size * 0.9
    several = [RICH, on(LONG, (0, 60), (62, len(LONG)), (29, 33))]
    assert written(module, several) == written(module, list(several))


@pytest.mark.parametrize("key", ["jsonl", "json_array"])
def test_who_imports_it_as_it_is_learns_what_to_do(key: str, tmp_path: Path) -> None:
    held = unpacked(FORMATS[key], [SAMPLE], tmp_path)
    with held.open("rb") as source:
        (bad,) = catalogue(importers)[key].module.read(source, held.name)
    assert isinstance(bad, BadItem)
    assert bad.code == "text_left_out"
    assert "with rebuild.py" in bad.detail


def test_a_format_that_is_made_of_the_texts_is_refused() -> None:
    assert exporters.chosen("jsonl", with_text=False) is FORMATS["jsonl"].WITHOUT_TEXT
    with pytest.raises(Invalid, match="“brat” does not go without the texts: choose csv, csv_raw,"):
        exporters.chosen("brat", with_text=False)
