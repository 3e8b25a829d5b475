"""Put your own copies of the texts in: `python3 rebuild.py FOLDER [OUTPUT]`.

FOLDER holds one article a file. Each is found by the SHA-256 of its canonical text: UTF-8 without a
byte-order mark, CRLF and CR made LF, nothing else changed. Every quote is checked. Nothing is written unless
all is well. It takes nothing but Python, and for Parquet pyarrow, of the version that wrote the file if every
byte is to be as it was.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

Row = dict[str, Any]
Fill = Callable[[Row], Row]

FILES = (
    *("articles.jsonl", "annotations.jsonl", "gold.jsonl"),
    *("dataset.jsonl", "dataset.json", "dataset.jsonld"),
    *("spans.csv", "spans.tsv", "spans.parquet"),
)
"""Those that have texts or quotes, as far as they are here; what names articles by their ids alone comes last."""
STANDING = ("quote_sha256", "quote_start", "quote_end")
"""What stands for a quote."""
FREE = frozenset({"attributes", "extra"})
"""What people may have filled with whatever they like."""
ITEM = re.compile(r"(\{.*\})(,?\n)")
"""A line that is one object, alone or in an array."""
NUMBER = re.compile(r'"\\u0000([^"]+)"')
NAMED = 20
"""How many of the texts that are missing are named."""


class Copies:
    """The texts of a folder, what is asked for of them, and what was not there."""

    def __init__(self, folder: Path) -> None:
        self.files = {_digest(text): file for file, text in _texts(folder)}
        self.articles: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        self.quotes = 0

    def fill(self, row: Row) -> Row:
        """Return a row with its text and its quotes. Raises `SystemExit` where a quote is wrong."""
        article = _article(row)
        if article is None:
            return row
        digest = article.get("text_sha256") or article.get("sha256") or ""
        digest = self.articles.setdefault(article["id"], digest)
        if digest not in self.files:
            told = (article.get("title") or article["id"], article.get("url") or "")
            self.missing[article["id"]] = " ".join(told).rstrip()
            return row
        text = _text(self.files[digest])
        if "target" in row:
            self._annotation(row, text)
            return row
        if article is row:
            row["text"] = text
        elif isinstance(row.get("article"), dict):
            article["text"] = text
        self._quotes(row, text)
        return row

    def _quotes(self, value: Any, text: str) -> None:
        """Put the quotes in, wherever they stand."""
        if isinstance(value, list):
            for each in value:
                self._quotes(each, text)
        elif isinstance(value, dict) and STANDING[0] in value:
            value["quote"] = _shown(self._checked(value, value[STANDING[0]], text), value)
            for name in STANDING:
                value.pop(name, None)
        elif isinstance(value, dict):
            for name, each in value.items():
                if name not in FREE:
                    self._quotes(each, text)

    def _annotation(self, row: Row, text: str) -> None:
        """Fill a Web Annotation: one that gives the text, or that of a span."""
        if row["motivation"] == "describing":
            kept = {
                name: row["body"][name] for name in ("format", "language") if name in row["body"]
            }
            row["body"] = {"type": "TextualBody", "purpose": "describing", **kept, "value": text}
            return
        for target in row["target"]:
            (place,) = target["selector"]
            target["selector"] = self._selected(place, text)

    def _selected(self, place: Row, text: str) -> list[Row]:
        """Return a place of a Web Annotation with the quote and what stands around it."""
        exact = self._checked(place, place.pop("sha256"), text)
        prefix = text[place.pop("galley:from") : place["start"]]
        suffix = text[place["end"] : place.pop("galley:to")]
        quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
        return [quote, place]

    def _checked(self, place: Row, digest: str, text: str) -> str:
        quote = text[int(place["start"]) : int(place["end"])]
        if _digest(quote) != digest:
            where = f"{place['start']} to {place['end']}"
            raise SystemExit(f"“{quote}”, {where} of a text, is not what was labelled.")
        self.quotes += 1
        return quote


def main(arguments: list[str]) -> str:
    """Rebuild, and return a sentence about what was done. Raises `SystemExit` with what is wrong."""
    if len(arguments) not in {1, 2}:
        raise SystemExit("Say where the texts are: python3 rebuild.py FOLDER [OUTPUT]")
    here = Path(__file__).resolve().parent
    target = Path(arguments[1]) if len(arguments) > 1 else here / "with-text"
    copies = Copies(Path(arguments[0]))
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f"{target.name}.") as folder:
        made = [Path(folder, name) for name in FILES if (here / name).exists()]
        for each in made:
            KINDS[each.suffix](here / each.name, each, copies.fill)
        if copies.missing:
            count = f"{len(copies.missing)} of {len(copies.articles)}"
            named = "".join(f"\n  {each}" for each in [*copies.missing.values()][:NAMED])
            raise SystemExit(f"{count} texts are not in the folder:{named}")
        target.mkdir(exist_ok=True)
        for each in made:
            each.replace(target / each.name)
    return f"{len(copies.articles)} texts and {copies.quotes} quotes are in {target}."


def _lines(source: Path, target: Path, fill: Fill) -> None:
    """Fill the objects of JSON, one a line; other lines, and numbers, stay as they are written."""
    with _opened(source) as lines, _opened(target, "w") as output:
        for line in lines:
            found = ITEM.fullmatch(line)
            if found is None:
                output.write(line)
                continue
            row = json.loads(found[1], parse_float="\0{}".format)
            written = json.dumps(fill(row), ensure_ascii=False, separators=(",", ":"))
            output.write(NUMBER.sub(r"\1", written) + found[2])


def _table(source: Path, target: Path, fill: Fill) -> None:
    """Fill the rows of CSV or TSV."""
    csv.field_size_limit(2**31 - 1)
    delimiter = "\t" if source.suffix == ".tsv" else ","
    with _opened(source) as lines, _opened(target, "w") as output:
        rows = csv.DictReader(lines, delimiter=delimiter)
        names = [each for each in rows.fieldnames or () if each not in STANDING]
        writer = csv.writer(Ended(output), delimiter=delimiter, lineterminator=Ended.END)
        writer.writerow(names)
        for row in rows:
            filled = fill(row)
            writer.writerow([filled[each] for each in names])


class Ended:
    """Lines that end in LF. Written with CRLF, for only then does a cell that has a CR get quotation marks."""

    END = "\r\n"

    def __init__(self, output: TextIO) -> None:
        self.output = output

    def write(self, line: str) -> None:
        """Write a row."""
        self.output.write(line[: -len(self.END)] + "\n")


def _groups(source: Path, target: Path, fill: Fill) -> None:
    """Fill the rows of Parquet, in the groups that they stand in."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - most have no Parquet to fill
        from pyarrow import parquet  # noqa: PLC0415 - as above
    except ImportError:
        raise SystemExit(f"{source.name} needs pyarrow: pip install pyarrow") from None
    with parquet.ParquetFile(source) as held:
        schema = pa.schema([each for each in held.schema_arrow if each.name not in STANDING])
        with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            for number in range(held.num_row_groups):
                rows = [fill(each) for each in held.read_row_group(number).to_pylist()]
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))


