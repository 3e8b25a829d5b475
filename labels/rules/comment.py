"""Whom a comment names: `@ana` and the like, pure."""

from __future__ import annotations

import re

NAMED = re.compile(r"(?<![\w@.+-])@(\w[\w.@+-]{0,149})")
MOST = 20
"""Names of one comment that count."""


def names(said: str) -> list[str]:
    """Return the user names that a text may name, in order: a full stop behind one may or may not be its own."""
    found: dict[str, None] = {}
    for each in NAMED.findall(said)[:MOST]:
        found[each] = None
        found[each.rstrip(".@+-")] = None
    return [each for each in found if each]
