"""What is served is what is written, but for comments and for what is in one file."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from annotator.joining import EXPORT, IMPORT, joined
from annotator.static import COMMENT, ENTRANCE, PARTS, WITHIN, lifted, without_comments

STATIC = Path(__file__).parents[2] / "labels/static/labels"
FILES = sorted([*STATIC.rglob("*.js"), *STATIC.rglob("*.css")])
MODULES = [path for path in FILES if path.suffix == ".js" and path.name != ENTRANCE]


def _name(path: Path) -> str:
    return str(path.relative_to(STATIC.parent))


def _folder(path: Path) -> str:
    """Return the folder with whose modules one is served."""
    folder = str(PurePosixPath(_name(path)).parent)
    return PARTS.get(folder, folder)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_string_holds_what_looks_like_a_comment(path: Path) -> None:
    """A comment inside a template literal would be lost words."""
    source = path.read_bytes()
    for comment in COMMENT.finditer(source):
        before = COMMENT.sub(b"", source[: comment.start()])
        assert before.count(b"`") % 2 == 0, comment.group()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_string_holds_what_looks_like_a_type(path: Path) -> None:
    for line in COMMENT.sub(b"", path.read_bytes()).splitlines():
        for comment in WITHIN.finditer(line):
            before = WITHIN.sub(b"", line[: comment.start()])
            assert {before.count(each) % 2 for each in (b"`", b'"', b"'")} == {0}, line


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_string_runs_over_lines(path: Path) -> None:
    """What a line begins with is left out of what is served: in a string it would be lost words."""
    for line in without_comments(path.read_bytes()).decode().splitlines():
        assert line.count("`") % 2 == 0, line


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_string_holds_what_looks_like_an_import_or_export(path: Path) -> None:
    source = without_comments(path.read_bytes()).decode()
    for pattern in (IMPORT, EXPORT):
        for found in pattern.finditer(source):
            assert source[: found.start()].count("`") % 2 == 0, found.group()


@pytest.mark.parametrize("folder", sorted(set(map(_folder, MODULES))))
def test_the_modules_of_a_folder_can_be_joined(folder: str) -> None:
    """What joining refuses, a start would stop at: it is found here first."""
    texts = {
        path.stem: lifted(_name(path), without_comments(path.read_bytes()).decode())
        for path in MODULES
        if _folder(path) == folder
    }
    assert joined(texts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(STATIC)))
def test_a_module_served_a_folder_higher_names_no_other_on_demand(path: Path) -> None:
    if str(PurePosixPath(_name(path)).parent) in PARTS:
        assert "import(" not in without_comments(path.read_bytes()).decode()


def test_comments_go_and_code_stays() -> None:
    source = b"/**\n * What it is.\n */\nlet a = 1; // why\n\t// more\n\t/** @type {x} */\n\tb(); /* c */\n"
    assert without_comments(source) == b"let a = 1; // why\n\tb(); /* c */\n"
    cast = b"\te(/** @type {x} */ (c).d());\n}\n/** Next. */\n"
    assert without_comments(cast) == b"\te((c).d());\n}\n"
    assert without_comments(b'const url = "https://x";\n') == b'const url = "https://x";\n'
