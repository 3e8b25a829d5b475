"""Licence of the texts, which are somebody else's as a rule."""

from __future__ import annotations

from . import Facts

FILE = "LICENSE-text"
MEDIA_TYPE = "text/plain"


def text(facts: Facts) -> str:
    """Return the licence as its manager named it; nothing where none was named."""
    named = facts.terms.licence_text
    return (
        f"The texts of {facts.name} {facts.version} are under this licence:\n\n{named}\n"
        if named
        else ""
    )
