"""Turns a folder into the list of what is in it, as Django finds management commands.

A format, a suggester or a measure is one file: the file's name is its key, and its docstring is the
line in the menu, the help below it and the sample. Nothing is listed anywhere else. The docstring
is read from the source, so that showing a menu imports none of them; a name with a leading
underscore is no entry. `NEEDS = "library"` names what a module imports on use and what not every
installation has.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from textwrap import dedent
from types import ModuleType

_SAMPLE = "Sample:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a folder. `sample` is what a file of the format looks like, ready to be read."""

    key: str
    title: str
    help: str
    sample: str
    name: str
    """The module's full name."""
    needs: str = ""
    """The library that it cannot work without; empty where it needs none of its own."""

    @property
    def module(self) -> ModuleType:
        """The module itself, imported when it is first asked for."""
        return import_module(self.name)

    @property
    def missing(self) -> str:
        """The library that it needs and that is not installed; empty where nothing is missing."""
        return self.needs if self.needs and find_spec(self.needs) is None else ""


def catalogue(package: ModuleType) -> dict[str, Entry]:
    """List a package's modules by key, in the order of their names."""
    return dict(_entries(package.__name__, tuple(package.__path__)))


@cache
def _entries(package: str, folders: tuple[str, ...]) -> tuple[tuple[str, Entry], ...]:
    keys = sorted(info.name for info in iter_modules(folders) if not info.name.startswith("_"))
    return tuple((key, _entry(key, f"{package}.{key}")) for key in keys)


def _entry(key: str, name: str) -> Entry:
    spec = find_spec(name)
    source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
    tree = ast.parse(source)
    # Not cleaned: that would make blanks of a sample's tabs.
    written = ast.get_docstring(tree, clean=False) or key
    title, _, rest = written.partition("\n")
    text, _, sample = rest.partition(f"\n{_SAMPLE}\n")
    # The line in the menu is read as plain words.
    line = title.strip().removesuffix(".").replace("`", "")
    return Entry(key, line, text.strip(), _block(sample), name, _needs(tree))


def _needs(tree: ast.Module) -> str:
    for each in tree.body:
        match each:
            case ast.Assign(targets=[ast.Name(id="NEEDS")], value=ast.Constant(value=str(library))):
                return library
    return ""


def _block(sample: str) -> str:
    """Return the block after "Sample:" without its indent, with one newline at its end."""
    lines = [line for line in sample.split("\n") if not line or line.startswith("    ")]
    block = dedent("\n".join(lines)).strip("\n")
    return f"{block}\n" if block else ""
