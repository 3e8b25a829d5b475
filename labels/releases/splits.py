"""Splits: which article is in which split, how that was drawn, and what proves that nothing leaks."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson

from ..vocabulary import Split
from . import Facts

FILE = "splits.json"
MEDIA_TYPE = "application/json"


def text(facts: Facts) -> str:
    """Return the splits as lists of article ids; nothing where the release has none."""
    if not facts.splits.of:
        return ""
    whole: dict[str, Any] = {
        "method": facts.terms.split,
        "seed": facts.terms.seed,
        "shares": dict(zip(Split.values, facts.terms.shares, strict=True)),
        "proof": proof(facts),
        "near_duplicates": facts.splits.groups,
    }
    whole |= {
        name: [each for each, of in facts.splits.of.items() if of == name] for name in Split.values
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode() + "\n"


def proof(facts: Facts) -> dict[str, Any]:
    """Count what would be a leak, from the lists themselves."""
    of = facts.splits.of
    across = [group for group in facts.splits.groups if len({of[each] for each in group}) > 1]
    return {
        "articles": dict(sorted(Counter(of.values()).items())),
        "groups_of_near_duplicates": len(facts.splits.groups),
        "groups_in_two_splits": len(across),
        "dates": facts.splits.dates,
        "articles_without_a_date": facts.splits.undated,
    }
