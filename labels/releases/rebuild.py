"""Rebuild: a program that puts one's own copies of the texts into a release that goes without them."""

from __future__ import annotations

from pathlib import Path

from . import Facts

FILE = "rebuild.py"
MEDIA_TYPE = "text/x-python"


def text(facts: Facts) -> str:
    """Return the program, which needs nothing but Python; nothing where the texts are in the release."""
    if facts.terms.with_text:
        return ""
    return Path(__file__).with_name("_rebuilding.py").read_text(encoding="utf-8")
