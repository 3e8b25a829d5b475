"""The catalogue: what is in a folder, read from the docstrings without importing anything."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from types import ModuleType

import pytest

from labels import exporters, importers
from labels.catalogue import catalogue

from . import matrix

FILES = {
    "__init__.py": '"""The room."""\n',
    "beta.py": (
        '"""Beta: the second.\n\nHelp, in two lines,\nof one paragraph.\n\nMore help.\n\n'
        'Sample:\n\n    one\n\n      two\n"""\nimport sys\n'
    ),
    "alpha.py": 'r"""Alpha\n\nNo sample, but a \\n backslash.\n"""\n',
    "bare.py": "x = 1\n",
    "_hidden.py": '"""Not a format."""\n',
}


@pytest.fixture
def room(tmp_path, monkeypatch) -> ModuleType:
    """Return a package with some files."""
    folder = tmp_path / "room_of_formats"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        monkeypatch.delitem(sys.modules, name)  # the folder of another test
    return import_module(folder.name)


def test_a_file_is_an_entry_unless_it_is_hidden(room):
    assert list(catalogue(room)) == ["alpha", "bare", "beta"]


def test_the_docstring_is_menu_help_and_sample(room):
    beta = catalogue(room)["beta"]
    assert beta.key == "beta"
    assert beta.title == "Beta: the second"
    assert beta.help == "Help, in two lines,\nof one paragraph.\n\nMore help."
    assert beta.sample == "one\n\n  two\n"


def test_what_is_not_written_is_empty(room):
    found = catalogue(room)
    assert (found["alpha"].sample, found["alpha"].help) == ("", "No sample, but a \\n backslash.")
    assert (found["bare"].title, found["bare"].help, found["bare"].sample) == ("bare", "", "")


def test_nothing_is_imported_before_it_is_asked_for(room):
    beta = catalogue(room)["beta"]
    assert "room_of_formats.beta" not in sys.modules
    assert beta.module.__name__ == "room_of_formats.beta"
    assert "room_of_formats.beta" in sys.modules


def test_the_formats_of_today():
    assert {"brat", "jsonl", "text"} <= set(catalogue(importers))
    assert {"csv", "jsonl"} <= set(catalogue(exporters))


def test_the_guide_says_what_each_format_holds():
    assert matrix.TABLE.findall(matrix.GUIDE.read_text()) == [matrix.table()]


def test_the_matrix_has_a_row_for_each_format():
    cells = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", matrix.table(), re.MULTILINE))
    assert set(cells) == {*catalogue(importers), *catalogue(exporters)}
    assert cells["jsonl"] == "yes | yes | yes | yes | yes | yes | as asked | yes | yes"
    assert cells["conll2002"] == "yes | yes | no | partly | no | no | words | no | no"
    assert cells["xlsx"] == "yes | no | – | – | – | – | – | – | –"
