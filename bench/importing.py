"""Articles in: a file of JSON Lines through the import action, in a fresh process."""

from __future__ import annotations

from statistics import median

from bench import floor, inside
from bench.stage import SLUG, Stage
from bench.table import Line


def fill(stage: Stage) -> list[Line]:
    """Import the file into a copy of the empty instance, several times; the last copy stays."""
    empty, ours = stage.instance, []
    for number in range(stage.size.runs):
        stage.instance = empty.copy(stage.folder / f"full{number}")
        ours.append(inside.run(stage.instance, "import", slug=SLUG, file=str(stage.file)))
    least = []
    for number in range(stage.size.runs):
        folder = stage.folder / f"floor{number}"
        folder.mkdir()
        with floor.empty(empty, folder) as connection:
            least.append(floor.import_file(connection, stage.file))
    if {each["articles"] for each in ours} != {stage.size.articles}:
        raise RuntimeError(f"Not every article was imported: {ours}")
    share = stage.size.articles / 10_000
    seconds, raw = median(each["seconds"] for each in ours), median(least)
    work = f"import {stage.size.articles:,} articles"
    return [
        Line(work, "s", seconds, raw, 1.0 * share),
        Line(
            f"{work}: articles per second",
            "/s",
            stage.size.articles / seconds,
            stage.size.articles / raw,
            10_000,
            more_is_better=True,
        ),
        Line(f"{work}: memory", "MiB", median(each["growth"] for each in ours), None, 100),
    ]
