"""One project: its articles, imports and exports."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .docs import Docs
from .shapes import (
    Article,
    Change,
    Diff,
    DiffRow,
    Import,
    Kind,
    Line,
    NewArticle,
    Release,
    Rows,
    Split,
    State,
)

if TYPE_CHECKING:
    from spacy.language import Language

    from .client import Galley

MOST = 1000
"""Articles that one request takes."""
PIECE = 1 << 16


class Project:
    """A project by its slug."""

    def __init__(self, galley: Galley, slug: str) -> None:
        self.galley, self.slug = galley, slug

    def __repr__(self) -> str:
        return f"Project({self.slug!r})"

    def articles(self, *, q: str = "", state: str = "") -> Iterator[Article]:
        """Yield the articles that one may read, without their texts."""
        yield from self.galley.pages(self._at("articles/"), q=q, state=state)

    def add(self, articles: Sequence[NewArticle]) -> list[Article]:
        """Store articles; one whose text the project has already comes back with `duplicate`."""
        stored: list[Article] = []
        for start in range(0, len(articles), MOST):
            part = list(articles[start : start + MOST])
            stored += self.galley.call("POST", self._at("articles/"), json=part).json()
        return stored

    def import_files(
        self,
        *files: str | os.PathLike[str],
        format: str = "auto",
        columns: str = "",
        newer: bool = True,
        dry_run: bool = False,
    ) -> Import:
        """Import files, all or nothing; with `dry_run` nothing is stored, and the report says what would be.

        `columns` says what columns of tables are, such as `Body=text`. Without `newer`, another text of an
        external id that the project has is refused, instead of taken in as the newer one.
        """
        with ExitStack() as opened:
            sent = [
                ("file", (Path(x).name, opened.enter_context(Path(x).open("rb")))) for x in files
            ]
            form = {"format": format, "columns": columns}
            form |= {"newer": str(int(newer)), "dry_run": str(int(dry_run))}
            path = self._at("imports/")
            made: Import = self.galley.call("POST", path, files=sent, data=form).json()
            return made

    def export(
        self,
        *,
        set: Kind | None = None,
        state: State | None = None,
        round: int | None = None,
        label: str | None = None,
        updated_since: str | None = None,
        split: Split | None = None,
        release: str | None = None,
        pseudonyms: bool = False,
    ) -> Iterator[Line]:
        """Yield the data set article by article, as it streams in."""
        yield from self._lines(
            _chosen(set, state, round, label, updated_since, split, release, pseudonyms=pseudonyms)
        )

    def docs(
        self,
        nlp: Language | None = None,
        *,
        set: Kind | None = None,
        state: State | None = None,
        round: int | None = None,
        label: str | None = None,
        updated_since: str | None = None,
        split: Split | None = None,
        release: str | None = None,
        pseudonyms: bool = False,
    ) -> Docs:
        """Return the data set as documents of spaCy, as it streams in; see `Docs`.

        Raises `ModuleNotFoundError` where there is no spaCy.
        """
        chosen = _chosen(
            set, state, round, label, updated_since, split, release, pseudonyms=pseudonyms
        )
        return Docs(self._lines(chosen), nlp)

    def download(
        self,
        to: str | os.PathLike[str],
        *,
        format: str = "jsonl",
        report: bool = False,
        with_text: bool = True,
        set: Kind | None = None,
        state: State | None = None,
        round: int | None = None,
        label: str | None = None,
        updated_since: str | None = None,
        split: Split | None = None,
        release: str | None = None,
        pseudonyms: bool = False,
    ) -> Path:
        """Write an export in any format to a file, which is there once it is whole.

        With `report` it is not the data set but what the format cannot hold of it. Without the texts it is a zip
        of offsets, hashes and at most short quotes, and the program that puts one's own copies in; formats that
        are made of the texts refuse.
        """
        target = Path(to)
        chosen = _chosen(
            set, state, round, label, updated_since, split, release, pseudonyms=pseudonyms
        )
        chosen |= {"format": format, "report": str(report).lower()}
        chosen |= {"with_text": str(with_text).lower()}
        part = target.with_name(f"{target.name}.{uuid4().hex}.part")
        try:
            answer = self.galley.call("GET", self._at("export/"), params=chosen, stream=True)
            with answer, part.open("wb") as sink:
                for piece in answer.iter_content(PIECE):
                    sink.write(piece)
            return part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def agreement(self, **parameters: Any) -> dict[str, Any]:
        """Return how far people agree; `counting` alone while gamma is still being counted: ask the same again."""
        path = self._at("agreement/")
        found: dict[str, Any] = self.galley.call("GET", path, params=parameters).json()
        return found

    def releases(self) -> Iterator[Release]:
        """Yield the releases, newest first."""
        yield from self.galley.pages(self._at("releases/"))

    def diff(self, before: str, after: str) -> Diff:
        """Count what release `after` has added, changed and removed against release `before`."""
        path, asked = self._at(f"releases/{after}/diff/"), {"against": before}
        found: Diff = self.galley.call("GET", path, params=asked).json()
        return found

    def diff_rows(
        self,
        before: str,
        after: str,
        of: Rows,
        *,
        change: Change | None = None,
        name: str | None = None,
    ) -> Iterator[DiffRow]:
        """Yield the rows behind such a count as they stream in, each as both releases have it.

        `name` is a label, a type of link or a kind of set.
        """
        path = self._at(f"releases/{after}/diff/rows/")
        given = {"against": before, "of": of, "change": change, "name": name}
        asked = {key: value for key, value in given.items() if value is not None}
        with self.galley.call("GET", path, params=asked, stream=True) as answer:
            for line in answer.iter_lines(PIECE):
                yield json.loads(line)

    def _lines(self, chosen: dict[str, str]) -> Iterator[Line]:
        with self.galley.call("GET", self._at("export/"), params=chosen, stream=True) as answer:
            for line in answer.iter_lines(PIECE):
                yield json.loads(line)

    def _at(self, path: str) -> str:
        return f"projects/{self.slug}/{path}"


def _chosen(
    kind: str | None,
    state: str | None,
    round: int | None,
    label: str | None,
    updated_since: str | None,
    split: str | None,
    release: str | None,
    *,
    pseudonyms: bool,
) -> dict[str, str]:
    given = {
        "set": kind,
        "state": state,
        "round": round and str(round),
        "label": label,
        "updated_since": updated_since,
        "split": split,
        "release": release,
    }
    chosen = {name: value for name, value in given.items() if value}
    return chosen | ({"pseudonyms": "true"} if pseudonyms else {})
