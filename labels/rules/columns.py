"""What somebody says about the columns of a table: `Body=text, Head=title`, the column first, then what it is."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Invalid
from ..text.metadata import LENGTHS
from ..words import say

FIELDS = ("text", *LENGTHS)
"""What a column can be."""
LONGEST = 2000
"""Characters of the whole."""


def read(said: str) -> Mapping[str, str]:
    """Return the field of each column by the column's name. Raises `Invalid`."""
    found: dict[str, str] = {}
    parts = said[: LONGEST + 1].replace("\n", ",").split(",")
    for part in filter(str.strip, parts):
        # A column's own name may have an equals sign in it; a field's has none.
        name, sign, field = (each.strip() for each in part.rpartition("="))
        if not sign or not name or field not in FIELDS or len(said) > LONGEST:
            sentence = say(
                "Columns are written as Body=text, Head=title. A column can be: {fields}.",
                fields=", ".join(FIELDS),
            )
            raise Invalid(sentence, errors=[{"field": "columns", "message": sentence}])
        found[name] = field
    return found
