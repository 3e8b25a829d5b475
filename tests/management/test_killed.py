"""An import or an export that is killed, at whatever moment, leaves nothing half-done and nothing behind.

`KILLS=50` kills as often; a few times are enough for every day.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from .. import server, settings
from ..server import ROOT, Instance

KILLS = int(os.environ.get("KILLS", "2"))
ARTICLES = 500
SLUG = "japan-south-korea"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    made = server.make(tmp_path_factory.mktemp("killed") / "data", settings.DATABASE)
    yield made
    server.drop(made)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of doccano's: articles of 2 kB, each with a set of one span."""
    made = tmp_path / "articles.jsonl"
    with made.open("wb") as target:
        for number in range(ARTICLES):
            text = f"{number}. " + "Ministers met in Lima on Monday. " * 60
            line = {"id": number, "text": text, "label": [[0, 1, "ENTITY"]]}
            target.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    return made


def run(instance: Instance, *command: str, ends: float | None = None) -> float:
    """Run a command, killed after `ends` seconds, and return how long it took."""
    begun = time.monotonic()
    line = [sys.executable, "manage.py", *command]
    process = subprocess.Popen(
        line, cwd=ROOT, env=instance.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _out, said = process.communicate(timeout=ends)
        assert process.returncode == 0, said.decode()
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    return time.monotonic() - begun


def exported(instance: Instance, folder: Path) -> list[dict[str, list[object]]]:
    """Return the lines of an export, without the seed's."""
    run(instance, "export_dataset", SLUG, "--output", str(folder / "out.jsonl"))
    lines = (folder / "out.jsonl").read_bytes().splitlines()
    return [orjson.loads(each) for each in lines[1:]]


def test_an_import_is_whole_or_not_there(instance: Instance, file: Path, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same moments each time
    dry = run(instance, "import_articles", str(file), "--project", SLUG, "--dry-run")
    held = 0
    for _ in range(KILLS):
        # From before Django is loaded to about where it is published.
        moment = chance.uniform(0.1, 2 * dry)
        run(instance, "import_articles", str(file), "--project", SLUG, ends=moment)
        found = exported(instance, tmp_path)
        assert len(found) in {held, ARTICLES}
        held = len(found)
        instance.manage("doctor")
    for _ in range(2):
        run(instance, "import_articles", str(file), "--project", SLUG)
        found = exported(instance, tmp_path)
        assert len(found) == ARTICLES
        assert [len(each["annotation_sets"]) for each in found] == [1] * ARTICLES
    instance.manage("doctor")
    assert {each.name for each in tmp_path.iterdir()} == {"articles.jsonl", "out.jsonl"}


def waiting(instance: Instance, file: Path) -> list[Path]:
    """Have a file taken, and return the folders of all that waits."""
    code = (
        "import sys, django; django.setup();"
        "from labels.actions import person, queue; from labels.actions.access import Actor;"
        "by = Actor(person.by_name('max')); source = open(sys.argv[1], 'rb');"
        "queue.take(by=by, slug=sys.argv[2], files=[('articles.jsonl', source)])"
    )
    variables = instance.environment | {"DJANGO_SETTINGS_MODULE": "annotator.settings"}
    command = [sys.executable, "-W", "ignore", "-c", code, str(file), SLUG]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)
    return sorted((instance.folder / "imports" / "waiting").iterdir())


def test_an_import_beside_the_requests_is_done_in_the_end(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, file: Path
) -> None:
    instance = server.make(tmp_path_factory.mktemp("waiting") / "data", settings.DATABASE)
    chance = random.Random(9)  # noqa: S311 - as above
    assert len(waiting(instance, file)) == 1
    held = 0
    for _ in range(KILLS):
        run(instance, "import_waiting", ends=chance.uniform(0.5, 2.5))
        found = exported(instance, tmp_path)
        assert len(found) in {held, ARTICLES}
        held = len(found)
        left = list((instance.folder / "imports" / "waiting").iterdir())
        # One that is whole is followed by the same file again, of which nothing may be doubled.
        if not left:
            waiting(instance, file)
        instance.manage("doctor")
    run(instance, "import_waiting")
    found = exported(instance, tmp_path)
    assert [len(each["annotation_sets"]) for each in found] == [1] * ARTICLES
    assert list((instance.folder / "imports" / "waiting").iterdir()) == []
    instance.manage("doctor")
    server.drop(instance)


def test_an_export_is_whole_or_not_there(instance: Instance, tmp_path: Path) -> None:
    chance = random.Random(8)  # noqa: S311 - as above
    output = tmp_path / "data.jsonl"
    command = ("export_dataset", SLUG, "--output", str(output))
    whole = run(instance, *command)
    expected = output.read_bytes()
    output.unlink()
    for _ in range(KILLS):
        run(instance, *command, ends=chance.uniform(0.5 * whole, 1.1 * whole))
        if output.exists():
            assert output.read_bytes() == expected
            output.unlink()
    # Chance may have spared the moment at which something stays behind: this is what it looks like.
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f"data.jsonl.{gone.pid}.part").touch()
    others = {f"data.jsonl.{os.getpid()}.part", "data.jsonl.old.part", "other.jsonl.1.part"}
    for name in others:
        (tmp_path / name).touch()
    run(instance, *command)
    assert output.read_bytes() == expected
    assert {each.name for each in tmp_path.iterdir()} == {"data.jsonl", *others}
