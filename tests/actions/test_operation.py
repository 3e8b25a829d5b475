"""Operations: what each does, what each refuses, and that nothing is ever half-done."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from labels import errors
from labels.actions import annotation, operation
from labels.actions.access import Actor
from labels.models import AnnotationSet, Fragment, IdempotencyKey, Relation, Revision, Span
from labels.queries import annotation as sets
from labels.vocabulary import Role

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    apply,
    fragment,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db

Bench = tuple[AnnotationSet, Actor]


@pytest.fixture
def bench() -> Bench:
    project = make_project(make_person())
    ana = make_member(project, Role.ANNOTATOR)
    return make_set(make_article(project), ana), ana


def units(row: AnnotationSet) -> dict[str, Any]:
    fresh = AnnotationSet.objects.select_related("article", "scheme").get(pk=row.pk)
    payload = sets.payload(fresh)
    return {"spans": payload["spans"], "relations": payload["relations"]}


def counts(row: AnnotationSet) -> tuple[int, ...]:
    fresh = AnnotationSet.objects.get(pk=row.pk)
    tables = (Span, Fragment, Relation, Revision, IdempotencyKey)
    return (fresh.version, *(table.objects.count() for table in tables))


def test_add_span_stores_what_was_sent(bench: Bench) -> None:
    row, ana = bench
    claim = add_span(
        TEXT, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”", attributes={"form": "direct"}
    )
    answer = apply(row, ana, claim)
    # Starting the set was its first step.
    assert answer.payload() == {
        "version": 2,
        "results": [{"op": "add_span", "id": claim["id"], "rev": 2, "also": []}],
    }
    (span,) = units(row)["spans"]
    assert span["fragments"] == claim["fragments"]
    assert span["attributes"] == {"form": "direct"}
    assert span["rev"] == 2


def test_a_batch_is_one_step_per_operation(bench: Bench) -> None:
    row, ana = bench
    source, claim = add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CLAIM", "“Taxes fell 5%,”")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"], attributes={"stance": "affirm"})
    answer = apply(row, ana, source, claim, link)
    assert answer.version == 4
    (relation,) = units(row)["relations"]
    assert (relation["from"], relation["to"], relation["rev"]) == (claim["id"], source["id"], 4)


REFUSED: list[tuple[str, dict[str, Any], type[errors.Refusal]]] = [
    ("unknown label", {"label": "NOPE"}, errors.UnknownLabel),
    ("no fragments", {"fragments": []}, errors.BadOffsets),
    ("no list", {"fragments": {"start": 0}}, errors.BadOffsets),
    ("end before start", {"fragments": [{"start": 5, "end": 5, "quote": ""}]}, errors.BadOffsets),
    ("past the end", {"fragments": [{"start": 0, "end": 9999, "quote": "x"}]}, errors.BadOffsets),
    ("below zero", {"fragments": [{"start": -1, "end": 3, "quote": "x"}]}, errors.BadOffsets),
    (
        "true is no number",
        {"fragments": [{"start": True, "end": 3, "quote": "x"}]},
        errors.BadOffsets,
    ),
    ("no quote", {"fragments": [{"start": 17, "end": 21}]}, errors.QuoteMissing),
    (
        "wrong quote",
        {"fragments": [{"start": 17, "end": 21, "quote": "Ruis"}]},
        errors.QuoteMismatch,
    ),
    ("white space", {"fragments": [fragment(TEXT, "Ruiz ")]}, errors.BadBoundary),
    (
        "overlapping fragments",
        {"fragments": [fragment(TEXT, "Ruiz said"), fragment(TEXT, "said")]},
        errors.BadOffsets,
    ),
    ("unknown attribute", {"attributes": {"nope": 1}}, errors.BadAttribute),
    ("value that is none", {"attributes": {"source_type": "nope"}}, errors.BadAttribute),
    ("id that is none", {"id": "nope"}, errors.Malformed),
]


@pytest.mark.parametrize(
    ("change", "refusal"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_add_span_refuses(
    bench: Bench, change: dict[str, Any], refusal: type[errors.Refusal]
) -> None:
    row, ana = bench
    before = counts(row)
    fine = add_span(TEXT, "CUE", "said")
    with pytest.raises(refusal) as caught:
        apply(row, ana, fine, add_span(TEXT, "SOURCE", "Ruiz") | change)
    assert caught.value.extra["operation"] == 1
    assert counts(row) == before


def test_quote_mismatch_names_both_strings(bench: Bench) -> None:
    row, ana = bench
    wrong = add_span(TEXT, "SOURCE", "Ruiz") | {
        "fragments": [{"start": 17, "end": 21, "quote": "Rosa"}]
    }
    with pytest.raises(errors.QuoteMismatch) as caught:
        apply(row, ana, wrong)
    assert (caught.value.errors[0]["quote"], caught.value.errors[0]["text"]) == ("Rosa", "Ruiz")


def test_claims_nest_but_do_not_cross(bench: Bench) -> None:
    row, ana = bench
    apply(row, ana, add_span(TEXT, "CLAIM", "Mayor Ruiz spoke on Monday"))
    apply(row, ana, add_span(TEXT, "CLAIM", "spoke on Monday"))
    with pytest.raises(errors.OverlapRefused):
        apply(row, ana, add_span(TEXT, "CLAIM", "Monday in Lima"))
    with pytest.raises(errors.OverlapRefused):
        apply(row, ana, add_span(TEXT, "CLAIM", "spoke on Monday"))
    apply(row, ana, add_span(TEXT, "ENTITY", "Monday"), add_span(TEXT, "SOURCE", "Mayor Ruiz"))
    with pytest.raises(errors.OverlapRefused):
        apply(row, ana, add_span(TEXT, "SOURCE", "Ruiz spoke"))


def test_a_fragment_may_lie_in_the_gap_of_another_claim(bench: Bench) -> None:
    row, ana = bench
    apply(row, ana, add_span(TEXT, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”"))
    apply(row, ana, add_span(TEXT, "CLAIM", "Ruiz said"))
    assert len(units(row)["spans"]) == 2


def linked(bench: Bench) -> tuple[dict[str, Any], ...]:
    row, ana = bench
    source, claim = add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CLAIM", "“Taxes fell 5%,”")
    cue = add_span(TEXT, "CUE", "said")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"], attributes={"cue": cue["id"]})
    apply(row, ana, source, claim, cue, link)
    return source, claim, cue, link


def test_delete_takes_relations_along_and_restore_returns_them(bench: Bench) -> None:
    row, ana = bench
    source, claim, _cue, link = linked(bench)
    before = units(row)
    answer = apply(row, ana, {"op": "delete_span", "id": source["id"]})
    assert answer.results[0]["also"] == [link["id"]]
    assert units(row)["relations"] == []
    answer = apply(row, ana, {"op": "restore_span", "id": source["id"]})
    assert answer.results[0]["also"] == [link["id"]]
    assert without_revs(units(row)) == without_revs(before)
    assert claim["id"] in {each["id"] for each in units(row)["spans"]}


def without_revs(found: dict[str, Any]) -> Any:
    return [
        {k: v for k, v in each.items() if k != "rev"} for kind in found.values() for each in kind
    ]


def test_a_relation_waits_for_its_other_end(bench: Bench) -> None:
    row, ana = bench
    source, claim, _cue, link = linked(bench)
    for gone in (source, claim):
        apply(row, ana, {"op": "delete_span", "id": gone["id"]})
    assert apply(row, ana, {"op": "restore_span", "id": source["id"]}).results[0]["also"] == []
    answer = apply(row, ana, {"op": "restore_span", "id": claim["id"]})
    assert answer.results[0]["also"] == [link["id"]]


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_deleting_a_cue_clears_references_and_restoring_returns_them(
    bench: Bench, in_one_batch: bool
) -> None:
    row, ana = bench
    _source, _claim, cue, link = linked(bench)
    steps = [{"op": "delete_span", "id": cue["id"]}, {"op": "restore_span", "id": cue["id"]}]
    if in_one_batch:
        apply(row, ana, *steps)
    else:
        assert apply(row, ana, steps[0]).results[0]["also"] == [link["id"]]
        assert units(row)["relations"][0]["attributes"] == {}
        apply(row, ana, steps[1])
    assert units(row)["relations"][0]["attributes"] == {"cue": cue["id"]}


def test_move_span_changes_fragments_alone(bench: Bench) -> None:
    row, ana = bench
    source = add_span(TEXT, "SOURCE", "Ruiz", attributes={"source_type": "named_individual"})
    apply(row, ana, source)
    moved = [fragment(TEXT, "Mayor Ruiz")]
    apply(row, ana, {"op": "move_span", "id": source["id"], "fragments": moved})
    (span,) = units(row)["spans"]
    assert (span["fragments"], span["attributes"]) == (moved, {"source_type": "named_individual"})
    assert Fragment.objects.count() == 1


def test_relabel_keeps_attributes_that_fit_and_refuses_to_break_links(bench: Bench) -> None:
    row, ana = bench
    source, claim, _cue, link = linked(bench)
    with pytest.raises(errors.NotJoined) as caught:
        apply(row, ana, {"op": "relabel_span", "id": source["id"], "label": "ENTITY"})
    assert caught.value.errors == [{"relation": link["id"], "code": "relation_not_joined"}]
    apply(row, ana, {"op": "delete_relation", "id": link["id"]})
    apply(row, ana, {"op": "relabel_span", "id": source["id"], "label": "ENTITY"})
    labels = {each["id"]: each["label"] for each in units(row)["spans"]}
    assert (labels[source["id"]], labels[claim["id"]]) == ("ENTITY", "CLAIM")


def test_relations_are_refused_where_the_scheme_does_not_join(bench: Bench) -> None:
    row, ana = bench
    source, claim, cue, _link = linked(bench)
    for wrong, refusal in (
        (add_relation("ATTRIBUTED_TO", source["id"], claim["id"]), errors.NotJoined),
        (add_relation("ATTRIBUTED_TO", claim["id"], claim["id"]), errors.NotJoined),
        (add_relation("ATTRIBUTED_TO", claim["id"], source["id"]), errors.TooManyRelations),
        (add_relation("ATTRIBUTED_TO", claim["id"], str(uuid4())), errors.UnknownUnit),
        (add_relation("NOPE", claim["id"], source["id"]), errors.UnknownRelation),
        (add_relation("COREF", source["id"], cue["id"]), errors.NotJoined),
    ):
        with pytest.raises(refusal):
            apply(row, ana, wrong)


def test_attribute_rules_hold(bench: Bench) -> None:
    row, ana = bench
    entity = add_span(
        TEXT, "ENTITY", "Lima", attributes={"entity_type": "GPE", "wikidata_qid": "Q2868"}
    )
    apply(row, ana, entity)

    def change(**values: Any) -> None:
        apply(row, ana, {"op": "set_attributes", "id": entity["id"], "attributes": values})

    with pytest.raises(errors.BadAttribute):
        change(nil=True)
    with pytest.raises(errors.BadAttribute):
        change(wikidata_qid="2868")
    change(wikidata_qid=None)
    change(nil=True)
    assert units(row)["spans"][0]["attributes"] == {"entity_type": "GPE", "nil": True}


def test_flag_and_confidence_travel_with_attributes(bench: Bench) -> None:
    row, ana = bench
    entity = add_span(TEXT, "ENTITY", "Lima")
    apply(row, ana, entity)
    apply(
        row,
        ana,
        {
            "op": "set_attributes",
            "id": entity["id"],
            "attributes": {},
            "flag": True,
            "confidence": 0.5,
        },
    )
    (span,) = units(row)["spans"]
    assert (span["flag"], span["confidence"]) == (True, 0.5)
    with pytest.raises(errors.BadAttribute):
        apply(
            row,
            ana,
            {"op": "set_attributes", "id": entity["id"], "attributes": {}, "confidence": 2},
        )


def test_a_stale_client_is_told_what_it_missed(bench: Bench) -> None:
    row, ana = bench
    source = add_span(TEXT, "SOURCE", "Ruiz")
    apply(row, ana, source)
    with pytest.raises(errors.Stale) as caught:
        operation.apply(
            by=ana,
            uuid=row.uuid,
            if_match=1,
            key=uuid4(),
            operations=[add_span(TEXT, "CUE", "said")],
        )
    assert caught.value.extra == {
        "version": 2,
        "operations": [{"version": 2, **source}],
        "offset_unit": "codepoint",
    }


def test_the_same_request_again_gets_the_stored_answer(bench: Bench) -> None:
    row, ana = bench
    key, source = uuid4(), add_span(TEXT, "SOURCE", "Ruiz")
    first = operation.apply(by=ana, uuid=row.uuid, if_match=1, key=key, operations=[source])
    before = counts(row)
    again = operation.apply(by=ana, uuid=row.uuid, if_match=1, key=key, operations=[source])
    assert (again, counts(row)) == (first, before)
    with pytest.raises(errors.KeyReused):
        operation.apply(
            by=ana, uuid=row.uuid, if_match=2, key=key, operations=[add_span(TEXT, "CUE", "said")]
        )


@pytest.mark.parametrize(
    "body", [None, [], {}, "x", [1], [{}], [{"op": "nope"}], [{"op": ["add_span"]}]]
)
def test_a_body_that_is_none_is_refused(bench: Bench, body: Any) -> None:
    row, ana = bench
    with pytest.raises((errors.Malformed, errors.UnknownOperation)):
        operation.apply(by=ana, uuid=row.uuid, if_match=1, key=uuid4(), operations=body)


def test_a_submitted_set_is_closed(bench: Bench) -> None:
    row, ana = bench
    annotation.submit(by=ana, uuid=row.uuid, if_match=1)
    with pytest.raises(errors.SetLocked):
        apply(row, ana, add_span(TEXT, "SOURCE", "Ruiz"))


def test_nobody_else_writes_the_set(bench: Bench) -> None:
    row, _ana = bench
    manager = Actor(row.article.project.created_by)
    with pytest.raises(errors.Forbidden):
        apply(row, manager, add_span(TEXT, "SOURCE", "Ruiz"))
    with pytest.raises(errors.NotFound):
        apply(row, make_person(), add_span(TEXT, "SOURCE", "Ruiz"))


def test_the_chain_links_each_revision_to_the_one_before(bench: Bench) -> None:
    row, _ana = bench
    linked(bench)
    lines = list(Revision.objects.filter(annotation_set=row).order_by("version"))
    assert [each.version for each in lines] == [1, 2, 3, 4, 5]
    assert [each.previous for each in lines] == ["", *(each.chain for each in lines[:-1])]
    assert AnnotationSet.objects.get(pk=row.pk).chain == lines[-1].chain


def test_an_operation_costs_the_same_with_one_span_and_with_three(
    bench: Bench, django_assert_num_queries: Any
) -> None:
    row, ana = bench
    words = iter(["Taxes", "jobs", "Mayor", "Monday", "Lima"])
    apply(
        row, ana, add_span(TEXT, "CUE", "said")
    )  # The process has parsed the scheme from here on.
    for already in (1, 3):
        while Span.objects.filter(label="ENTITY").count() < already:
            apply(row, ana, add_span(TEXT, "ENTITY", next(words)))
        step = add_span(TEXT, "ENTITY", next(words))
        version = AnnotationSet.objects.get(pk=row.pk).version
        with django_assert_num_queries(OPERATION_QUERIES):
            operation.apply(by=ana, uuid=row.uuid, if_match=version, key=uuid4(), operations=[step])


OPERATION_QUERIES = 11
"""Savepoint and its release (a transaction outside tests), set with rights, key, spans named, neighbours, span,
fragment, revision, set, key."""


def test_ids_are_unique_in_a_set_and_free_across_sets(bench: Bench) -> None:
    row, ana = bench
    source = add_span(TEXT, "SOURCE", "Ruiz", uuid=UUID(int=7))
    apply(row, ana, source)
    with pytest.raises(errors.UnitExists):
        apply(row, ana, add_span(TEXT, "CUE", "said", uuid=UUID(int=7)))
    other = make_member(row.article.project, Role.ANNOTATOR)
    apply(make_set(row.article, other), other, source)
    assert Span.objects.filter(uuid=UUID(int=7)).count() == 2
