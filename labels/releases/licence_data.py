"""Licence of the labels."""

from __future__ import annotations

from . import Facts

FILE = "LICENSE-data"
MEDIA_TYPE = "text/plain"


def text(facts: Facts) -> str:
    """Return the licence as its manager named it; nothing where none was named."""
    named = facts.terms.licence_labels
    return (
        f"The labels of {facts.name} {facts.version} are under this licence:\n\n{named}\n"
        if named
        else ""
    )
