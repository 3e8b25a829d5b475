"""An import, an export or a count that is killed, at whatever moment, leaves nothing half-done and nothing behind.

`KILLS=50` kills as often; a few times are enough for every day.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from .. import server, settings
from ..server import ROOT, Instance
from . import beside

KILLS = int(os.environ.get("KILLS", "2"))
ARTICLES = 1200
WHOLE = [1] * ARTICLES
"""How many sets the articles of the file have."""
pytestmark = pytest.mark.timeout(600 + 20 * KILLS)
SLUG = "japan-south-korea"


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    made = server.make(tmp_path_factory.mktemp("killed") / "data", settings.DATABASE)
    yield made
    server.drop(made)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of doccano's: articles of half a kilobyte, in three chunks, each with a set of one span."""
    made = tmp_path / "articles.jsonl"
    with made.open("wb") as target:
        for number in range(ARTICLES):
            text = f"{number}. " + "Ministers met in Lima on Monday. " * 15
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
        # A process that reads for it holds the pipe open for as long as it lives.
        process.communicate(timeout=10)
    return time.monotonic() - begun


def test_an_import_is_whole_or_not_there(instance: Instance, file: Path, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same moments each time
    command = ("import_articles", str(file), "--project", SLUG)
    dry = run(instance, *command, "--dry-run")
    with beside.started(instance, SLUG) as ask:
        seed = ask("look")["sets"]
        possible = [seed, WHOLE + seed]
        for _ in range(KILLS):
            # From before Django is loaded to about where it is published.
            run(instance, *command, ends=chance.uniform(0.1, 2 * dry))
            possible = left(ask, possible)
        for _ in range(2):
            run(instance, *command)
            left(ask, possible[-1:])
    assert [each.name for each in tmp_path.iterdir()] == ["articles.jsonl"]


def left(ask: beside.Ask, possible: list[list[int]]) -> list[list[int]]:
    """Check that what is there is one of the possible states and in order; return those possible from now on."""
    found = ask("look")
    assert sorted(found["sets"]) in [sorted(each) for each in possible]
    assert found["wrong"] == []
    return [each for each in possible if len(each) >= len(found["sets"])]


def test_an_import_beside_the_requests_is_done_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, file: Path
) -> None:
    instance = server.make(tmp_path_factory.mktemp("waiting") / "data", settings.DATABASE)
    chance = random.Random(9)  # noqa: S311 - as above
    waiting = instance.folder / "imports" / "waiting"
    with beside.started(instance, SLUG) as ask:
        seed = ask("look")["sets"]
        possible = [seed, WHOLE + seed]
        nothing = run(instance, "import_waiting")
        assert len(ask(f"take {file}")) == 1
        for _ in range(KILLS):
            run(instance, "import_waiting", ends=chance.uniform(0.8 * nothing, 2 * nothing))
            possible = left(ask, possible)
            # One that is whole is followed by the same file again, of which nothing may be doubled.
            if not list(waiting.iterdir()):
                ask(f"take {file}")
        run(instance, "import_waiting")
        left(ask, possible[-1:])
    assert list(waiting.iterdir()) == []
    server.drop(instance)


def test_a_count_that_is_killed_is_taken_up_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    instance = server.make(tmp_path_factory.mktemp("counting") / "data", settings.DATABASE)
    chance = random.Random(10)  # noqa: S311 - as above
    waiting, kept = (instance.folder / "agreement" / each for each in ("waiting", "kept"))
    with beside.started(instance, SLUG) as ask:
        (key,) = ask("count")["waiting"]
        whole = run(instance, "agreement_waiting")
        expected = (kept / key).read_bytes()
        # Twice: after three times it is taken for what kills its process.
        for _ in range(2):
            (kept / key).unlink()
            assert ask("count") == {"waiting": [key], "values": []}
            process = begun(instance, waiting / key)
            time.sleep(chance.uniform(0, 0.3 * whole))
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
            assert [each.name for each in waiting.iterdir()] == [key]
            assert list(kept.iterdir()) == []
            assert ask("count") == {"waiting": [key], "values": []}
            run(instance, "agreement_waiting")
            assert (kept / key).read_bytes() == expected
        assert set(ask("count")["values"]) == {1}
    assert list(waiting.iterdir()) == []
    server.drop(instance)


def begun(instance: Instance, question: Path) -> subprocess.Popen[bytes]:
    """Start to count what waits, and return the process once it is at it."""
    command = [sys.executable, "manage.py", "agreement_waiting"]
    process = subprocess.Popen(command, cwd=ROOT, env=instance.environment)
    while orjson.loads(question.read_bytes())["tries"] == 0:
        time.sleep(0.01)
    return process


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


def test_a_release_beside_the_requests_is_made_once(
    tmp_path_factory: pytest.TempPathFactory, file: Path
) -> None:
    instance = server.make(tmp_path_factory.mktemp("releases") / "data", settings.DATABASE)
    chance = random.Random(11)  # noqa: S311 - as above
    run(instance, "import_articles", str(file), "--project", SLUG)
    with beside.started(instance, SLUG) as ask:
        nothing = run(instance, "release_waiting")
        ask("release")
        whole = run(instance, "release_waiting")
        (first,) = ask("releases")["files"]
        for _ in range(KILLS):
            asked = ask("release")
            run(instance, "release_waiting", ends=chance.uniform(0.8 * nothing, 1.1 * whole))
            found = ask("releases")
            assert found["wrong"] == []
            # Whatever is there has all of its files, and there is one for each that was asked for at most.
            assert all(each == first for each in found["files"])
            assert len(found["versions"]) == found["made"] <= found["asked"] == asked["asked"]
        run(instance, "release_waiting")
        found = ask("releases")
        assert found["versions"] == [f"1.0.{number}" for number in range(found["asked"])]
        assert (found["waiting"], found["wrong"]) == ([], [])
    assert list((instance.folder / "releases" / "rooms").iterdir()) == []
    server.drop(instance)
