"""Annotation sets from files: restored whole, nobody's own, never doubled, and published at once."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from labels import errors, records
from labels.actions import doctor, imports, intake, intake_rows
from labels.actions.access import Actor
from labels.exporters import jsonl
from labels.models import (
    AnnotationSet,
    Article,
    Fragment,
    Import,
    Project,
    Relation,
    Review,
    Revision,
    Span,
)
from labels.queries import export
from labels.queries import review as reviews
from labels.vocabulary import Kind, Role, State

from ..exporters import strategies
from ..exporters.articles import BY_ANA, CLAIM, LINK, SAMPLE, SECOND, TEXT, article, number
from ..factories import (
    add_span,
    apply,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db
EVERYTHING = export.Wanted()
BY_BEN = replace(
    SECOND, reviews=[replace(each, id=number(70 + at)) for at, each in enumerate(SECOND.reviews)]
)


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def written(*articles: records.Article, unit: str = "codepoint") -> bytes:
    return b"".join(jsonl.write(articles, unit))


def exported(of: Project) -> bytes:
    return b"".join(jsonl.write(export.articles(of, EVERYTHING)))


def take(of: Project, data: bytes, act: Any = imports.run) -> dict[str, Any]:
    files = [("a.jsonl", io.BytesIO(data))]
    made: Import = act(by=Actor(of.created_by), slug=of.slug, files=files)
    report: dict[str, Any] = made.report
    return report


def test_an_export_comes_back_byte_for_byte(project: Project) -> None:
    data = written(replace(SAMPLE, annotation_sets=[BY_ANA, BY_BEN]), article("No marks.", last=90))
    report = take(project, data)
    assert exported(project) == data
    assert (report["articles"], report["sets"], report["spans"]) == (2, 2, 3)
    assert (report["relations"], report["reviews"]) == (1, 4)
    assert list(doctor.findings()) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles=strategies.articles())
def test_any_export_comes_back_byte_for_byte(articles: list[records.Article]) -> None:
    data = written(*articles)
    with transaction.atomic():
        first = make_project(make_person())
        take(first, data)
        again = exported(first)
        assert list(doctor.findings()) == []
        transaction.set_rollback(True)
    with transaction.atomic():
        second = make_project(make_person())
        take(second, again)
        assert exported(second) == again
        transaction.set_rollback(True)
    assert again == data


@pytest.mark.parametrize("unit", ["utf16", "utf8"])
def test_offsets_of_other_units_become_code_points_and_it_is_said(
    project: Project, unit: str
) -> None:
    report = take(project, written(SAMPLE, unit=unit))
    assert exported(project) == written(SAMPLE)
    assert report["items"][0]["notes"] == [f"Offsets counted {unit}; they are code points now."]


def test_no_account_s_own_work_comes_from_a_file(project: Project) -> None:
    ana = make_member(project, Role.ANNOTATOR, "ana")
    rita = make_member(project, Role.REVIEWER, "rita")
    take(project, written(SAMPLE))
    row = AnnotationSet.objects.get()
    assert (row.kind, row.annotator, row.annotator_name) == (Kind.IMPORTED, None, "ana")
    verdict = Review.objects.get()
    assert (verdict.reviewer, verdict.by) == (None, "rita")
    assert reviews.payload(verdict)["reviewer"] == "rita"
    assert not ana.person.annotation_sets.exists()
    assert not rita.person.reviews.exists()
    mine = make_set(Article.objects.get(), ana)
    assert (mine.kind, mine.annotator) == (Kind.OWN, ana.person)


def test_what_is_there_is_not_doubled(project: Project) -> None:
    data = written(SAMPLE)
    take(project, data)
    report = take(project, data)
    assert (report["sets"], report["known_sets"], report["duplicates"]) == (0, 1, 1)
    assert exported(project) == data


def test_a_project_s_own_export_changes_nothing_in_it(project: Project) -> None:
    ana = make_member(project, Role.ANNOTATOR)
    text = make_article(project)
    row = make_set(text, ana)
    apply(row, ana, add_span(text.text, "SOURCE", "Ruiz"))
    before = exported(project)
    assert take(project, before)["known_sets"] == 1
    assert exported(project) == before


def test_sets_are_added_to_an_article_that_is_there(project: Project) -> None:
    there = make_article(project, TEXT)
    report = take(project, written(SAMPLE))
    assert (report["articles"], report["duplicates"], report["sets"]) == (0, 1, 1)
    assert AnnotationSet.objects.get().article == there


def test_ids_that_another_project_has_are_derived_and_found_again(project: Project) -> None:
    take(project, written(SAMPLE))
    other = make_project(make_person())
    take(other, written(SAMPLE))
    assert take(other, written(SAMPLE))["known_sets"] == 1
    (first, second) = AnnotationSet.objects.order_by("pk")
    assert (first.uuid, second.uuid != first.uuid) == (BY_ANA.id, True)
    assert Review.objects.values("uuid").distinct().count() == 2
    assert list(doctor.findings()) == []


def test_a_set_has_one_revision_that_names_its_import(project: Project) -> None:
    take(project, written(SAMPLE))
    line = Revision.objects.get(annotation_set__isnull=False)
    batch = Import.objects.get()
    assert (line.action, line.version, line.by) == ("import", 3, project.created_by)
    assert line.payload["import"] == str(batch.uuid)
    assert (line.payload["annotator"], line.payload["spans"]) == ("ana", 2)


def test_projects_count_the_sets(project: Project) -> None:
    take(project, written(replace(SAMPLE, annotation_sets=[BY_ANA, BY_BEN])))
    project.refresh_from_db()
    assert (project.returned_count, project.submitted_count, project.open_count) == (1, 1, 0)


def test_unknown_names_become_the_next_version_of_the_scheme_and_are_reported(
    project: Project,
) -> None:
    spans = [
        CLAIM._replace(attributes={"mood": "glad", "odd name": True}),
        CLAIM._replace(id=number(20), label="人物"),
    ]
    link = LINK._replace(target=number(20), type="knows", attributes={"years": 3})
    data = written(
        replace(SAMPLE, annotation_sets=[replace(BY_ANA, spans=spans, relations=[link])])
    )
    seen = take(project, data, imports.look)
    assert project.schemes.count() == 1
    report = take(project, data)
    assert report["scheme"] == seen["scheme"]
    current = project.schemes.latest("version")
    assert (current.version, AnnotationSet.objects.get().scheme) == (2, current)
    person = Span.objects.get(uuid=number(20)).label
    assert any(person in each and "人物" in each for each in report["scheme"])
    labels = {each["name"]: each for each in current.definition["labels"]}
    assert labels[person]["title"] == "人物"
    added = {each["name"]: each["type"] for each in labels["CLAIM"]["attributes"]}
    assert (added["mood"], added["odd_name"]) == ("choice", "boolean")
    (knows,) = [each for each in current.definition["relations"] if each["name"] == "knows"]
    assert (knows["from"], knows["to"]) == (["CLAIM"], [person])
    assert knows["attributes"] == [{"name": "years", "type": "integer"}]


def test_a_scheme_that_knows_all_names_stays(project: Project) -> None:
    assert take(project, written(SAMPLE))["scheme"] == []
    assert project.schemes.count() == 1


def test_rules_that_marks_break_are_said_and_the_marks_stay(project: Project) -> None:
    spans = [
        CLAIM._replace(fragments=(records.Fragment(1, 20),), attributes={"form": "sung"}),
        CLAIM._replace(id=number(21), fragments=(records.Fragment(10, 30),)),
    ]
    data = written(
        replace(SAMPLE, annotation_sets=[replace(BY_ANA, spans=spans, relations=[], reviews=[])])
    )
    report = take(project, data)
    codes = [each["code"] for each in report["warnings"]]
    assert codes == ["bad_boundary", "bad_boundary", "overlap", "bad_attribute"]
    assert report["broken"] == 4
    assert exported(project) == data


def test_a_look_stores_none_of_it(project: Project) -> None:
    report = take(project, written(SAMPLE), imports.look)
    assert (report["sets"], report["spans"]) == (1, 2)
    for model in (AnnotationSet, Span, Fragment, Relation, Review, Article):
        assert not model._default_manager.exists()
    assert not AnnotationSet.everything.exists()


def test_a_quote_that_is_not_the_text_is_listed_and_nothing_is_stored(project: Project) -> None:
    good, bad = written(SAMPLE), written(article("Ruiz spoke.", last=91))
    line = json.loads(written(replace(SAMPLE, id=number(92))))
    line["annotation_sets"][0]["spans"][1]["fragments"][0]["quote"] = "Diaz"
    with pytest.raises(errors.BadFile) as caught:
        take(project, bad + json.dumps(line).encode() + b"\n" + good)
    (fault,) = caught.value.errors
    assert (fault["code"], "line 2" in fault["place"]) == ("quote_mismatch", True)
    assert not AnnotationSet.everything.exists()
    assert not Span.objects.exists()


def test_what_is_staged_is_seen_by_nobody_until_it_is_published(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(project, TEXT)
    seen: list[tuple[int, int]] = []

    def stop(found: intake.Intake) -> None:
        seen.append((AnnotationSet.objects.count(), AnnotationSet.everything.count()))
        assert json.loads(exported(project))["annotation_sets"] == []
        raise errors.Busy("The power went.")

    monkeypatch.setattr(intake, "publish", stop)
    with pytest.raises(errors.Busy):
        take(project, written(SAMPLE))
    assert seen == [(0, 1)]
    assert not AnnotationSet.everything.exists()
    assert not Revision.objects.filter(annotation_set__isnull=False).exists()


def test_one_verdict_twice_is_refused_in_a_sentence(project: Project) -> None:
    other = replace(
        article("Ruiz spoke.", last=93),
        annotation_sets=[
            replace(BY_ANA, id=number(94), spans=[], relations=[], reviews=[SECOND.reviews[2]])
        ],
    )
    twice = replace(SAMPLE, annotation_sets=[SECOND])
    with pytest.raises(errors.Conflict):
        take(project, written(other, twice))
    assert not AnnotationSet.everything.exists()
    assert not Article.objects.exists()


def test_a_verdict_on_a_relation_that_is_gone_is_kept(project: Project) -> None:
    verdict = replace(SECOND.reviews[2], span=None, relation=number(98))
    data = written(replace(SAMPLE, annotation_sets=[replace(BY_ANA, reviews=[verdict])]))
    take(project, data)
    assert exported(project) == data
    assert Relation.objects.get(uuid=number(98)).type == intake_rows.GONE


def test_a_label_that_is_written_as_another_but_for_its_case_is_said_to_be(
    project: Project,
) -> None:
    line = json.dumps({"text": TEXT, "label": [[20, 24, "Source"], [25, 29, "SAY"]]})
    files = [("ana.jsonl", io.BytesIO(line.encode()))]
    report = imports.look(by=Actor(project.created_by), slug=project.slug, files=files).report
    assert report["scheme"] == ["Label Source, beside SOURCE that the scheme has", "Label SAY"]


def test_states_and_kinds_of_files_count_as_imported(project: Project) -> None:
    take(project, written(SAMPLE))
    of_kind = export.Wanted(kind=Kind.OWN), export.Wanted(kind=Kind.IMPORTED)
    assert [len(list(export.articles(project, each))) for each in of_kind] == [0, 1]
    returned = export.Wanted(state=State.RETURNED)
    assert len(list(export.articles(project, returned))) == 1


def test_a_zip_of_brat_comes_in_with_a_set_for_each_annotator(project: Project) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("c/a.txt", TEXT)
        archive.writestr("c/a_ana.ann", "T1\tSOURCE 20 24\tRuiz\nT2\tSAY 25 29\tsaid\n")
        archive.writestr("c/a_ben.ann", "T1\tSOURCE 20 24\tRuiz\n")
    files = [("c.zip", made)]
    by = Actor(project.created_by)
    report = imports.run(by=by, slug=project.slug, files=files).report
    assert (report["format"], report["articles"], report["sets"]) == ("brat", 1, 2)
    assert report["scheme"] == ["Label SAY"]
    assert sorted(x.annotator_name for x in AnnotationSet.objects.all()) == ["ana", "ben"]
    (again,) = [imports.run(by=by, slug=project.slug, files=files).report]
    assert (again["sets"], again["known_sets"]) == (0, 2)
    data = exported(project)
    Span.objects.filter(label="SAY").get()
    assert json.loads(data)["annotation_sets"][0]["kind"] == "imported"


def test_a_zip_of_several_formats_is_read_as_it_was_looked_at(project: Project) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "Ruiz spoke.")
        archive.writestr("b.jsonl", '{"text": "Diaz spoke."}')
    made.seek(0)
    by = Actor(project.created_by)
    seen = imports.look(by=by, slug=project.slug, files=[("c.zip", made)], keep=True)
    done = imports.confirm(by=by, slug=project.slug, uuid=seen.uuid)
    assert sorted(Article.objects.values_list("text", flat=True)) == ["Diaz spoke.", "Ruiz spoke."]
    assert (done.format, len(done.report["reasons"])) == ("auto", 2)
