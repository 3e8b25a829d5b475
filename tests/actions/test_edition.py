"""Carrying a set over to a newer text of its article."""

from __future__ import annotations

from typing import Any

import pytest

from labels import errors
from labels.actions import article as articles
from labels.actions import doctor, edition, migration
from labels.actions.access import Actor
from labels.actions.outline import Outline
from labels.models import AnnotationSet, Article, Project, Relation, Span
from labels.queries import edition as queries
from labels.queries.annotation import units
from labels.vocabulary import Carried, Fate, Role, State, Task

from ..factories import (
    add_relation,
    add_span,
    apply,
    assign,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db

OLD = (
    "“Taxes fell 5%,” Ruiz said, “and jobs rose.”\n"
    "The opposition called it a dream. Weather was fine.\n"
    "A spokesman added that the mayor had left the town."
)
NEW = (
    "A spokesman added that the mayor had left the town.\n"
    "On Monday “Taxes fell 5%,” Ruiz said, “and jobs rose.”\n"
    "The opposition called it a bad dream."
)


def newer(of: Article, text: str = NEW) -> Article:
    return make_article(of.project, text, supersedes=str(of.uuid))


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR)


@pytest.fixture
def old(project: Project) -> Article:
    return make_article(project, OLD, external_id="a1")


@pytest.fixture
def row(old: Article, ana: Actor) -> AnnotationSet:
    made = make_set(old, ana)
    claim = add_span(
        OLD, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”", confidence=0.5, flag=True
    )
    source = add_span(OLD, "SOURCE", "Ruiz")
    edited = add_span(OLD, "CLAIM", "called it a dream")
    gone = add_span(OLD, "CLAIM", "Weather was fine")
    moved = add_span(OLD, "SOURCE", "A spokesman")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"])
    other = add_relation("ATTRIBUTED_TO", edited["id"], moved["id"])
    apply(made, ana, claim, source, edited, gone, moved, link, other)
    return made


@pytest.fixture
def new(old: Article, row: AnnotationSet, ana: Actor) -> Article:
    made = newer(old)
    assign(made, ana, Task.ANNOTATE)
    return made


def states(found: Outline) -> dict[str, tuple[Fate, Carried | None]]:
    return {
        OLD[x.span.start : x.span.fragments[0].end]: (x.fated.fate, x.outcome) for x in found.items
    }


def quotes(row: AnnotationSet, text: str = NEW) -> list[str]:
    return [" … ".join(text[x.start : x.end] for x in each.fragments) for each in units(row)[0]]


def item(found: Outline, quote: str) -> Any:
    return next(x for x in found.items if OLD[x.span.start : x.span.end] == quote)


def test_a_look_tells_what_becomes_of_each_span_and_does_nothing(
    row: AnnotationSet, new: Article, ana: Actor
) -> None:
    found = edition.look(by=ana, uuid=row.uuid, to=new.uuid)
    assert states(found) == {
        "A spokesman": (Fate.MOVED, None),
        "“Taxes fell 5%,”": (Fate.UNCHANGED, None),
        "Ruiz": (Fate.UNCHANGED, None),
        "called it a dream": (Fate.EDITED, None),
        "Weather was fine": (Fate.DELETED, None),
    }
    assert not found.is_begun
    assert AnnotationSet.objects.count() == 1


def test_what_is_proven_comes_along_with_all_that_is_said_of_it(
    row: AnnotationSet, new: Article, ana: Actor
) -> None:
    done = edition.carry(by=ana, uuid=row.uuid, to=new.uuid)
    made = done.outline.target
    assert made is not None
    assert (made.state, made.annotator_id, done.refused) == (State.OPEN, ana.person.pk, {})
    assert quotes(made) == ["A spokesman", "“Taxes fell 5%,” … “and jobs rose.”", "Ruiz"]
    claim = Span.objects.get(annotation_set=made, label="CLAIM")
    assert (claim.confidence, claim.flag) == (0.5, True)
    assert claim.derived_from == Span.objects.get(annotation_set=row, flag=True).uuid
    assert [OLD[x.span.start : x.span.end] for x in done.outline.unsettled] == [
        "called it a dream",
        "Weather was fine",
    ]
    (link,) = Relation.objects.filter(annotation_set=made)
    assert link.source == claim
    assert len(done.outline.carried_links) == 1
    row.refresh_from_db()
    assert (row.state, Span.objects.filter(annotation_set=row).live().count()) == ("open", 5)
    assert list(doctor.broken_chains()) == []


def test_again_it_brings_nothing_twice(row: AnnotationSet, new: Article, ana: Actor) -> None:
    edition.carry(by=ana, uuid=row.uuid, to=new.uuid)
    edition.carry(by=ana, uuid=row.uuid, to=new.uuid)
    assert Span.objects.filter(annotation_set__article=new).count() == 3


