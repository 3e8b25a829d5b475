"""Articles in: a file of JSON Lines through the import action, in a fresh process."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench import floor, inside
from bench.stage import SLUG, SPANS, Stage
from bench.table import Line
from tests.server import Instance


def fill(stage: Stage) -> list[Line]:
    """Import the articles into a copy of the empty instance, several times; the last copy stays."""
    empty = stage.instance
    ours, least = _both(stage, empty, stage.file)
    stage.instance = ours[-1][0]
    work = f"import {stage.size.articles:,} articles"
    return _lines(stage, work, [each for _copy, each in ours], least, 1.0)


def marked(stage: Stage, empty: Instance) -> list[Line]:
    """Import the articles with their spans into copies of the empty instance."""
    ours, least = _both(stage, empty, stage.marked)
    made, spans = [each for _copy, each in ours], SPANS * stage.size.articles
    if {each["spans"] for each in made} != {spans}:
        raise RuntimeError(f"Not every span was imported: {made}")
    return _lines(stage, f"import them with {spans:,} spans", made, least, 3.0)


def _both(
    stage: Stage, empty: Instance, file: Path
) -> tuple[list[tuple[Instance, dict[str, float]]], list[float]]:
    ours, least = [], []
    for number in range(stage.size.runs):
        copy = empty.copy(stage.folder / f"{file.stem}{number}")
        ours.append((copy, inside.run(copy, "import", slug=SLUG, file=str(file))))
        folder = stage.folder / f"floor-{file.stem}{number}"
        folder.mkdir()
        with floor.empty(empty, folder) as connection:
            least.append(floor.import_file(connection, file))
    if {each["articles"] for _copy, each in ours} != {stage.size.articles}:
        raise RuntimeError(f"Not every article was imported: {ours}")
    return ours, least


def _lines(
    stage: Stage, work: str, ours: list[dict[str, float]], least: list[float], most: float
) -> list[Line]:
    """Return the figures; `most` seconds are for 10,000 articles."""
    share, articles = stage.size.articles / 10_000, stage.size.articles
    seconds, raw = median(each["seconds"] for each in ours), median(least)
    pace = (articles / seconds, articles / raw, 10_000 / most)
    return [
        Line(work, "s", seconds, raw, most * share),
        Line(f"{work}: articles per second", "/s", *pace, more_is_better=True),
        Line(f"{work}: memory", "MiB", median(each["growth"] for each in ours), None, 100),
    ]
