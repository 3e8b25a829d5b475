"""Put your own copies of the texts in: `python3 rebuild.py FOLDER [OUTPUT]`.

FOLDER holds one article a file. Each is found by the SHA-256 of its canonical text: UTF-8 without a
byte-order mark, CRLF and CR made LF, nothing else changed. Every quote is checked. Nothing is written unless
all is well.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

FILES = ("articles.jsonl", "annotations.jsonl", "gold.jsonl", "dataset.jsonl")
"""Those that have texts or quotes, as far as they are here; the first that is here names the articles."""
STANDING = frozenset({"quote_sha256", "quote_start", "quote_end"})
"""What stands for a quote."""
FREE = frozenset({"attributes", "extra"})
"""What people may have filled with whatever they like."""


def main(arguments: list[str]) -> str:
    """Rebuild, and return a sentence about what was done. Raises `SystemExit` with what is wrong."""
    if len(arguments) not in {1, 2}:
        raise SystemExit("Say where the texts are: python3 rebuild.py FOLDER [OUTPUT]")
    here = Path(__file__).parent
    target = Path(arguments[1]) if len(arguments) > 1 else here / "with-text"
    texts = dict(_texts(Path(arguments[0])))
    names = [name for name in FILES if (here / name).exists()]
    articles = [_article(each) for each in _lines(here / names[0])]
    missing = [each for each in articles if each["text_sha256"] not in texts]
    if missing:
        named = "\n".join(
            f"  {each['title'] or each['id']} {each['url']}".rstrip() for each in missing[:20]
        )
        raise SystemExit(f"{len(missing)} of {len(articles)} texts are not in the folder:\n{named}")
    found = {each["id"]: texts[each["text_sha256"]] for each in articles}
    target.mkdir(parents=True, exist_ok=True)
    parts = [target / f"{name}.part" for name in names]
    try:
        quotes = [_rebuilt(here / part.stem, part, found) for part in parts]
        for part in parts:
            part.replace(target / part.stem)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return f"{len(articles)} texts and {sum(quotes)} quotes are in {target}."


def _rebuilt(source: Path, target: Path, texts: dict[str, str]) -> int:
    """Write a file with texts and quotes, and return how many quotes were checked."""
    checked = 0
    with target.open("w", encoding="utf-8", newline="\n") as output:
        for row in _lines(source):
            text = texts[_article(row)["id"]]
            if isinstance(row.get("article"), dict):
                row["article"] = row["article"] | {"text": text}
            elif "article" not in row:
                row["text"] = text
            checked += _quote(row, text)
            output.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return checked


def _article(row: dict[str, Any]) -> dict[str, Any]:
    """Return the article that a row tells of, or by its id that of a span's."""
    named = row.get("article", row)
    return named if isinstance(named, dict) else {"id": named}


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            try:
                text = file.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                continue
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            yield sha256(text.encode()).hexdigest(), text


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _quote(value: Any, text: str) -> int:
    """Put the quotes in, wherever they stand, and return how many. Raises `SystemExit` where one is wrong."""
    if isinstance(value, list):
        return sum(_quote(each, text) for each in value)
    if not isinstance(value, dict):
        return 0
    if "quote_sha256" not in value:
        return sum(_quote(each, text) for name, each in value.items() if name not in FREE)
    quote = text[value["start"] : value["end"]]
    if sha256(quote.encode()).hexdigest() != value["quote_sha256"]:
        place = f"{value['start']} to {value['end']}"
        raise SystemExit(f"“{quote}”, {place} of a text, is not what was labelled.")
    value["quote"] = quote
    for name in STANDING:
        value.pop(name, None)
    return 1


if __name__ == "__main__":
    print(main(sys.argv[1:]))  # noqa: T201 - a program prints
