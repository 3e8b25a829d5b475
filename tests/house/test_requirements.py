"""What is installed is pinned by hash, from wherever one installs, and both sets agree."""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from labels import exporters, importers
from labels.catalogue import catalogue

from . import source

RUN = source.ROOT / "requirements.txt"
DEVELOPERS = source.ROOT / "requirements" / "dev.txt"
EXTRAS = source.ROOT / "requirements" / "extras.txt"
LOCKS = (RUN, DEVELOPERS, EXTRAS, source.ROOT / "requirements" / "bootstrap.txt")


def pinned(file: Path) -> dict[str, str]:
    """Return versions by name."""
    return dict(
        re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;\\]+)", file.read_text(), re.MULTILINE)
    )


@pytest.mark.parametrize("file", LOCKS, ids=source.name)
def test_every_package_has_its_hash(file: Path) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", file.read_text(), flags=re.MULTILINE))
    assert [each for each in entries if each.strip() and "--hash=sha256:" not in each] == []
    assert pinned(file)


@pytest.mark.parametrize("file", [*LOCKS, source.ROOT / "package-lock.json"], ids=source.name)
def test_no_lock_says_where_from(file: Path) -> None:
    text = re.sub(r'"funding": \{[^}]*\}', "", file.read_text())
    assert not re.search(r"https?://|index-url|find-links|\"resolved\"", text)


def test_developers_run_what_users_run() -> None:
    assert pinned(RUN).items() <= pinned(DEVELOPERS).items()
    assert pinned(EXTRAS).items() <= pinned(DEVELOPERS).items()


def test_what_some_formats_need_is_an_extra_and_no_more() -> None:
    formats = [*catalogue(exporters).values(), *catalogue(importers).values()]
    packages = packages_distributions()
    needed = {packages[each.needs][0].lower() for each in formats if each.needs}
    assert needed <= set(pinned(EXTRAS)) - set(pinned(RUN))


def test_fewer_is_better() -> None:
    assert len(pinned(RUN)) <= 50


@pytest.mark.parametrize("variable", ["UV_SYSTEM_CERTS", "NODE_USE_SYSTEM_CA"])
def test_whoever_fetches_trusts_whom_the_machine_trusts(variable: str) -> None:
    """Behind an authority of one's own, npm cannot fetch anything otherwise, and uv leaves all to pip."""
    assert exported(variable)


def test_node_leaves_nothing_behind() -> None:
    assert exported("NODE_DISABLE_COMPILE_CACHE")


def exported(variable: str) -> bool:
    """Return whether all that make runs finds a variable to be 1."""
    makefile = (source.ROOT / "Makefile").read_text()
    return bool(re.search(rf"^export {variable} \?= 1$", makefile, re.MULTILINE))
