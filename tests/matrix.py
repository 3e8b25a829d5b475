"""The table of what each format holds: `python -m tests.matrix` writes it into docs/formats.md anew.

It is made of what the formats say of themselves, so that nothing has to be kept by hand. The columns
behind the first two tell of the export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from labels import exporters, importers
from labels.catalogue import catalogue
from labels.vocabulary import Lost

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "formats.md"
HEAD = (
    "format",
    "in",
    "out",
    "parts",
    "overlap",
    "relations",
    "attributes",
    "offsets count",
    "whole",
    "without text",
)
HELD = (Lost.PARTS, Lost.OVERLAP, Lost.RELATION, Lost.ATTRIBUTES)
"""What a column each is for, in their order."""
COUNTED = {
    "": "as asked",
    "codepoint": "code points",
    "utf16": "UTF-16",
    "token": "words",
    "none": "none",
}
TABLE = re.compile(rf"^\| {HEAD[0]} \|.*\n(?:\|.*\n)+", re.MULTILINE)


def table() -> str:
    """Return the table in Markdown, a row for each format in the order of their names."""
    comes, goes = catalogue(importers), catalogue(exporters)
    rows = [[f"`{key}`", *_cells(key)] for key in sorted({*comes, *goes})]
    return "".join(
        f"|{line}|\n"
        for line in (
            f" {' | '.join(HEAD)} ",
            "|".join(["---"] * len(HEAD)),
            *(f" {' | '.join(row)} " for row in rows),
        )
    )


def _cells(key: str) -> Iterator[str]:
    yield _yes(key in catalogue(importers))
    yield _yes(key in catalogue(exporters))
    if key not in catalogue(exporters):
        yield from ["–"] * (len(HEAD) - len(("format", "in", "out")))
        return
    made = catalogue(exporters)[key].module
    lost = made.LOSES | made.PARTLY
    yield from ("partly" if each in made.PARTLY else _yes(each not in lost) for each in HELD)
    yield COUNTED[made.UNIT]
    yield _yes(not lost)
    yield _yes(key in exporters.bare())


def _yes(truth: object) -> str:
    return "yes" if truth else "no"


def main() -> None:
    """Put the table in the place of the one that is there."""
    GUIDE.write_text(TABLE.sub(lambda _there: table(), GUIDE.read_text()))


if __name__ == "__main__":
    main()
