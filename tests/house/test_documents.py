"""What the documents tell one to type works, and what they point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from . import source

DOCUMENTS = [
    source.ROOT / "README.md",
    source.ROOT / "client" / "README.md",
    *sorted((source.ROOT / "docs").rglob("*.md")),
]
MAKEFILE = (source.ROOT / "Makefile").read_text()
LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK|lorem ipsum)\b|/(?:root|home)/\w|console\.log\(")


def test_there_is_a_readme() -> None:
    assert "make run" in (source.ROOT / "README.md").read_text()


@pytest.mark.parametrize("file", [each for each in DOCUMENTS if each.exists()], ids=source.name)
def test_commands_exist(file: Path) -> None:
    text = file.read_text()
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    targets = re.findall(r"(?:^|[\s`])make ([a-z]+)", code)
    assert [each for each in targets if not re.search(rf"^{each}:", MAKEFILE, re.MULTILINE)] == []
    commands = re.findall(r"manage\.py ([a-z_]+)", code)
    assert [each for each in commands if each not in get_commands()] == []


@pytest.mark.parametrize("file", [each for each in DOCUMENTS if each.exists()], ids=source.name)
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", file.read_text())
    near = [each for each in links if "://" not in each and not each.startswith("mailto:")]
    assert [each for each in near if not (file.parent / each).exists()] == []


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
def test_each_target_says_what_it_does(target: str) -> None:
    assert re.search(rf"^{target}:.*## \S", MAKEFILE, re.MULTILINE)


def test_each_target_runs_whatever_files_there_are() -> None:
    phony = set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_nothing_is_left_over() -> None:
    kinds = {".py", ".js", ".css", ".html", ".md", ".toml"}
    folders = [source.ROOT / name for name in (*source.CODE, "docs")]
    files = [each for folder in folders for each in folder.rglob("*") if each.suffix in kinds]
    here = Path(__file__).resolve()
    found = {
        source.name(file): match[0]
        for file in files
        if file != here and (match := LEFT_OVER.search(file.read_text()))
    }
    assert found == {}
