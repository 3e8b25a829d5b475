"""Importing by the command line, as it is done: with the settings of the server, in processes of its own."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import orjson
import pytest

from .. import server, settings
from ..factories import SEEDS
from ..server import ROOT, Instance

SLUG = "japan-south-korea"
MANY = 60


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    made = server.make(tmp_path / "data", settings.DATABASE)
    yield made
    server.drop(made)


def note(of: str, number: int) -> dict[str, object]:
    """Return an annotation of a text that does not come with it."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:note:{number}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "ENTITY"},
        "target": {
            "source": sha256(of.encode()).hexdigest(),
            "selector": {"type": "TextPositionSelector", "start": 0, "end": 4},
        },
    }


def test_a_format_asks_for_texts_while_articles_are_stored(
    instance: Instance, tmp_path: Path
) -> None:
    (seed,) = SEEDS.glob("*.txt")
    text = seed.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    files = tmp_path / "files"
    files.mkdir()
    for number in range(MANY):
        (files / f"{number}-a.jsonld").write_bytes(orjson.dumps(note(text, number)))
        (files / f"{number}-b.txt").write_text(f"{number}. Ministers met in Lima.\n")
    done = subprocess.run(
        [sys.executable, "manage.py", "import_articles", str(files), "--project", SLUG],
        cwd=ROOT,
        env=instance.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"{MANY} articles imported, {MANY} known already, 0 refused." in done.stdout
    assert f"1 annotation sets with 1 spans, {MANY - 1} known already" in done.stdout


def test_who_stops_it_is_told_that_nothing_came_in(instance: Instance, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    with file.open("wb") as target:
        for number in range(10_000):
            line = {"text": f"{number}. Ministers met in Lima.", "label": [[0, 1, "ENTITY"]]}
            target.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    command = ["import_articles", str(file), "--project", SLUG]
    # The line that says how far it is goes to a terminal alone.
    terminal, theirs = pty.openpty()
    # Where the tests run in the background of a shell it is ignored, and a process keeps that from its parent.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=instance.environment,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    signal.signal(signal.SIGINT, before)
    os.close(theirs)
    said = b""
    while b" articles" not in said:
        said += os.read(terminal, 1000)
    process.send_signal(signal.SIGINT)
    with suppress(OSError):  # Linux says so where nobody holds the other end any more.
        while more := os.read(terminal, 1000):
            said += more
    os.close(terminal)
    assert process.wait(30) == 130
    assert said.decode().endswith("CommandError: Stopped: nothing was imported.\r\n")
    assert "Traceback" not in said.decode()
    assert "10000 articles would be imported, 0 known already" in instance.manage(
        *command, "--dry-run"
    )
