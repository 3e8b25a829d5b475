"""Agreement: how far the annotators agree, by every measure, with intervals and what was compared."""

from __future__ import annotations

import orjson

from . import Facts

FILE = "agreement.json"
MEDIA_TYPE = "application/json"


def text(facts: Facts) -> str:
    """Return the figures; nothing where there is nobody to agree with."""
    if not facts.agreement:
        return ""
    whole = {"results": facts.agreement}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode() + "\n"
