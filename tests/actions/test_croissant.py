"""The Croissant description of a release, read by the library of those who made the format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlcroissant
import orjson
import pandas as pd
import pytest

from labels.actions import adjudication, release
from labels.actions.access import Actor
from labels.models import Article, Project, Release
from labels.queries import release as releases
from labels.releases import croissant
from labels.vocabulary import Choice

from ..factories import make_person, make_project
from ..people import make_crowd

pytestmark = [
    pytest.mark.django_db,
    # The library reads JSON-LD with a class that its own library wants to do without.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]


@pytest.fixture
def manager() -> Actor:
    return make_person("max")


@pytest.fixture
def project(manager: Actor) -> Project:
    """Return a project in which three people have labelled an article, and gold was made of their sets."""
    made = make_project(manager, description="Who said what.")
    crowd = make_crowd(made)
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    ana = crowd.sets["ana"].uuid
    for item in crowd.bench.items:
        there = item.cluster and ana in {each.set for each in item.cluster.present}
        if there:
            crowd.decide(item.key, Choice.TAKE, set=ana)
        else:
            crowd.decide(item.key, Choice.NONE)
    crowd.do(adjudication.finish)
    return made


def unpacked(made: Release, folder: Path) -> Path:
    """Write the files of a release into a folder, and return its description."""
    for each in releases.files(made):
        target = folder / each.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(releases.content(each.sha256)))
    return folder / croissant.FILE


def plain(value: Any) -> Any:
    """Return texts, which come as bytes, as such."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, pd.Timestamp):
        return moment(str(value))
    return value.decode() if isinstance(value, bytes) else value


def moment(written: str) -> pd.Timestamp | None:
    """Return a date, or None; one without a time zone is taken for one of Greenwich."""
    found = pd.Timestamp(written) if written else None
    return found.tz_localize("UTC") if found and found.tz is None else found


def made(manager: Actor, project: Project, folder: Path, **terms: Any) -> Path:
    return unpacked(release.make(by=manager, slug=project.slug, terms=terms), folder)


@pytest.mark.parametrize(
    ("with_text", "published_at"),
    [(True, "2019-10-29"), (True, ""), (False, "2019-10-29T08:00:00+09:00")],
)
def test_every_record_is_read(
    manager: Actor, project: Project, tmp_path: Path, with_text: bool, published_at: str
) -> None:
    Article.objects.filter(project=project).update(published_at=published_at)
    description = made(
        manager, project, tmp_path, with_text=with_text, licence_labels="CC-BY-4.0", split="article"
    )
    dataset = mlcroissant.Dataset(jsonld=str(description))
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    sets = {each.name: each for each in dataset.metadata.record_sets}
    assert set(sets) == {"articles", "annotations", "gold", "relations", "sets"}
    for name, described in sets.items():
        columns = [each.name.partition("/")[2] for each in described.fields]
        lines = (tmp_path / f"{name}.jsonl").read_bytes().splitlines()
        read = [
            {key.partition("/")[2]: plain(value) for key, value in row.items()}
            for row in dataset.records(name)
        ]
        assert read == [written(orjson.loads(line), columns) for line in lines]
        assert read
        assert bool({"text", "fragments/quote"} & set(columns)) == (
            with_text and name in ("articles", "annotations", "gold")
        )


def written(row: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    """Return what stands in a line, as readers of the description are to see it."""
    found: dict[str, Any] = {}
    for column in columns:
        whole, _, part = column.partition("/")
        value = row[whole]
        found[column] = [each[part] for each in value] if part else value
    if "published_at" in found:
        found["published_at"] = moment(found["published_at"])
    return found
