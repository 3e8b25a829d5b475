"""Two releases compared from their own files: every count has its rows, and none is there for packaging."""

from __future__ import annotations

from typing import Any

import pytest

from labels.actions import annotation, diff, release, scheme
from labels.actions.access import Actor
from labels.errors import Forbidden, Invalid, NotFound
from labels.models import AnnotationSet, Project, Release
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
    "labels": [{"name": "CLAIM", "overlap": "free"}, {"name": "SOURCE", "overlap": "free"}],
    "relations": [{"name": "SAID_BY", "from": ["CLAIM"], "to": ["SOURCE"]}],
}


@pytest.fixture
def manager() -> Actor:
    return make_person("max")


@pytest.fixture
def project(manager: Actor) -> Project:
    return make_project(manager, scheme=SCHEME)


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ana")


def submitted(row: AnnotationSet, whom: Actor) -> AnnotationSet:
    row.refresh_from_db()
    return annotation.submit(by=whom, uuid=row.uuid, if_match=row.version)


@pytest.fixture
def labelled(project: Project, ana: Actor) -> AnnotationSet:
    row = make_set(make_article(project, title="Taxes"), ana)
    claim = add_span(TEXT, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”")
    source = add_span(TEXT, "SOURCE", "Ruiz")
    apply(row, ana, claim, source, add_relation("SAID_BY", claim["id"], source["id"]))
    return submitted(row, ana)


def make(manager: Actor, project: Project, **terms: Any) -> Release:
    return release.make(by=manager, slug=project.slug, terms=terms)


@pytest.fixture
def later(project: Project, manager: Actor, ana: Actor, labelled: AnnotationSet) -> list[Release]:
    """Return a release; a second with a span relabelled, one taken away, and an empty set of a new article."""
    first = make(manager, project)
    row = annotation.reopen(by=ana, uuid=labelled.uuid, if_match=labelled.version)
    spans = {each.label: str(each.uuid) for each in row.spans.all()}
    apply(row, ana, {"op": "delete_span", "id": spans["SOURCE"]})
    apply(row, ana, {"op": "relabel_span", "id": spans["CLAIM"], "label": "SOURCE"})
    submitted(row, ana)
    submitted(make_set(make_article(project, "Nothing here.", title="Dull"), ana), ana)
    renamed = [SCHEME["labels"][0], {"name": "SOURCE", "title": "Voice", "overlap": "free"}]
    definition = SCHEME | {"labels": renamed}
    scheme.add_version(by=manager, slug=project.slug, definition=definition)
    submitted(make_set(make_article(project, "Nor here.", title="Duller"), ana), ana)
    return [first, make(manager, project)]


def pair(manager: Actor, project: Project, one: Release, other: Release) -> diff.Pair:
    return diff.pair(
        by=manager, slug=project.slug, version=other.version, against=one.version, rows=True
    )


def test_every_count_leads_to_its_rows(
    project: Project, manager: Actor, later: list[Release]
) -> None:
    both = pair(manager, project, *later)
    made = diff.diff(both)
    tables = {each.of: each for each in made.tables}
    assert tables["spans"].all == {"added": 0, "changed": 1, "removed": 1}
    assert tables["spans"].named == {
        "CLAIM": {"added": 0, "changed": 1, "removed": 0},
        "SOURCE": {"added": 0, "changed": 1, "removed": 1},
    }
    assert tables["relations"].named == {"SAID_BY": {"added": 0, "changed": 0, "removed": 1}}
    assert tables["articles"].all == {"added": 2, "changed": 0, "removed": 0}
    assert tables["sets"].named == {"own": {"added": 2, "changed": 0, "removed": 0}}
    for of, table in tables.items():
        for how, count in table.all.items():
            assert len(list(diff.changes(both, of, how))) == count
            for name, counts in table.named.items():
                assert len(list(diff.changes(both, of, how, name))) == counts[how]
    (changed,) = diff.changes(both, "spans", "changed")
    assert changed.what == ("label",)
    (gone,) = diff.changes(both, "relations")
    words = diff.ends(both, [gone])[0].values()
    assert sorted(words) == ["Ruiz", "“Taxes fell 5%,” … “and jobs rose.”"]
    assert diff.titles(both, [changed.article]) == {changed.article: "Taxes"}


def test_the_other_way_round_it_is_the_opposite(
    project: Project, manager: Actor, later: list[Release]
) -> None:
    there = diff.diff(pair(manager, project, *later))
    back = diff.diff(pair(manager, project, *reversed(later)))
    for one, other in zip(there.tables, back.tables, strict=True):
        turned = {"added": "removed", "changed": "changed", "removed": "added"}
        assert one.all == {turned[how]: count for how, count in other.all.items()}
    assert (there.versions, back.versions) == ((1, 2), (2, 1))
    (title,) = there.scheme
    assert (title.kind, title.name, title.how, title.what) == (
        *("label", "SOURCE", "changed"),
        ("title",),
    )


def test_what_is_only_packed_in_another_way_is_no_difference(
    project: Project, manager: Actor, labelled: AnnotationSet
) -> None:
    whole = make(manager, project)
    bare = make(manager, project, with_text=False, pseudonyms=False)
    made = diff.diff(pair(manager, project, whole, bare))
    assert [sum(each.all.values()) for each in made.tables] == [0] * len(diff.FILES)
    assert made.terms == {"with_text": (True, False), "pseudonyms": (True, False)}
    assert made.scheme == []


def test_another_split_changes_articles(
    project: Project, manager: Actor, labelled: AnnotationSet
) -> None:
    whole, divided = make(manager, project), make(manager, project, split="article")
    (moved,) = diff.changes(pair(manager, project, whole, divided), "articles")
    assert (moved.how, moved.what) == ("changed", ("split",))


def test_what_was_made_before_there_was_a_table_is_not_compared(
    project: Project, manager: Actor, later: list[Release]
) -> None:
    both = pair(manager, project, *later)
    del both.before.counts["rows"]["sets.jsonl"]
    (sets,) = (each for each in diff.diff(both).tables if each.of == "sets")
    assert (sets.compared, sets.named) == (False, {})
    assert list(diff.changes(both, "sets")) == []


def test_the_first_release_has_none_before_it_and_others_are_found(
    project: Project, manager: Actor, later: list[Release]
) -> None:
    asked: dict[str, Any] = {"by": manager, "slug": project.slug}
    first, second = later
    with pytest.raises(Invalid, match="no release before"):
        diff.pair(**asked, version=first.version, against="")
    assert diff.pair(**asked, version=second.version, against="").before == first
    with pytest.raises(NotFound):
        diff.pair(**asked, version=second.version, against="9.9.9")
    nina = make_member(project, Role.ANNOTATOR, "nina")
    with pytest.raises(Forbidden):
        diff.pair(by=nina, slug=project.slug, version=second.version, against="")
