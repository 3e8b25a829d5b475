"""Chunks written beside each other: the same comes of it as one after the other, or nothing."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection

from labels import errors, records
from labels.actions import imports, reading, writing
from labels.actions.access import Actor
from labels.exporters import jsonl
from labels.models import AnnotationSet, Article, Fragment, Import, Project, Relation, Span
from labels.queries import export
from labels.rules import intake as rules

from ..exporters.articles import BY_ANA, SAMPLE, SECOND, TEXT, article, number
from ..factories import make_person, make_project

# Another connection sees nothing of what a transaction around the test would hold.
pytestmark = pytest.mark.django_db(transaction=True)

BARE = replace(BY_ANA, reviews=[])
"""Ids of verdicts may not come twice, as those of spans may."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files have many chunks."""
    monkeypatch.setattr(imports, "chunks_of", partial(imports.chunks_of, size=2))


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def take(of: Project, articles: Sequence[records.Article], **how: Any) -> dict[str, Any]:
    how.setdefault("write", writing.beside)
    files = [("a.jsonl", io.BytesIO(b"".join(jsonl.write(articles))))]
    made = imports.run(by=Actor(of.created_by), slug=of.slug, files=files, **how)
    report: dict[str, Any] = made.report
    return report


def given(articles: Sequence[records.Article]) -> dict[str, Any]:
    """Have these read, whatever the file holds."""

    def read(*_given: Any) -> Iterator[records.Article]:
        yield from articles

    return {"read": read, "format_name": "jsonl"}


def many(count: int = 40) -> list[records.Article]:
    return [
        article(f"{TEXT}{at}", sets=[replace(BARE, id=number(5000 + at))], last=1000 + at)
        for at in range(count)
    ]


def test_what_comes_of_it_is_the_same(project: Project) -> None:
    articles = [replace(SAMPLE, annotation_sets=[BY_ANA, replace(SECOND, reviews=[])]), *many()]
    report = take(project, articles)
    assert (report["articles"], report["sets"], report["duplicates"]) == (41, 42, 0)
    told = jsonl.write(export.articles(project, export.Wanted()))
    assert b"".join(told) == b"".join(jsonl.write(articles))


def test_a_chunk_sees_the_chunks_before_it(project: Project) -> None:
    """Texts, ids and chains meet again in every chunk: each time it must be known what the last one has."""
    texts = [f"Version {at} of it.\n" for at in range(20)]
    chain = [replace(article(text), id=None, external_id="a", version=1) for text in texts]
    twice = [replace(each, id=None, external_id="") for each in many(10)]
    report = take(project, [], **given([*chain, *twice, *twice]))
    assert (report["articles"], report["duplicates"], report["newer"]) == (30, 10, 19)
    assert (report["sets"], report["known_sets"]) == (10, 10)
    versions = Article.objects.filter(external_id="a").order_by("version")
    assert list(versions.values_list("version", flat=True)) == list(range(1, 21))
    assert [each.text for each in versions] == texts
    after = list(versions.values_list("supersedes__version", flat=True))
    assert after == [None, *range(1, 20)]


def test_a_newer_text_is_found_by_the_external_id_that_it_has_from_the_older(
    project: Project,
) -> None:
    def lone(text: str, **changes: Any) -> list[records.Article]:
        """Return an article that makes a chunk with one beside it."""
        beside = article(f"Beside {text}", last=2000 + len(text))
        return [replace(article(text), id=None, **changes), replace(beside, id=None)]

    for at in range(5):
        (first, _) = lone("First." + at * "!")
        first = replace(first, id=number(3000 + at), external_id=f"E{at}")
        newer = lone("Newer." + at * "!", supersedes=number(3000 + at), external_id="")
        last = lone("The last." + at * "!", external_id=f"E{at}")
        take(project, [], **given([first, lone("Other." + at * "!")[1], *newer, *last]))
        versions = Article.objects.filter(external_id=f"E{at}").order_by("version")
        texts = [each.text.rstrip("!") for each in versions]
        assert texts == ["First.", "Newer.", "The last."]


def test_an_id_of_a_set_that_comes_again_is_made_anew(project: Project) -> None:
    articles = [replace(each, annotation_sets=[BARE]) for each in many(12)]
    report = take(project, articles)
    assert (report["sets"], report["known_sets"]) == (12, 0)
    ids = set(AnnotationSet.objects.values_list("uuid", flat=True))
    assert len(ids) == 12
    assert BARE.id in ids


def test_what_one_cannot_write_ends_all(project: Project) -> None:
    """A set with a fragment past its article's end, which no importer lets through: the database refuses it."""
    late = BARE.spans[0]._replace(fragments=(records.Fragment(0, len(TEXT) + 99),))
    bad = article(TEXT, sets=[replace(BARE, spans=[late], relations=[])], last=900)
    threads = threading.active_count()
    articles = [*many(9), bad, *many(40)[9:]]
    with pytest.raises(errors.Conflict):
        take(project, articles, **given(articles))
    for model in (Article, AnnotationSet, Span, Fragment):
        assert not model._default_manager.filter().exists(), model
    assert Import.objects.get().failed_at
    assert threading.active_count() == threads


def test_a_fault_of_the_file_ends_all(project: Project) -> None:
    def read(*_given: Any) -> reading.Found:
        yield from map(rules.ready, many(9))
        raise OSError("The disk is gone.")

    with pytest.raises(OSError, match="gone"):
        take(project, [], read=read, format_name="jsonl")
    assert not Article.objects.exists()
    assert not AnnotationSet.everything.exists()


def test_who_stops_it_finds_nothing_there(project: Project) -> None:
    def step(taken: int) -> None:
        if taken > 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(project, many(), step=step)
    for model in (Article, Span, Fragment, Relation):
        assert not model._default_manager.exists(), model
    assert not AnnotationSet.everything.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_they_are_written_beside_each_other(project: Project) -> None:
    """Else there would be no use in it: another thread writes than the one that makes chunks ready."""
    wrote: set[str] = set()

    def step(_taken: int) -> None:
        wrote.update(each.name for each in threading.enumerate())

    before = {each.name for each in threading.enumerate()}
    take(project, many(), step=step)
    assert len([name for name in wrote - before if name.startswith("import")]) == writing.HANDS
    assert not [each for each in threading.enumerate() if each.name.startswith("import")]
