"""What docs/api.md tells one to type does what it says, on the real server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .. import server, settings

MANUAL = server.ROOT / "docs" / "api.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
MARK = "--- next block ---"


@pytest.fixture
def galley(tmp_path: Path) -> Iterator[server.Instance]:
    made = server.make(tmp_path / "data", settings.DATABASE)
    with server.serve(made) as running:
        yield running
    server.drop(made)


def test_every_line_of_the_manual_works(galley: server.Instance, tmp_path: Path) -> None:
    blocks = BLOCK.findall(MANUAL.read_text())
    said = typed(galley, tmp_path, blocks)
    me, brought, read, labelled, learnt, exported = said
    assert json.loads(me)["username"] == "ana"
    article, look = brought.split("\n")[0], brought.split("\n")[-1]
    assert '"title":"Taxes fell, Mayor Ruiz said."' in article
    assert '"dry_run":true' in look
    assert '"text":"• Kyodo' in read
    assert '"version":2' in labelled
    assert '"state":"submitted"' in labelled
    assert json.loads(learnt)["results"] == []
    assert exported == ""
    (line,) = (tmp_path / "data.jsonl").read_text().splitlines()
    (span,) = json.loads(line)["annotation_sets"][0]["spans"]
    assert span["fragments"] == [{"start": 38, "end": 43, "quote": "Japan"}]


def typed(galley: server.Instance, folder: Path, blocks: list[str]) -> list[str]:
    """Type all blocks into one shell and return what each printed."""
    script = f"\necho; echo '{MARK}'\n".join(["set -eu", *blocks])
    script = script.replace("http://127.0.0.1:8000", galley.url)
    script = script.replace(
        ".venv/bin/python manage.py", f"{sys.executable} {server.ROOT}/manage.py"
    )
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=galley.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"code":' not in done.stdout
    return [each.strip() for each in done.stdout.split(MARK)[1:]]
