"""Agreement of six people on 1,000 articles of 30 spans each: `python -m bench.agreeing`.

All measures but gamma, of each label, of each pair and of all together, with their intervals: as the API gives
them, and of a corpus in memory, where what is measured is the counting alone.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from bench import inside, processes
from bench.client import Client
from bench.table import Line, printed
from labels import agreement
from labels.agreement import results
from labels.agreement._corpus import gathered
from labels.catalogue import catalogue
from labels.importers import _native as native
from labels.records import Article, Scale
from tests import server
from tests.server import ROOT, Instance

ARTICLES, PEOPLE, SPANS, LINKS, LENGTH = 1000, 6, 30, 6, 3000
SLUG = "agreement"
TEXT = "The minister said on Monday that taxes fell by five percent, and jobs rose. " * 40
LABELS = ("CLAIM", "SOURCE", "CUE", "ENTITY")
TYPES = tuple("abcdefgh")
SCALES = (
    Scale("CLAIM", "worth", "ordinal", TYPES[:3]),
    Scale("CLAIM", "type", "choices", TYPES),
    Scale("CLAIM", "harm", "integer"),
    Scale("SOURCE", "kind", "choice", TYPES),
)
LINK = "ATTRIBUTED_TO"
SECONDS, MEGABYTES = 10, 500


def main() -> None:
    """Gather, count and print."""
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var", prefix="bench-") as name:
        file = Path(name) / "sets.jsonl"
        file.write_bytes(b"\n".join(map(orjson.dumps, lines())))
        found = [*asked(_filled(Path(name) / "data", file)), *counted(file)]
    print(printed(found))


def _filled(folder: Path, file: Path) -> Instance:
    """Make an instance with the sets in a project."""
    instance = server.make(folder, "sqlite")
    inside.run(instance, "agreement", slug=SLUG, definition=scheme())
    instance.manage("import_articles", str(file), "--project", SLUG)
    return instance


def asked(instance: Instance) -> Iterator[Line]:
    """Ask the API, and once more: figures are kept until a set has changed."""
    token = instance.manage("create_token", "max", "--scopes", "read").strip()
    with server.serve(instance):
        client = Client(instance.url, token)
        client.get("/api/v1/me/")
        for work, most in (("the API's answer", SECONDS), ("the same again", None)):
            seconds = processes.cpu_seconds(processes.server())
            answer = client.get(f"/api/v1/projects/{SLUG}/agreement/")
            spent = processes.cpu_seconds(processes.server()) - seconds
            figures = len(answer.json["results"])
            yield Line(f"{work}: {figures:,} figures, processor", "s", spent, None, most)
            yield Line(f"{work}: by the clock", "s", answer.seconds)
        memory = processes.peak(processes.server())
        yield Line("the server's memory, at most", "MiB", memory, None, MEGABYTES)


def counted(file: Path) -> Iterator[Line]:
    """Count in memory."""
    begun = time.process_time()
    corpus = gathered(_articles(file), SCALES)
    read = time.process_time()
    found = results(corpus, [each for each in catalogue(agreement) if each != "gamma"])
    done = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    work = f"{PEOPLE * ARTICLES * SPANS:,} spans"
    yield Line(f"in memory: {work} read from the file", "s", read - begun)
    yield Line(f"in memory: {len(found):,} figures, processor", "s", done - read)
    yield Line("in memory: memory, at most", "MiB", memory)


def _articles(file: Path) -> Iterable[Article]:
    with file.open("rb") as source:
        for line in source:
            yield native.article(orjson.loads(line))


def scheme() -> dict[str, Any]:
    """Return the scheme of the sets."""
    labels = [
        {"name": name, "title": name.title(), "key": name[1].lower(), "overlap": "free"}
        | {"attributes": [_attribute(each) for each in SCALES if each.label == name]}
        for name in LABELS
    ]
    relation = {"name": LINK, "from": list(LABELS), "to": list(LABELS)}
    return {"name": "Agreement", "labels": labels, "relations": [relation]}


def _attribute(scale: Scale) -> dict[str, Any]:
    values = {"values": list(scale.values)} if scale.values else {}
    return {"name": scale.attribute, "type": scale.type, **values}


def lines() -> Iterator[dict[str, Any]]:
    """Yield the articles with everybody's sets, in the native format; the same in every run."""
    dice = random.Random(1)  # noqa: S311 - as said
    for number in range(ARTICLES):
        text = f"{number:04} {TEXT}"[:LENGTH]
        true = sorted(
            (dice.randrange(LENGTH - 200), dice.randint(5, 150), dice.choice(LABELS))
            for _ in range(SPANS)
        )
        yield {
            "article": {"external_id": str(number), "text": text},
            "annotation_sets": [_set(dice, text, person, true) for person in range(PEOPLE)],
            "offset_unit": "codepoint",
        }


def _set(
    dice: random.Random, text: str, person: int, true: Iterable[tuple[int, int, str]]
) -> dict[str, Any]:
    spans = [_mark(dice, text, *each) for each in true]
    links = [
        {"id": _id(dice), "type": LINK, "from": one["id"], "to": two["id"]}
        for one, two in (dice.sample(spans, 2) for _ in range(LINKS))
    ]
    named = {"id": _id(dice), "annotator": f"person {person}", "kind": "imported", "round": 1}
    return named | {"state": "submitted", "version": 1, "spans": spans, "relations": links}


def _id(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128)))


def _mark(dice: random.Random, text: str, start: int, length: int, label: str) -> dict[str, Any]:
    """Mark what is there as people do: four in ten with other ends, one in ten with another label."""
    if dice.random() < 0.4:  # noqa: PLR2004 - see above
        start = max(start + dice.randint(-3, 3), 0)
    if dice.random() < 0.1:  # noqa: PLR2004 - see above
        label = dice.choice(LABELS)
    places = [(start, start + length)]
    if length > 20 and dice.random() < 0.15:  # noqa: PLR2004 - as many as in news
        third = length // 3
        places = [(start, start + third), (start + 2 * third, start + length)]
    given: dict[str, Any] = {
        "worth": dice.choice(TYPES[:3]),
        "type": dice.sample(TYPES, 2),
        "harm": dice.randint(1, 5),
        "kind": dice.choice(TYPES),
    }
    mine = {each.attribute for each in SCALES if each.label == label}
    return {
        "id": _id(dice),
        "label": label,
        "fragments": [{"start": s, "end": e, "quote": text[s:e]} for s, e in places],
        "attributes": {name: value for name, value in given.items() if name in mine},
    }


if __name__ == "__main__":
    main()
