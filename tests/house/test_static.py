"""What is served is what is written, but for comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.static import COMMENT, without_comments

STATIC = Path(__file__).parents[2] / "labels/static/labels"
FILES = sorted([*STATIC.rglob("*.js"), *STATIC.rglob("*.css")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_string_holds_what_looks_like_a_comment(path: Path) -> None:
    """A template literal may run over lines; a comment inside one would be lost words."""
    source = path.read_bytes()
    for comment in COMMENT.finditer(source):
        before = COMMENT.sub(b"", source[: comment.start()])
        assert before.count(b"`") % 2 == 0, comment.group()


def test_comments_go_and_code_stays() -> None:
    source = b"/**\n * What it is.\n */\nlet a = 1; // why\n\t// more\n\t/** @type {x} */\n\tb(); /* c */\n"
    assert without_comments(source) == b"let a = 1; // why\n\tb(); /* c */\n"
    cast = b"\t/** @type {x} */ (c).d();\n}\n/** Next. */\n"
    assert without_comments(cast) == b"\t/** @type {x} */ (c).d();\n}\n"
    assert without_comments(b'const url = "https://x";\n') == b'const url = "https://x";\n'
