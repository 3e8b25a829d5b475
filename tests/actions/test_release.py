"""Releases: whole, the same bytes from the same data, never changed, and honest about what is new."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
import yaml
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labels.actions import annotation, doctor, release
from labels.actions.access import Actor
from labels.errors import AlreadyExists, Forbidden, Invalid
from labels.models import AnnotationSet, Article, FilePart, Project, Release
from labels.queries import release as releases
from labels.vocabulary import Role

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    apply,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db

SCHEME = {
    "name": "Small",
    "labels": [
        {"name": "CLAIM", "overlap": "free", "attributes": [{"name": "note", "type": "text"}]},
        {"name": "SOURCE", "overlap": "free"},
    ],
    "relations": [{"name": "SAID_BY", "from": ["CLAIM"], "to": ["SOURCE"]}],
    "guideline": {"CLAIM": "Mark what could be true or false."},
}
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TABLES = ["annotations.jsonl", "articles.jsonl", "dataset.jsonl", "relations.jsonl"]


@pytest.fixture
def manager() -> Actor:
    return make_person("max")


@pytest.fixture
def project(manager: Actor) -> Project:
    return make_project(manager, scheme=SCHEME, description="Who said what.")


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ana")


def finished(of: Article, whom: Actor, *operations: dict[str, Any]) -> AnnotationSet:
    """Return a submitted set."""
    row = make_set(of, whom)
    if operations:
        apply(row, whom, *operations)
    row.refresh_from_db()
    return annotation.submit(by=whom, uuid=row.uuid, if_match=row.version)


@pytest.fixture
def labelled(project: Project, ana: Actor) -> AnnotationSet:
    claim = add_span(
        TEXT, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”", attributes={"note": "b"}
    )
    source = add_span(TEXT, "SOURCE", "Ruiz")
    link = add_relation("SAID_BY", claim["id"], source["id"])
    article = make_article(project, title="Taxes", published_at="2019-10-29", language="en")
    return finished(article, ana, claim, source, link)


def make(manager: Actor, project: Project, **terms: Any) -> Release:
    return release.make(by=manager, slug=project.slug, terms=terms, now=NOON)


def text(of: Release, name: str) -> str:
    return b"".join(releases.content(releases.one_file(of, name).sha256)).decode()


def rows(of: Release, name: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in text(of, name).splitlines()]


def test_a_release_holds_what_is_handed_in(
    project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet
) -> None:
    unfinished = make_set(make_article(project, "Not yet."), ana)
    apply(unfinished, ana, add_span("Not yet.", "CLAIM", "Not"))
    made = make(manager, project, licence_labels="CC-BY-4.0", notes="The first.")
    names = {each.name for each in releases.files(made)}
    assert set(TABLES) | {"README.md", "LICENSE-data", "scheme.json", "croissant.json"} < names
    assert not {"gold.jsonl", "LICENSE-text", "splits.json", "rebuild.py"} & names
    (article,) = rows(made, "articles.jsonl")
    assert (article["text"], article["title"]) == (TEXT, "Taxes")
    claim, source = rows(made, "annotations.jsonl")
    assert [each["quote"] for each in claim["fragments"]] == [
        "“Taxes fell 5%,”",
        "“and jobs rose.”",
    ]
    assert claim["attributes"] == {"note": "b"}
    assert re.fullmatch(r"person-[0-9a-f]{12}", claim["annotator"])
    (link,) = rows(made, "relations.jsonl")
    assert (link["from"], link["to"]) == (claim["id"], source["id"])
    assert "Mark what could be true or false." in text(made, "guidelines.md")
    assert made.counts["labels"] == {"CLAIM": 1, "SOURCE": 1}


def test_a_newer_text_is_a_row_that_says_which_it_follows(
    project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet
) -> None:
    assert "Texts of articles" not in text(make(manager, project), "CHANGELOG.md")
    newer = make_article(project, f"{TEXT} More.", supersedes=str(labelled.article.uuid))
    finished(newer, ana)
    made = make(manager, project)
    first, second = rows(made, "articles.jsonl")
    assert (first["version"], first["supersedes"]) == (1, None)
    assert (second["version"], second["supersedes"]) == (2, first["id"])
    said = "Texts of articles: 1 of version 1, 1 of version 2."
    assert said in text(made, "CHANGELOG.md")


def test_how_far_people_agree_is_told_under_the_names_of_the_release(
    project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet
) -> None:
    assert "agreement.json" not in {each.name for each in releases.files(make(manager, project))}
    ben = make_member(project, Role.ANNOTATOR, "ben")
    finished(labelled.article, ben, add_span(TEXT, "SOURCE", "Ruiz"))
    made = make(manager, project)
    found = {
        (each["measure"], each["label"]): each
        for each in orjson.loads(text(made, "agreement.json"))["results"]
    }
    assert found["span_f1_exact", "SOURCE"]["value"] == 1
    assert found["span_f1_exact", None]["value"] == pytest.approx(2 / 3)
    people = {each["annotator"] for each in rows(made, "annotations.jsonl")}
    assert set(found["span_f1_exact", None]["annotators"]) == people
    assert "ana" not in text(made, "agreement.json")
    named = make(manager, project, pseudonyms=False)
    assert orjson.loads(text(named, "agreement.json"))["results"][0]["annotators"] == ["ana", "ben"]


def test_pairs_without_an_article_in_common_are_left_out_of_the_agreement(
    project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet
) -> None:
    ben, cy = (make_member(project, Role.ANNOTATOR, each) for each in ("ben", "cy"))
    finished(labelled.article, ben)
    finished(make_article(project, "Quite another text."), cy)
    made = make(manager, project, pseudonyms=False)
    found = orjson.loads(text(made, "agreement.json"))["results"]
    assert {tuple(each["annotators"]) for each in found} == {("ana", "ben", "cy"), ("ana", "ben")}


@pytest.mark.parametrize(
    ("licence", "front"),
    [
        ("CC-BY-4.0", {"license": "cc-by-4.0"}),
        ("odbl-1.0", {"license": "odbl"}),
        ("Ask us", {"license": "other", "license_name": "Ask us"}),
        ("", {}),
    ],
)
def test_the_card_names_a_licence_as_hubs_know_it(
    project: Project, manager: Actor, labelled: AnnotationSet, licence: str, front: dict[str, str]
) -> None:
    card = text(make(manager, project, licence_labels=licence), "README.md")
    found = yaml.safe_load(card.removeprefix("---\n").split("\n---\n")[0])
    assert {name: value for name, value in found.items() if name.startswith("license")} == front


def test_the_card_says_how_many_articles_have_no_date_where_time_divides(
    project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet
) -> None:
    finished(make_article(project, "Quite another text, of no day."), ana)
    card = text(make(manager, project, split="time"), "README.md")
    assert "by time, the oldest first (without a date, and so the oldest: 1)." in card


def test_every_file_has_the_hash_and_size_that_are_listed(
    project: Project, manager: Actor, labelled: AnnotationSet
) -> None:
    made = make(manager, project)
    for each in releases.files(made):
        content = b"".join(releases.content(each.sha256))
        assert (len(content), sha256(content).hexdigest()) == (each.size, each.sha256)
    sums = dict(line.split("  ")[::-1] for line in text(made, "SHA256SUMS").splitlines())
    assert sums == {
        each.name: each.sha256 for each in releases.files(made) if each.name != "SHA256SUMS"
    }
    assert made.digest == sha256(text(made, "SHA256SUMS").encode()).hexdigest()
    assert list(doctor.findings()) == []


def test_the_same_data_give_the_same_bytes(
    project: Project, manager: Actor, labelled: AnnotationSet
) -> None:
    for terms in ({}, {"with_text": False}, {"split": "article", "pseudonyms": False}):
        with transaction.atomic():
            one = make(manager, project, **terms)
            files = releases.files(one)
            transaction.set_rollback(True)
        again = make(manager, project, **terms)
        if again.number == 1:
            assert releases.files(again) == files
        else:
            data = [each for each in files if each.name in TABLES]
            assert data == [each for each in releases.files(again) if each.name in TABLES]


def test_the_number_says_what_changed(
    project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet
) -> None:
    assert make(manager, project).version == "1.0.0"
    packed = make(manager, project, with_text=False, pseudonyms=False)
    assert (packed.version, any(sum(each.values()) for each in packed.changes.values())) == (
        "1.0.1",
        False,
    )
    other = make_article(project, "Jobs rose, Ruiz said.")
    finished(other, ana, add_span("Jobs rose, Ruiz said.", "CLAIM", "Jobs rose"))
    added = make(manager, project)
    assert added.version == "1.1.0"
    assert added.changes["annotations.jsonl"] == {"added": 1, "changed": 0, "removed": 0}
    row = annotation.reopen(by=ana, uuid=labelled.uuid, if_match=labelled.version)
    (claim,) = (each for each in row.spans.all() if each.label == "CLAIM")
    apply(row, ana, {"op": "delete_span", "id": str(claim.uuid)})
    row.refresh_from_db()
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    changed = make(manager, project)
    assert changed.version == "2.0.0"
    assert changed.changes["annotations.jsonl"]["removed"] == 1
    assert changed.changes["relations.jsonl"]["removed"] == 1
    assert "Against 1.1.0" in text(changed, "CHANGELOG.md")
    shuffled = make(manager, project, split="article")
    assert shuffled.version == "3.0.0"


def test_a_release_without_text_is_rebuilt_from_ones_own_copies(
    project: Project, manager: Actor, labelled: AnnotationSet, tmp_path: Path
) -> None:
    whole, bare = make(manager, project), make(manager, project, with_text=False)
    everything = "".join(text(bare, each.name) for each in releases.files(bare))
    assert "Mayor Ruiz spoke" not in everything
    assert "dataset.jsonl" not in {each.name for each in releases.files(bare)}
    package, copies = tmp_path / "package", tmp_path / "copies"
    package.mkdir()
    copies.mkdir()
    for name in ("articles.jsonl", "annotations.jsonl", "rebuild.py"):
        (package / name).write_text(text(bare, name), encoding="utf-8")
    (package / "gold.jsonl").write_text("")
    run = [sys.executable, str(package / "rebuild.py"), str(copies)]
    failed = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (failed.returncode, "1 of 1 texts are not in the folder" in failed.stderr) == (1, True)
    assert not (package / "with-text").exists()
    (copies / "mine.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("1 texts and 3 quotes are in ")
    rebuilt = (package / "with-text" / "annotations.jsonl").read_text(encoding="utf-8")
    quotes = [each["fragments"] for each in map(orjson.loads, rebuilt.splitlines())]
    assert quotes == [each["fragments"] for each in rows(whole, "annotations.jsonl")]


def test_what_is_long_is_cut_where_the_text_is_left_out(
    project: Project, manager: Actor, ana: Actor
) -> None:
    long = "Taxes fell five per cent in the year to October and jobs rose by a fifth"
    finished(make_article(project, f"{long}."), ana, add_span(f"{long}.", "CLAIM", long))
    (span,) = rows(make(manager, project, with_text=False), "annotations.jsonl")
    (fragment,) = span["fragments"]
    assert "quote" not in fragment
    assert fragment["quote_sha256"] == sha256(long.encode()).hexdigest()
    assert (fragment["quote_start"], fragment["quote_end"]) == (long[:20], long[-20:])


def test_a_release_never_changes(project: Project, manager: Actor, labelled: AnnotationSet) -> None:
    made = make(manager, project)
    for harm in (
        lambda: Release.objects.filter(pk=made.pk).update(version="9.9.9"),
        lambda: Release.objects.filter(pk=made.pk).delete(),
        lambda: FilePart.objects.update(content=b""),
        lambda: FilePart.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            harm()


def test_nothing_to_release_is_said(project: Project, manager: Actor) -> None:
    with pytest.raises(Invalid, match="nothing to release"):
        make(manager, project)
    assert not FilePart.objects.exists()


def test_only_a_manager_makes_one(project: Project, labelled: AnnotationSet) -> None:
    rita = make_member(project, Role.REVIEWER, "rita", can_export=True)
    with pytest.raises(Forbidden):
        make(rita, project)


def test_a_number_that_is_taken_is_refused_before_any_work(
    project: Project, manager: Actor, labelled: AnnotationSet
) -> None:
    release.make(by=manager, slug=project.slug, version="1.5.0")
    kept = FilePart.objects.count()
    with pytest.raises(AlreadyExists):
        release.make(by=manager, slug=project.slug, version="1.5.0")
    assert FilePart.objects.count() == kept


def test_equal_files_are_kept_once(
    project: Project, manager: Actor, labelled: AnnotationSet
) -> None:
    one, other = make(manager, project), make(manager, project)
    shared = {each.sha256 for each in releases.files(one)} & {
        each.sha256 for each in releases.files(other)
    }
    assert len(shared) >= len(TABLES)
    for digest in shared:
        assert FilePart.objects.filter(sha256=digest, number=0).count() == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(max_size=30), notes=st.text(max_size=60), licence=st.text(max_size=20))
def test_no_name_breaks_a_card(
    project: Project, manager: Actor, labelled: AnnotationSet, name: str, notes: str, licence: str
) -> None:
    clean = [re.sub(r"[\0\ud800-\udfff]", "", each) for each in (name, notes, licence)]
    with transaction.atomic():
        Project.objects.filter(pk=project.pk).update(name=clean[0] or "x", slug=f"p-{uuid4()}")
        changed = Project.objects.get(pk=project.pk)
        made = make(manager, changed, notes=clean[1], licence_labels=clean[2])
        card, croissant = text(made, "README.md"), orjson.loads(text(made, "croissant.json"))
        transaction.set_rollback(True)
    head = card.removeprefix("---\n").split("\n---\n")[0]
    front = yaml.safe_load(head)
    assert front["pretty_name"] == changed.name
    assert front.get("license_name", "") == clean[2].strip()
    assert croissant["distribution"][0]["sha256"]