KINDS = {
    **dict.fromkeys((".jsonl", ".json", ".jsonld"), _lines),
    **dict.fromkeys((".csv", ".tsv"), _table),
    ".parquet": _groups,
}
"""What fills a file, by its suffix."""


def _article(row: Row) -> Row | None:
    """Return what a row says of its article: all of it, or the id; None for a link of a Web Annotation."""
    if "article_id" in row:
        return row | {"id": row["article_id"]}
    if "target" not in row:
        named = row.get("article", row)
        return named if isinstance(named, dict) else {"id": named}
    first = row["target"][0] if isinstance(row["target"], list) else row["target"]
    return first.get("source", first) if isinstance(first, dict) else None


def _shown(quote: str, bare: Row) -> str:
    """Return a quote as its cell has it: behind an apostrophe, where a spreadsheet would run it."""
    start = bare.get("quote") or bare.get("quote_start") or ""
    return f"'{quote}" if start[:1] == "'" != quote[:1] else quote


def _opened(file: Path, mode: str = "r") -> Any:
    """Open a text whose ends of lines stay as they are."""
    return file.open(mode, encoding="utf-8", newline="")


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            try:
                yield file, _text(file)
            except UnicodeDecodeError:
                continue


@lru_cache(maxsize=1)
def _text(file: Path) -> str:
    text = file.read_bytes().decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    print(main(sys.argv[1:]))  # noqa: T201 - a program prints
