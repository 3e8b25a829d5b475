"""The files of the house, as the tests of the house read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("annotator", "labels", "tests", "bench", "client")
STATIC = ROOT / "labels" / "static" / "labels"
TEMPLATES = ROOT / "labels" / "templates"


def python(*folders: str) -> list[Path]:
    """Return the modules of folders, without what Django writes."""
    files = (file for folder in folders or CODE for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in files if "migrations" not in file.parts)


@cache
def tree(file: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(file.read_text())


def name(file: Path) -> str:
    """Return how a complaint names a file."""
    return str(file.relative_to(ROOT))