def test_a_person_settles_the_rest(row: AnnotationSet, new: Article, ana: Actor) -> None:
    done = edition.carry(by=ana, uuid=row.uuid, to=new.uuid)
    edited, gone = (
        item(done.outline, x).span.id for x in ("called it a dream", "Weather was fine")
    )
    whole: dict[str, Any] = {"by": ana, "uuid": row.uuid, "to": new.uuid}
    done = edition.settle(**whole, span=edited, outcome=Carried.CARRIED)
    made = done.outline.target
    assert made is not None
    assert "called it a bad dream" in quotes(made)
    assert len(done.outline.carried_links) == 2
    with pytest.raises(errors.Invalid, match="reason"):
        edition.settle(**whole, span=gone, outcome=Carried.DROPPED)
    done = edition.settle(**whole, span=gone, outcome=Carried.DROPPED, reason="No longer said.")
    assert done.outline.unsettled == []
    assert item(done.outline, "Weather was fine").reason == "No longer said."
    done = edition.settle(**whole, span=gone, outcome=None)
    assert [x.span.id for x in done.outline.unsettled] == [gone]
    with pytest.raises(errors.Invalid, match="fragments"):
        edition.settle(**whole, span=gone, outcome=Carried.CARRIED)
    place = {"start": NEW.index("bad"), "end": NEW.index("bad") + 3, "quote": "bad"}
    done = edition.settle(**whole, span=gone, outcome=Carried.CARRIED, fragments=[place])
    assert done.outline.unsettled == []
    with pytest.raises(errors.AlreadyExists):
        edition.settle(**whole, span=gone, outcome=Carried.AGAIN)
    assert list(doctor.broken_chains()) == []


def test_taking_back_leaves_what_somebody_has_changed(
    row: AnnotationSet, new: Article, ana: Actor
) -> None:
    made = edition.carry(by=ana, uuid=row.uuid, to=new.uuid).outline.target
    assert made is not None
    touched = Span.objects.get(annotation_set=made, label="CLAIM")
    apply(made, ana, {"op": "set_attributes", "id": str(touched.uuid), "flag": False})
    apply(made, ana, add_span(NEW, "SOURCE", "On Monday"))
    done = edition.take_back(by=ana, uuid=row.uuid, to=new.uuid)
    assert quotes(made) == ["On Monday", "“Taxes fell 5%,” … “and jobs rose.”"]
    assert len(done.outline.unsettled) == 4
    again = edition.carry(by=ana, uuid=row.uuid, to=new.uuid)
    assert len(again.outline.unsettled) == 2
    assert "Ruiz" in quotes(made)
    assert list(doctor.broken_chains()) == []


def test_what_the_scheme_no_longer_offers_is_told_and_left(
    row: AnnotationSet, new: Article, ana: Actor, project: Project
) -> None:
    manager = Actor(project.created_by)
    migration.begin(by=manager, slug=project.slug, what={"kind": "retire", "label": "SOURCE"})
    done = edition.carry(by=ana, uuid=row.uuid, to=new.uuid)
    left = {str(x.span.id) for x in done.outline.unsettled if x.is_proven}
    assert left == set(done.refused) & {str(x.span.id) for x in done.outline.items}
    assert len(left) == 2


def test_nobody_carries_what_is_not_theirs_or_leads_nowhere(
    row: AnnotationSet, old: Article, new: Article, ana: Actor, project: Project
) -> None:
    ben = make_member(project, Role.ANNOTATOR)
    assign(old, ben, Task.ANNOTATE)
    assign(new, ben, Task.ANNOTATE)
    other = make_article(project, "Nothing of that.")
    assign(other, ana, Task.ANNOTATE)
    for act in (edition.look, edition.carry):
        with pytest.raises(errors.Forbidden):
            act(by=ben, uuid=row.uuid, to=new.uuid)
        for where in (other, old):
            with pytest.raises(errors.NotFound):
                act(by=ana, uuid=row.uuid, to=where.uuid)
    assert AnnotationSet.objects.count() == 1


def test_what_is_handed_in_is_not_carried_into(
    row: AnnotationSet, new: Article, ana: Actor
) -> None:
    made = edition.carry(by=ana, uuid=row.uuid, to=new.uuid).outline.target
    AnnotationSet.objects.filter(pk=made.pk if made else 0).update(state=State.SUBMITTED)
    with pytest.raises(errors.SetLocked):
        edition.carry(by=ana, uuid=row.uuid, to=new.uuid)


def test_texts_stand_in_a_chain_that_does_not_fork(project: Project) -> None:
    first = make_article(project, "One.")
    second = newer(first, "One and two.")
    third = newer(second, "One, two and three.")
    assert [x.version for x in queries.versions(second)] == [1, 2, 3]
    assert (queries.newer(first), queries.newer(third)) == (second.uuid, None)
    with pytest.raises(errors.Conflict):
        newer(first, "One and a half.")


def test_another_text_of_an_external_id_follows_the_one_before(project: Project) -> None:
    first = make_article(project, "One.", external_id="a1")
    second = make_article(project, "Two.", external_id="a1")
    assert (second.external_id, second.version, second.supersedes_id) == ("a1", 2, first.pk)
    assert articles.add(by=Actor(project.created_by), slug=project.slug, items=[{"text": "One."}])[
        0
    ].duplicate
