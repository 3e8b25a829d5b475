"""Keys of one's own: which command of the label page has which key.

The page knows its commands and falls back to its own key where one names nothing; what is kept here is only sound
in itself. A key is written as the page writes it: `c`, `Shift+Enter`, `Mod+z`, `F6`.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import Invalid
from ..words import say

MOST = 200
COMMAND = re.compile(r"^[A-Za-z][\w .-]{0,150}$")
KEY = re.compile(r"^(?:(?:Mod|Alt|Shift)\+){0,3}(?:\S|[A-Z]\w{1,20})$")
FIXED = {"Escape", "Tab", "Shift+Tab"}
"""Ways out that everybody needs: no command takes them away."""


def check(raw: Any) -> dict[str, str]:
    """Return keys by command, or raise `Invalid` naming the command that cannot have its key."""
    if not isinstance(raw, dict) or len(raw) > MOST:
        raise _invalid(
            "keys", say("Send an object of commands and keys, {most} at most.", most=MOST)
        )
    taken: dict[str, str] = {}
    for command, key in raw.items():
        if not COMMAND.match(command):
            raise _invalid(
                "keys", say("“{command}” is not the name of a command.", command=command[:50])
            )
        if not isinstance(key, str) or not KEY.match(key):
            raise _invalid(f"keys.{command}", say("Send a key such as “c”, “Shift+Enter” or “F6”."))
        if key in FIXED:
            raise _invalid(
                f"keys.{command}", say("{key} leads out of things: choose another key.", key=key)
            )
        if key in taken:
            raise _invalid(
                f"keys.{command}",
                say("{key} is the key of “{taken}” already.", key=key, taken=taken[key]),
            )
        taken[key] = command
    return dict(raw)


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(
        f"{field}: {message}", errors=[{"field": field, "code": "invalid", "message": message}]
    )
