"""Rebuild: a program that puts one's own copies of the texts into a release that goes without them."""

from __future__ import annotations

from ..exporters import program
from . import Facts

FILE = "rebuild.py"
MEDIA_TYPE = "text/x-python"


def text(facts: Facts) -> str:
    """Return the program, which needs nothing but Python; nothing where the texts are in the release."""
    if facts.terms.with_text:
        return ""
    return program()
