"""What the measurements of one database work on: an instance, the file of articles, and how thorough to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import orjson

from bench import corpus, inside
from tests import server
from tests.server import Instance

SLUG = "news"
SPANS = 10
"""Spans of each article."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles, how often each thing is done (the median counts), and how long the crowd saves."""

    articles: int
    runs: int
    operations: int
    seconds: float


WHOLE = Size(articles=10_000, runs=3, operations=300, seconds=6.0)
QUICK = Size(articles=1_000, runs=1, operations=60, seconds=2.0)


@dataclass(slots=True)
class Stage:
    """One database with all that is measured on it. The instance is replaced as it fills."""

    size: Size
    folder: Path
    file: Path
    marked: Path
    """The articles again, with spans."""
    instance: Instance

    @property
    def sqlite(self) -> bool:
        """Whether it is SQLite."""
        return self.instance.database.startswith("sqlite")

    def token(self, username: str, scopes: str) -> str:
        """Return a new token of somebody."""
        return self.instance.manage("create_token", username, "--scopes", scopes).strip()


def set_up(database: str, size: Size, folder: Path, files: tuple[Path, Path]) -> Stage:
    """Make an instance with an empty project."""
    instance = server.make(folder / "empty", database)
    inside.run(instance, "project", slug=SLUG)
    return Stage(size, folder, *files, instance)


def write_corpus(folder: Path, articles: int) -> tuple[Path, Path]:
    """Write the articles as JSON Lines, and once more with spans as doccano has them; return both files."""
    files = folder / "articles.jsonl", folder / "marked.jsonl"
    with files[0].open("wb") as plain, files[1].open("wb") as marked:
        for number in range(articles):
            text = corpus.article(number)
            label = corpus.spans(text, SPANS, number)
            for target, line in (
                (plain, {"external_id": str(number), "text": text}),
                (marked, {"text": text, "label": label}),
            ):
                target.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    return files


def middle(measure: Callable[[], float], runs: int) -> float:
    """Return the median of several runs."""
    return median(measure() for _ in range(runs))


def percentile(values: list[float], percent: int) -> float:
    """Return the value that `percent` of the values do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
