"""A process beside those that are killed, so that looking what they have left costs no start of Django.

`python -m tests.management.beside SLUG` answers each line of its input with a line of JSON: `look` with how many
annotation sets each article of the project has and with what the doctor finds, `take FILE` with the imports that
wait once that file is taken.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import orjson

from ..server import ROOT, Instance

Ask = Callable[[str], Any]


@contextmanager
def started(instance: Instance, slug: str) -> Iterator[Ask]:
    """Start one on an instance and return what asks it."""
    variables = instance.environment | {"DJANGO_SETTINGS_MODULE": "annotator.settings"}
    command = [sys.executable, "-W", "ignore", "-m", __name__, slug]
    process = subprocess.Popen(
        command, cwd=ROOT, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    question, answer = process.stdin, process.stdout

    def ask(line: str) -> Any:
        question.write(f"{line}\n".encode())
        question.flush()
        return orjson.loads(answer.readline())

    with process:
        yield ask
        question.close()


def look(slug: str) -> dict[str, Any]:
    """Return the number of sets of each article, and what is wrong with the instance."""
    from labels.actions import doctor  # noqa: PLC0415 - models load after the settings
    from labels.queries import export, project  # noqa: PLC0415 - as above

    found = project.by_slug(slug)
    assert found
    sets = [len(each.annotation_sets) for each in export.articles(found, export.Wanted())]
    return {"sets": sets, "wrong": list(doctor.findings())}


def take(slug: str, file: str) -> list[str]:
    """Have a file taken, to be imported beside the requests; return the names of all that waits."""
    from labels.actions import person, queue  # noqa: PLC0415 - models load after the settings
    from labels.actions.access import Actor  # noqa: PLC0415 - as above

    with Path(file).open("rb") as source:
        queue.take(by=Actor(person.by_name("max")), slug=slug, files=[("articles.jsonl", source)])
    return [each.name for each in queue.folder().iterdir()]


def main(slug: str) -> None:
    """Answer until nobody asks."""
    for line in sys.stdin:
        word, _, file = line.strip().partition(" ")
        answer = take(slug, file) if word == "take" else look(slug)
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
