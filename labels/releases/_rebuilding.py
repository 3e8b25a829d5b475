"""Put your own copies of the texts into this release: `python3 rebuild.py FOLDER [OUTPUT]`.

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

UNITS = ("annotations.jsonl", "gold.jsonl")


def main(arguments: list[str]) -> str:
    """Rebuild, and return a sentence about what was done. Raises `SystemExit` with what is wrong."""
    if len(arguments) not in {1, 2}:
        raise SystemExit("Say where the texts are: python3 rebuild.py FOLDER [OUTPUT]")
    here = Path(__file__).parent
    target = Path(arguments[1]) if len(arguments) > 1 else here / "with-text"
    texts = dict(_texts(Path(arguments[0])))
    articles = list(_lines(here / "articles.jsonl"))
    missing = [each for each in articles if each["text_sha256"] not in texts]
    if missing:
        named = "\n".join(
            f"  {each['title'] or each['id']} {each['url']}".rstrip() for each in missing[:20]
        )
        raise SystemExit(f"{len(missing)} of {len(articles)} texts are not in the folder:\n{named}")
    found = {each["id"]: texts[each["text_sha256"]] for each in articles}
    files = {"articles.jsonl": [each | {"text": found[each["id"]]} for each in articles]}
    for name in UNITS:
        files[name] = [_quoted(each, found[each["article"]]) for each in _lines(here / name)]
    target.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
        (target / name).write_text("".join(lines), encoding="utf-8", newline="\n")
    units = sum(len(files[name]) for name in UNITS)
    return f"{len(articles)} texts and the quotes of {units} spans are in {target}."


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


def _quoted(unit: dict[str, Any], text: str) -> dict[str, Any]:
    """Put the quotes in. Raises `SystemExit` where one is not what was labelled."""
    fragments = []
    for each in unit["fragments"]:
        quote = text[each["start"] : each["end"]]
        if sha256(quote.encode()).hexdigest() != each["quote_sha256"]:
            raise SystemExit(f"Span {unit['id']}: “{quote}” is not what was labelled.")
        fragments.append({"start": each["start"], "end": each["end"], "quote": quote})
    return unit | {"fragments": fragments}


if __name__ == "__main__":
    print(main(sys.argv[1:]))  # noqa: T201 - a program prints
