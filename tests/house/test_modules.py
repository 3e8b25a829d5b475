"""How long things are, what they are called, and that each room says what it is for."""

from __future__ import annotations

import ast
from pathlib import Path

from . import source

MODULE, CANVAS, FUNCTION = 400, 200, 60
PROGRAM = source.python("annotator", "labels", "bench")
EMPTY = {"utils", "util", "helpers", "helper", "common", "functions", "misc", "managers"}
"""Names that say nothing about what is inside."""
PEOPLE = {"LastManager"}
"""Classes that are called after a manager of a project."""


def test_modules_are_short_and_functions_fit_on_a_screen() -> None:
    modules = {source.name(file): len(file.read_text().splitlines()) for file in source.python()}
    assert {name: length for name, length in modules.items() if length > MODULE} == {}
    functions = {
        f"{source.name(file)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for file in source.python()
        for node in ast.walk(source.tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in functions.items() if length > FUNCTION} == {}


def test_modules_of_the_client_have_one_job() -> None:
    modules = {
        source.name(file): len(file.read_text().splitlines())
        for file in source.STATIC.rglob("*.js")
    }
    assert {name: length for name, length in modules.items() if length > CANVAS} == {}


def test_modules_say_what_they_are_for() -> None:
    silent = [source.name(file) for file in PROGRAM if not ast.get_docstring(source.tree(file))]
    assert silent == []


def test_names_say_something() -> None:
    files = [file for file in PROGRAM if {*file.relative_to(source.ROOT).parts, file.stem} & EMPTY]
    assert files == []
    classes = [
        node.name
        for file in PROGRAM
        for node in ast.walk(source.tree(file))
        if isinstance(node, ast.ClassDef) and node.name not in PEOPLE
    ]
    assert [each for each in classes if each.endswith(("Manager", "Helper", "Util"))] == []


def test_tests_mirror_the_rooms() -> None:
    rooms = {each.name for each in (source.ROOT / "labels").iterdir() if each.is_dir()}
    beside = {
        "annotator",
        "bench",
        "browser",
        "canvas",
        "client",
        "house",
        "vectors",
        "__pycache__",
    }
    folders = {each.name for each in (source.ROOT / "tests").iterdir() if each.is_dir()}
    assert folders - rooms - beside == set()


def test_vectors_are_run_by_both_languages() -> None:
    tests = source.ROOT / "tests"
    for vectors in (tests / "vectors").iterdir():
        users = {
            each.suffix
            for each in [*tests.rglob("*.py"), *(tests / "canvas").rglob("*.js")]
            if each != Path(__file__) and vectors.name in each.read_text()
        }
        assert users == {".py", ".js"}, vectors.name
