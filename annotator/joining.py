"""Joins the modules of a folder into one: sixty small files are sixty requests, and pack worse than one.

Each module becomes a function that is called once and returns what the module exports, so that it keeps a scope of
its own. What it exports has its own name between the functions, where those that import it find it: so no name may
be exported or imported in two meanings, nor be one that browsers have for something of theirs. All forms of import
and export that our code does not use are refused: what is joined does what the modules do, or is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

IMPORT = re.compile(
    r'^import \{\s*(\w+(?:,\s*\w+)*),?\s*\} from "((?:\./|(?:\.\./)+)(?:\w+/)*\w+)\.js";\n',
    re.MULTILINE,
)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b(?!\().*|.*\bimport\.meta\b.*", re.MULTILINE)
HERE = "./"


class JoiningError(ValueError):
    """A sentence about what is in the way; the plain modules work all the same."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module taken apart."""

    name: str
    imports: dict[str, list[str]]
    """Names by the path they come from, without suffix."""
    exports: list[str]
    body: str

    @property
    def needs(self) -> set[str]:
        """Return the modules of the folder that it imports from."""
        return {path.removeprefix(HERE) for path in self.imports if path.startswith(HERE)}


def joined(modules: Mapping[str, str]) -> str:
    """Return the text of one module for those of a folder, given without comments by name without suffix."""
    taken = {name: _taken_apart(name, text) for name, text in modules.items()}
    _check(taken)
    order = [taken[name] for name in _order(taken)]
    return "".join([*_imports(order), *map(_function, order), _exports(order)])


def _taken_apart(name: str, text: str) -> Module:
    imports: dict[str, list[str]] = {}
    for names, path in IMPORT.findall(text):
        imports.setdefault(path, []).extend(re.findall(r"\w+", names))
    body = EXPORT.sub("", IMPORT.sub("", text))
    if other := OTHER.search(body):
        raise JoiningError(f"{name}.js cannot be joined with others: {other[0].strip()}")
    return Module(name, imports, EXPORT.findall(text), body)


def _check(modules: Mapping[str, Module]) -> None:
    """Refuse an import of what is not there, and a name with two meanings."""
    whose: dict[str, str] = {}
    for module in modules.values():
        for name in module.exports:
            if other := whose.get(name):
                raise JoiningError(f"{other}.js and {module.name}.js both export {name}.")
            whose[name] = module.name
    for module in modules.values():
        for path, names in module.imports.items():
            for name in names:
                source = path.removeprefix(HERE)
                if path.startswith(HERE) and whose.get(name) != source:
                    raise JoiningError(f"{module.name}.js imports {name}: {path}.js has none.")
                if whose.setdefault(name, source) != source:
                    raise JoiningError(
                        f"{module.name}.js imports {name} of {path}.js: {whose[name]}.js has another."
                    )


def _order(modules: Mapping[str, Module]) -> Iterable[str]:
    """Return the names so that each module stands behind those it imports from."""
    try:
        return tuple(
            TopologicalSorter({each.name: each.needs for each in modules.values()}).static_order()
        )
    except CycleError as fault:
        raise JoiningError(f"Modules import each other: {', '.join(fault.args[1])}.") from None


def _imports(modules: Iterable[Module]) -> Iterable[str]:
    """Yield imports from other folders, each once."""
    found: dict[str, set[str]] = {}
    for module in modules:
        for path, names in module.imports.items():
            if not path.startswith(HERE):
                found.setdefault(path, set()).update(names)
    for path, outside in found.items():
        yield f'import {{ {", ".join(sorted(outside))} }} from "{path}.js";\n'


def _function(module: Module) -> str:
    names = ", ".join(module.exports)
    return f"const {{ {names} }} = (() => {{\n{module.body}return {{ {names} }};\n}})();\n"


def _exports(modules: Iterable[Module]) -> str:
    names = ", ".join(name for module in modules for name in module.exports)
    return f"export {{ {names} }};\n"
