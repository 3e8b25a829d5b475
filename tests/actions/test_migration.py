"""Migrations: every set is carried along, nothing under way is lost, and each can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from labels import errors
from labels.actions import (
    annotation,
    carrying,
    doctor,
    migration,
    operation,
)
from labels.actions.access import Actor
from labels.models import (
    AnnotationSet,
    Import,
    Migration,
    Project,
    Revision,
    Scheme,
    Span,
)
from labels.queries import annotation as sets
from labels.queries import migration as queries
from labels.vocabulary import Role, State

from ..factories import (
    SCHEME,
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

RENAME = {"kind": "rename", "label": "CLAIM", "to": "STATEMENT"}
CLAIM, SOURCE = "“Taxes fell 5%,”", "Ruiz"
DIRECT = {"form": "direct", "check_worthiness": "NFS"}
LINK = {"attitude": "statement", "stance": "affirm"}


@pytest.fixture
def chief() -> Actor:
    return make_person("max")


@pytest.fixture
def project(chief: Actor) -> Project:
    return make_project(chief)


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ana")


def marked(project: Project, whom: Actor, text: str = TEXT) -> AnnotationSet:
    """Return a set with a claim and its source."""
    row = make_set(make_article(project, text), whom)
    claim = add_span(text, "CLAIM", CLAIM, attributes=DIRECT)
    source = add_span(text, "SOURCE", SOURCE, attributes={"source_type": "named_individual"})
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"], attributes=LINK)
    apply(row, whom, claim, source, link)
    return row


def migrate(by: Actor, project: Project, what: Any) -> Migration:
    made = migration.begin(by=by, slug=project.slug, what=what)
    # On a busy machine one request is not enough.
    while made.finished_at is None:
        made = migration.go_on(by=by, slug=project.slug, uuid=made.uuid)
    return made


def labels(row: AnnotationSet) -> list[str]:
    return [each.label for each in sets.units(row)[0]]


def anew(row: AnnotationSet) -> AnnotationSet:
    return AnnotationSet.objects.select_related("scheme", "article__project").get(pk=row.pk)


def test_a_rename_carries_every_set_along_and_keeps_its_state(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    handed_in = marked(project, ana, f"{TEXT} Twice.")
    annotation.submit(by=ana, uuid=handed_in.uuid, if_match=4)
    made = migrate(chief, project, RENAME)
    assert made.finished_at is not None
    assert (made.total, made.done, made.spans, made.left) == (2, 2, 2, [])
    for each, version, state in ((row, 5, State.OPEN), (handed_in, 6, State.SUBMITTED)):
        now = anew(each)
        assert labels(now) == ["STATEMENT", "SOURCE"]
        assert (now.version, now.state, now.scheme.version) == (version, state, 2)
        assert {span.rev for span in sets.units(now)[0]} == {2, 3}
    line = Revision.objects.get(annotation_set=row, version=5)
    claim = Span.objects.get(annotation_set=row, label="STATEMENT")
    assert (line.action, line.by.username) == ("migrate_scheme", "max")
    assert line.payload == {
        "operation": {"migration": str(made.uuid), "scheme_version": 2, "what": RENAME},
        "spans": {"CLAIM": [str(claim.uuid)]},
    }
    assert list(doctor.findings()) == []
    assert Scheme.objects.get(project=project, version=1).definition["labels"][0]["name"] == "CLAIM"


def test_a_look_tells_what_is_concerned_and_changes_nothing(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    marked(project, chief, f"{TEXT} Twice.")
    found = migration.look(by=chief, slug=project.slug, what=RENAME)
    told = found.payload()
    assert (told["spans"], told["sets"], told["touched"], told["people"]) == (
        2,
        2,
        2,
        ["ana", "max"],
    )
    assert told["states"] == {"open": 2}
    (first, _second) = told["samples"]
    assert first["quote"] == CLAIM
    assert (first["label"], first["becomes"], first["set"]) == (
        "CLAIM",
        "STATEMENT",
        str(row.uuid),
    )
    assert told["scheme"]["labels"][0]["name"] == "STATEMENT"
    assert labels(anew(row)) == ["CLAIM", "SOURCE"]
    assert Scheme.objects.filter(project=project).count() == 1


def test_a_look_costs_the_same_with_one_set_and_with_three(
    chief: Actor, project: Project, ana: Actor, django_assert_num_queries: Any
) -> None:
    def look() -> None:
        migration.look(by=chief, slug=project.slug, what=RENAME)

    marked(project, ana)
    with django_assert_num_queries(7):
        look()
    for number in range(2):
        marked(project, ana, f"{TEXT} Number {number}.")
    with django_assert_num_queries(7):
        look()


def test_an_open_browser_is_told_and_what_it_had_kept_is_taken(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    migrate(chief, project, RENAME)
    kept = add_span(TEXT, "CLAIM", "Mayor Ruiz spoke on Monday in Lima", attributes=DIRECT)
    common: dict[str, Any] = {"by": ana, "uuid": row.uuid, "key": uuid4(), "operations": [kept]}
    with pytest.raises(errors.Stale) as stale:
        operation.apply(if_match=4, **common)
    (told,) = stale.value.extra["operations"]
    assert (told["op"], told["version"], told["what"]) == ("migrate_scheme", 5, RENAME)
    answer = operation.apply(if_match=5, **common)
    assert answer.version == 6
    assert labels(anew(row)) == ["STATEMENT", "SOURCE", "STATEMENT"]
    line = Revision.objects.get(annotation_set=row, version=6)
    assert line.payload["operation"]["label"] == "STATEMENT"


def test_what_the_scheme_never_had_is_still_refused(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    migrate(chief, project, RENAME)
    with pytest.raises(errors.UnknownLabel):
        apply(row, ana, add_span(TEXT, "THING", "Lima"))
    with pytest.raises(errors.BadAttribute):
        apply(row, ana, add_span(TEXT, "STATEMENT", "Lima", attributes={"form": "loud"}))


def test_an_attribute_and_its_values_are_renamed_with_what_is_said(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    name = {"kind": "rename", "label": "CLAIM", "attribute": "form", "to": "shape"}
    value = {
        "kind": "rename",
        "label": "CLAIM",
        "attribute": "shape",
        "value": "direct",
        "to": "quoted",
    }
    assert migrate(chief, project, name).spans == 1
    assert migrate(chief, project, value).spans == 1
    (claim, _source), _links = sets.units(anew(row))
    assert claim.attributes == {"shape": "quoted", "check_worthiness": "NFS"}
    apply(row, ana, {"op": "set_attributes", "id": str(claim.id), "attributes": {"form": "mixed"}})
    apply(row, ana, {"op": "set_attributes", "id": str(claim.id), "attributes": {"form": "direct"}})
    assert sets.units(anew(row))[0][0].attributes["shape"] == "quoted"


def test_a_relation_and_its_values_are_renamed_with_the_links(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    made = migrate(chief, project, {"kind": "rename", "relation": "ATTRIBUTED_TO", "to": "SAID_BY"})
    assert (made.spans, made.relations) == (0, 1)
    value = {
        "kind": "rename",
        "relation": "SAID_BY",
        "attribute": "stance",
        "value": "affirm",
        "to": "yes",
    }
    assert migration.look(by=chief, slug=project.slug, what=value).concern.relations == 1
    migrate(chief, project, value)
    (link,) = sets.units(anew(row))[1]
    assert (link.type, link.attributes["stance"]) == ("SAID_BY", "yes")


def test_a_merge_carries_all_spans_and_is_taken_back_as_it_was(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    apply(row, ana, add_span(TEXT, "ENTITY", "Lima"))
    made = migrate(chief, project, {"kind": "merge", "labels": ["SOURCE"], "to": "ENTITY"})
    assert made.spans == 1
    assert labels(anew(row)) == ["CLAIM", "ENTITY", "ENTITY"]
    apply(row, ana, add_span(TEXT, "SOURCE", "Mayor"))
    back = migrate(chief, project, {"undoes": str(made.uuid)})
    assert back.undoes == made
    assert labels(anew(row)) == ["CLAIM", "SOURCE", "ENTITY", "ENTITY"]
    assert back.after.definition == SCHEME | {"version": 3}
    assert list(doctor.findings()) == []


def test_a_set_that_could_not_go_back_stays_and_is_named(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    made = migrate(chief, project, {"kind": "merge", "labels": ["SOURCE"], "to": "ENTITY"})
    (_claim, entity), _links = sets.units(anew(row))
    given = {"op": "set_attributes", "id": str(entity.id), "attributes": {"entity_type": "PERSON"}}
    apply(row, ana, given)
    back = migrate(chief, project, {"undoes": str(made.uuid)})
    assert (back.left, back.left_count, back.spans) == ([str(row.uuid)], 1, 0)
    assert labels(anew(row)) == ["CLAIM", "ENTITY"]
    assert anew(row).scheme.version == 2


def test_spans_that_would_clash_are_told_and_nothing_is_merged(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    apply(row, ana, add_span(TEXT, "ENTITY", "Ruiz said"))
    wanted = {"kind": "merge", "labels": ["SOURCE"], "to": "ENTITY"}
    (clash,) = migration.look(by=chief, slug=project.slug, what=wanted).clashes
    assert clash.set == row
    assert {clash.one.label, clash.two.label} == {"SOURCE", "ENTITY"}
    with pytest.raises(errors.OverlapRefused, match="1 pair of spans") as refused:
        migrate(chief, project, wanted)
    assert refused.value.errors[0]["set"] == str(row.uuid)
    assert Scheme.objects.filter(project=project).count() == 1
    migrate(chief, project, wanted | {"overlap": "free"})
    assert labels(anew(row)) == ["CLAIM", "ENTITY", "ENTITY"]


def test_a_split_by_an_attribute_moves_each_span_and_goes_back(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    apply(row, ana, add_span(TEXT, "CLAIM", "Mayor Ruiz spoke on Monday", attributes={}))
    split = {"kind": "split", "label": "CLAIM", "attribute": "form", "into": {"direct": "QUOTE"}}
    assert migration.look(by=chief, slug=project.slug, what=split).concern.spans == 1
    made = migrate(chief, project, split)
    assert labels(anew(row)) == ["QUOTE", "SOURCE", "CLAIM"]
    migrate(chief, project, {"undoes": str(made.uuid)})
    assert labels(anew(row)) == ["CLAIM", "SOURCE", "CLAIM"]


def test_a_retired_label_stays_where_it_is_and_goes_nowhere_else(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    made = migrate(chief, project, {"kind": "retire", "label": "CLAIM"})
    with pytest.raises(errors.LabelRetired, match="no longer used"):
        apply(row, ana, add_span(TEXT, "CLAIM", "Lima"))
    source = Span.objects.get(annotation_set=row, label="SOURCE")
    apply(
        row, ana, {"op": "set_attributes", "id": str(source.uuid), "attributes": {}, "flag": True}
    )
    annotation.submit(by=ana, uuid=row.uuid, if_match=6)
    migrate(chief, project, {"undoes": str(made.uuid)})
    assert labels(anew(row)) == ["CLAIM", "SOURCE"]
    assert anew(row).state == State.SUBMITTED


def test_what_was_deleted_is_renamed_too_and_comes_back(
    chief: Actor, project: Project, ana: Actor
) -> None:
    row = marked(project, ana)
    claim = Span.objects.get(annotation_set=row, label="CLAIM")
    apply(row, ana, {"op": "delete_span", "id": str(claim.uuid)})
    assert migrate(chief, project, RENAME).spans == 1
    apply(row, ana, {"op": "restore_span", "id": str(claim.uuid)})
    spans, links = sets.units(anew(row))
    assert [each.label for each in spans] == ["STATEMENT", "SOURCE"]
    assert len(links) == 1


def test_it_goes_on_where_a_request_ended(
    chief: Actor, project: Project, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [marked(project, ana, f"{TEXT} Number {number}.") for number in range(3)]
    monkeypatch.setattr(carrying, "SPANS", 1)
    monkeypatch.setattr(migration, "SECONDS", 0)
    made = migration.begin(by=chief, slug=project.slug, what=RENAME)
    assert (made.done, made.total, made.finished_at) == (1, 3, None)
    with pytest.raises(errors.MigrationRunning):
        migrate(chief, project, {"kind": "retire", "label": "CUE"})
    apply(rows[2], ana, add_span(TEXT, "CLAIM", "Lima"))
    for done in (2, 3, 3):
        made = migration.go_on(by=chief, slug=project.slug, uuid=made.uuid)
        assert made.done == done
    assert made.finished_at is not None
    assert queries.running(project) is None
    assert made.spans == 4
    assert {label for row in rows for label in labels(anew(row))} == {"STATEMENT", "SOURCE"}


def test_undoing_comes_last_in_first_out(chief: Actor, project: Project) -> None:
    first = migrate(chief, project, RENAME)
    second = migrate(chief, project, {"kind": "retire", "label": "CUE"})
    with pytest.raises(errors.Conflict, match="Undo what came after"):
        migrate(chief, project, {"undoes": str(first.uuid)})
    migrate(chief, project, {"undoes": str(second.uuid)})
    back = migrate(chief, project, {"undoes": str(first.uuid)})
    assert back.after.definition == SCHEME | {"version": 5}


@pytest.mark.parametrize(
    "what", [{"undoes": 7}, {"undoes": str(UUID(int=7)), "kind": "retire"}, {"undoes": None}]
)
def test_an_undo_that_cannot_be_read_is_refused(chief: Actor, project: Project, what: Any) -> None:
    with pytest.raises(errors.Invalid):
        migrate(chief, project, what)


def test_another_projects_change_is_not_found(chief: Actor, project: Project) -> None:
    other = make_project(make_person("eve"))
    made = migrate(Actor(other.created_by), other, RENAME)
    with pytest.raises(errors.NotFound):
        migrate(chief, project, {"undoes": str(made.uuid)})
    with pytest.raises(errors.NotFound):
        migration.go_on(by=chief, slug=project.slug, uuid=made.uuid)


def test_another_projects_sets_are_left_alone(chief: Actor, project: Project, ana: Actor) -> None:
    other = make_project(make_person("eve"))
    theirs = marked(other, Actor(other.created_by))
    marked(project, ana)
    assert migrate(chief, project, RENAME).total == 1
    assert labels(anew(theirs)) == ["CLAIM", "SOURCE"]
    assert anew(theirs).version == 4


@pytest.mark.parametrize("end", ["failed_at", "cancelled_at"])
def test_it_waits_for_an_import(chief: Actor, project: Project, end: str) -> None:
    batch = Import.objects.create(project=project, by=chief.person, format="jsonl")
    with pytest.raises(errors.Conflict, match="import is under way"):
        migrate(chief, project, RENAME)
    Import.objects.filter(pk=batch.pk).update(**{end: batch.created_at})
    migrate(chief, project, RENAME)


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.REVIEWER])
def test_only_managers_migrate(project: Project, role: Role) -> None:
    whom = make_member(project, role)
    with pytest.raises(errors.Forbidden):
        migration.look(by=whom, slug=project.slug, what=RENAME)
    with pytest.raises(errors.Forbidden):
        migrate(whom, project, RENAME)
