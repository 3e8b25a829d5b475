"""Scheme: the label scheme, in every version that an annotation set of the release follows."""

from __future__ import annotations

import orjson

from . import Facts

FILE = "scheme.json"
MEDIA_TYPE = "application/json"


def text(facts: Facts) -> str:
    """Return the versions by their numbers, the newest as `current`."""
    versions = {str(number): definition for number, definition in sorted(facts.schemes.items())}
    whole = {"current": max(facts.schemes, default=None), "versions": versions}
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    return orjson.dumps(whole, option=options).decode() + "\n"
