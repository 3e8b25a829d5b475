"""A process beside those that are killed, so that looking what they have left costs no start of Django.

`python -m tests.management.beside SLUG` answers each line of its input with a line of JSON: `look` with how many
annotation sets each article of the project has and with what the doctor finds, `take FILE` with the imports that
wait once that file is taken, `count` with the figures of gamma, or what is being counted of three people,
`release` and `releases` with the releases once one is asked for, or as they are.
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
SPANS = 40
"""So many that three people's gamma is counted beside the requests, for some seconds."""


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


def count(slug: str) -> dict[str, Any]:
    """Ask for gamma of three people, who say the same of an article, and return what waits and the values."""
    from labels.actions import counting, person  # noqa: PLC0415 - models load after the settings
    from labels.actions.access import Actor  # noqa: PLC0415 - as above
    from labels.queries import agreement, project  # noqa: PLC0415 - as above
    from labels.vocabulary import Role  # noqa: PLC0415 - as above

    found, by = project.by_slug(slug), Actor(person.by_name("max"))
    assert found
    if not agreement.people(agreement.question(by, found, Role.MANAGER)):
        label(found)
    answer = counting.ask(agreement.question(by, found, Role.MANAGER), ["gamma"])
    waiting = [each.name for each in counting.folder().iterdir()]
    return {"waiting": waiting, "values": [each.value for each in answer.figures]}


def label(found: Any) -> None:
    """Have three people mark the same words of an article, and submit."""
    from labels.actions import annotation  # noqa: PLC0415 - models load after the settings
    from labels.vocabulary import Role  # noqa: PLC0415 - as above

    from .. import factories  # noqa: PLC0415 - as above

    quotes = [f"w{number}" for number in range(100, 100 + SPANS)]
    text = " ".join(quotes)
    article = factories.make_article(found, text)
    for name in ("one", "two", "three"):
        whom = factories.make_member(found, Role.ANNOTATOR, name)
        row = factories.make_set(article, whom)
        made = [factories.add_span(text, "CUE", each) for each in quotes]
        factories.apply(row, whom, *made)
        row.refresh_from_db()
        annotation.submit(by=whom, uuid=row.uuid, if_match=row.version)


def release(slug: str) -> dict[str, Any]:
    """Have a release made beside the requests, unless one waits; return what `releases` does."""
    from labels.actions import making, person  # noqa: PLC0415 - models load after the settings
    from labels.actions.access import Actor  # noqa: PLC0415 - as above

    if not list(making.folder().iterdir()):
        making.take(by=Actor(person.by_name("max")), slug=slug, terms={"split": "article"})
    return releases(slug)


def releases(slug: str) -> dict[str, Any]:
    """Return the releases, oldest first, how many were asked for and made, what waits, and what is wrong."""
    from labels.actions import doctor, making  # noqa: PLC0415 - models load after the settings
    from labels.models import Making, Release  # noqa: PLC0415 - as above

    made = Release.objects.filter(project__slug=slug).order_by("number")
    return {
        "versions": list(made.values_list("version", flat=True)),
        "files": [sorted(each["name"] for each in one.files) for one in made],
        "asked": Making.objects.count(),
        "made": Making.objects.filter(release__in=made).count(),
        "waiting": [each.name for each in making.folder().iterdir()],
        "wrong": list(doctor.findings()),
    }


def main(slug: str) -> None:
    """Answer until nobody asks."""
    for line in sys.stdin:
        word, _, file = line.strip().partition(" ")
        answer = take(slug, file) if word == "take" else ANSWERS[word](slug)
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.flush()


ANSWERS = {"look": look, "count": count, "release": release, "releases": releases}

if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
