"""Reading in a process beside: what comes is the same, and nobody is left behind."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from django.db import transaction

from labels import errors, records
from labels.actions import ahead, imports, reading
from labels.actions.access import Actor
from labels.exporters import jsonl
from labels.models import Article, Project
from labels.queries import export

from ..exporters.articles import BY_ANA, TEXT, article
from ..factories import make_article, make_person, make_project

# Connections are given up before the process is made, which a transaction around the test would forbid.
pytestmark = pytest.mark.django_db(transaction=True)

LINES = b"".join(jsonl.write([article(TEXT, sets=[BY_ANA]), article("Ministers met.\n", last=9)]))
BROKEN = b'{"article": {}}\n'
MANY = b"".join(b'{"text": "Minister %d met."}\n' % number for number in range(1000))


def known() -> dict[str, Any]:
    return {"columns": {}, "texts": lambda _source: None}


def read(
    how: reading.Read, *files: tuple[str, bytes], form: str = "auto"
) -> tuple[list[records.Article | records.BadItem], list[tuple[str, str]]]:
    recognised: list[tuple[str, str]] = []
    opened = [(name, io.BytesIO(content)) for name, content in files]
    found = how(opened, form, lambda *each: recognised.append(each), known())
    return list(found), recognised


def beside() -> reading.Read:
    return ahead.Ahead(lambda: 0).read


def test_what_comes_is_the_same() -> None:
    files = [
        ("one.jsonl", LINES),
        ("two.jsonl", BROKEN),
        ("three.txt", "Zürich 🗳️.\n".encode()),
        ("many.jsonl", MANY),
    ]
    there = read(beside(), *files)
    assert there == read(reading.read, *files)
    articles, recognised = there
    assert len(articles) == 2 + 1 + 1 + 1000
    assert len(recognised) == 8
    assert articles[0].annotation_sets[0].spans  # type: ignore[union-attr]
    assert multiprocessing.active_children() == []


def test_it_says_how_far_it_is() -> None:
    source = io.BytesIO(MANY)
    reader = ahead.Ahead(source.tell)
    far = [reader.far for _ in reader.read([("many.jsonl", source)], "jsonl", _nobody, known())]
    assert source.tell() == 0, "It is read by the other process."
    assert far == sorted(far)
    assert len(set(far)) >= len(MANY) / ahead.AT_ONCE / 1000
    assert far[-1] == len(MANY)


def _nobody(_key: str, _reason: str) -> None: ...


def test_a_refusal_is_raised_as_it_is() -> None:
    for name, form in (("what.bin", "auto"), ("one.jsonl", "nothing")):
        with pytest.raises(errors.UnknownFormat) as here:
            read(reading.read, (name, b"\x00\x01"), form=form)
        with pytest.raises(errors.UnknownFormat) as there:
            read(beside(), (name, b"\x00\x01"), form=form)
        assert there.value.detail == here.value.detail


def test_a_refusal_made_of_something_else_than_its_sentence_is_raised_as_it_is() -> None:
    def files() -> Iterator[reading.File]:
        yield from ()
        raise errors.LibraryMissing("spacy_docbin", "spaCy")

    with pytest.raises(errors.LibraryMissing) as found:
        list(beside()(files(), "auto", _nobody, known()))
    wanted = errors.LibraryMissing("spacy_docbin", "spaCy")
    assert (found.value.detail, found.value.errors) == (wanted.detail, wanted.errors)
    assert found.value.extra == wanted.extra


class Held(Exception):  # noqa: N818 - what it is called does not matter
    """An error that holds what cannot go to another process."""

    def __init__(self) -> None:
        super().__init__("held")
        self.lock = io.BytesIO().getbuffer()


@pytest.mark.parametrize(
    ("error", "raised"), [(OSError(5, "gone"), OSError), (Held(), ChildProcessError)]
)
def test_an_error_says_where_it_came_from(error: Exception, raised: type[Exception]) -> None:
    def files() -> Iterator[reading.File]:
        yield "one.jsonl", io.BytesIO(LINES)
        raise error

    found = beside()(files(), "jsonl", _nobody, known())
    assert isinstance(next(found), records.Article)
    assert isinstance(next(found), records.Article)
    with pytest.raises(raised, match=r"gone|held") as said:
        next(found)
    assert "in files" in "".join(said.value.__notes__)


def test_a_reader_that_dies_is_noticed() -> None:
    def files() -> Iterator[reading.File]:
        yield "many.jsonl", io.BytesIO(MANY)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ChildProcessError, match="has died"):
        list(beside()(files(), "jsonl", _nobody, known()))


@pytest.mark.timeout(30)
def test_a_reader_that_cannot_even_say_what_is_wrong_is_noticed() -> None:
    def lost() -> int:
        raise OSError(5, "gone")

    with pytest.raises(ChildProcessError, match="has died"):
        list(ahead.Ahead(lost).read([("many.jsonl", io.BytesIO(MANY))], "jsonl", _nobody, known()))


def test_a_reader_whom_nobody_listens_to_ends() -> None:
    found = beside()([("many.jsonl", io.BytesIO(MANY * 500))], "jsonl", _nobody, known())
    next(found)
    assert len(multiprocessing.active_children()) == 1
    found.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def test_an_import_is_the_same(project: Project) -> None:
    other = make_project(make_person())
    for of, how in ((project, reading.read), (other, beside())):
        files = [("one.jsonl", io.BytesIO(LINES)), ("many.jsonl", io.BytesIO(MANY))]
        imports.run(by=Actor(of.created_by), slug=of.slug, files=files, read=how)
    one, two = (
        [(each.text, each.annotation_sets and each.annotation_sets[0].spans) for each in found]
        for found in (export.articles(of, export.Wanted()) for of in (project, other))
    )
    assert one == two
    assert len(one) == 1002


def test_nothing_comes_of_one_that_breaks_off(project: Project) -> None:
    def files() -> Iterator[reading.File]:
        yield "many.jsonl", io.BytesIO(MANY)
        raise OSError(5, "gone")

    with pytest.raises(OSError, match="gone"):
        imports.run(by=Actor(project.created_by), slug=project.slug, files=files(), read=beside())
    assert not Article.objects.filter(project=project).exists()


def test_it_asks_for_texts_on_a_connection_of_its_own(project: Project) -> None:
    there = make_article(project, "Taxes fell 5%, Ruiz said.\n")
    note = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:note:1",
        "type": "Annotation",
        "motivation": "tagging",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "CLAIM"},
        "target": {
            "source": f"urn:uuid:{there.uuid}",
            "selector": {"type": "TextPositionSelector", "start": 0, "end": 13},
        },
    }
    made = imports.run(
        by=Actor(project.created_by),
        slug=project.slug,
        files=[("notes.jsonld", io.BytesIO(orjson.dumps(note)))],
        read=beside(),
    )
    assert (made.report["spans"], made.report["duplicates"]) == (1, 1)


def test_inside_a_transaction_it_reads_here(project: Project) -> None:
    with transaction.atomic():
        assert read(beside(), ("many.jsonl", MANY)) == read(reading.read, ("many.jsonl", MANY))
        project.refresh_from_db()
