"""What stands, what is asked again, and the gold set that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from labels import errors
from labels.records import AnnotationSet, Attributes, Decision, Relation, Span
from labels.rules import adjudication as rules
from labels.rules import scheme
from labels.rules.adjudication import Item, Wish, items, standing
from labels.rules.comparison import compare
from labels.rules.gold import gold
from labels.vocabulary import Choice, Merge

from .units import TEXT, a_set, link, span, tangled

SCHEME = scheme.parse(
    {
        "name": "Free",
        "version": 1,
        "labels": [
            {
                "name": name,
                "overlap": "free",
                "attributes": [{"name": "cue", "type": "span", "labels": ["CUE"]}],
            }
            for name in ("CLAIM", "SOURCE", "CUE", "ENTITY")
        ],
        "relations": [
            {
                "name": name,
                "from": ["CLAIM", "SOURCE", "CUE", "ENTITY"],
                "to": ["CLAIM", "SOURCE", "CUE", "ENTITY"],
                "symmetric": name == "SAME_AS",
                "attributes": [{"name": "cue", "type": "span", "labels": ["CUE"]}],
            }
            for name in ("ATTRIBUTED_TO", "SAME_AS")
        ],
    }
)
SYMMETRIC = {"SAME_AS"}
CLAIM, SHORT = "Tokyo tightened export controls on chip materials in July", "Tokyo tightened"
_number = count(1)


def new_ids() -> Iterator[UUID]:
    return (UUID(int=number) for number in _number)


def decided(item: Item, wish: Wish, act: UUID | None = None) -> Decision:
    made, taken = rules.spans(item, wish, new_ids())
    return Decision(
        id=next(new_ids()),
        act=act or next(new_ids()),
        choice=wish.choice,
        about=tuple(map(rules.said, item.cluster.versions)) if item.cluster else (),
        taken=taken,
        spans=made,
        links=rules.links(item, taken, wish.choice),
        replaces=item.replaces,
    )


def desk(rows: list[AnnotationSet], decisions: list[Decision]) -> list[Item]:
    return items(compare(rows, symmetric=SYMMETRIC), standing(decisions))


def take_all(rows: list[AnnotationSet], one: AnnotationSet) -> list[Decision]:
    """Decide everything for one set: what it has is taken, what it has not is nobody's."""
    made = []
    for item in desk(rows, []):
        assert item.cluster
        there = any(each.set == one.id for each in item.cluster.present)
        made.append(decided(item, Wish(Choice.TAKE, one.id) if there else Wish(Choice.NONE)))
    return made


Plain = tuple[set[Any], set[Any]]


def plain(spans: list[Span], relations: list[Relation], ids: dict[UUID, UUID]) -> Plain:
    """Return spans and relations with ids led back to where they come from."""

    def led(values: Attributes) -> str:
        return repr(sorted((name, repr(ids.get(_uuid(v), v))) for name, v in values.items()))

    return (
        {(ids[one.id], one.label, one.fragments, led(one.attributes)) for one in spans},
        {
            (each.type, ids[each.source], ids[each.target], led(each.attributes))
            for each in relations
        },
    )


def _uuid(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        return UUID(int=0)


@pytest.mark.parametrize("seed", range(40))
def test_taking_all_of_one_set_makes_that_set(seed: int) -> None:
    rows = tangled(seed)
    for one in rows:
        found = gold(standing(take_all(rows, one)), SCHEME)
        back = {each.id: each.derived_from or each.id for each in found.spans}
        own = {each.id: each.id for each in one.spans}
        assert len(found.spans) == len(one.spans)
        assert len(found.relations) == len(one.relations)
        assert plain(found.spans, found.relations, back) == plain(
            list(one.spans), list(one.relations), own
        )
        assert found.origins.keys() == {
            *(each.id for each in found.spans),
            *(each.id for each in found.relations),
        }


@pytest.mark.parametrize("seed", range(10))
def test_what_is_decided_stands_until_a_set_changes(seed: int) -> None:
    rows = tangled(seed)
    made = take_all(rows, rows[0])
    assert all(each.decided for each in desk(rows, made))
    assert [each.key for each in desk(rows, made)] == [each.key for each in desk(rows, [])]


def planted() -> list[AnnotationSet]:
    """Ana and Ben differ about a claim's end, its cue and whose it is; two claims share a source."""
    rows = []
    for owner in ("Ana", "Ben"):
        cue = span(owner, "CUE", "said")
        claim = span(owner, "CLAIM", CLAIM if owner == "Ana" else SHORT, cue=str(cue.id))
        second = span(owner, "CLAIM", "and talks will follow")
        source = span(owner, "SOURCE", "a government source")
        same = span(owner, "ENTITY", "Kono"), span(owner, "ENTITY", "minister")
        one, other = same if owner == "Ana" else same[::-1]
        joined = link(one, other, kind="SAME_AS")
        links = [link(claim, source, cue=str(cue.id)), link(second, source), joined]
        rows.append(a_set(owner, cue, claim, second, source, *same, *links))
    return rows


def test_relations_and_references_lead_to_gold_whoever_was_taken() -> None:
    rows = planted()
    made = []
    for number, item in enumerate(desk(rows, [])):
        made.append(decided(item, Wish(Choice.TAKE, rows[number % 2].id)))
    found = gold(made, SCHEME)
    ids = {each.label: str(each.id) for each in found.spans}
    assert sorted(each.type for each in found.relations) == ["ATTRIBUTED_TO"] * 2 + ["SAME_AS"]
    to_source = [each for each in found.relations if each.type == "ATTRIBUTED_TO"]
    assert {str(each.target) for each in to_source} == {ids["SOURCE"]}
    assert [each.attributes for each in to_source if each.attributes] == [{"cue": ids["CUE"]}]
    (claim,) = [each for each in found.spans if "cue" in each.attributes]
    assert claim.attributes == {"cue": ids["CUE"]}


def test_a_relation_to_what_nobody_is_right_about_stays_out() -> None:
    rows = planted()
    made = []
    for item in desk(rows, []):
        assert item.cluster
        wish = Wish(Choice.TAKE, rows[0].id)
        made.append(decided(item, Wish(Choice.NONE) if item.cluster.labels == ["SOURCE"] else wish))
    assert [each.type for each in gold(made, SCHEME).relations] == ["SAME_AS"]


def test_a_relation_that_the_scheme_does_not_join_stays_out() -> None:
    rows = planted()
    made = take_all(rows, rows[0])
    narrow = replace(
        SCHEME,
        relations={
            name: replace(each, targets=("ENTITY",)) for name, each in SCHEME.relations.items()
        },
    )
    assert [each.type for each in gold(made, narrow).relations] == ["SAME_AS"]


# Decisions one after the other


def two() -> list[AnnotationSet]:
    return [
        a_set("Ana", span("Ana", "CLAIM", CLAIM)),
        a_set("Ben", span("Ben", "CLAIM", SHORT, name="b")),
    ]


def test_another_decision_replaces_the_first_and_undo_brings_it_back() -> None:
    rows = two()
    (item,) = desk(rows, [])
    first = decided(item, Wish(Choice.TAKE, rows[0].id))
    (item,) = desk(rows, [first])
    second = decided(item, Wish(Choice.NONE))
    undo = Decision(next(new_ids()), next(new_ids()), Choice.UNDO, undoes=second.act)
    assert standing([first, second]) == [second]
    assert standing([first, second, undo]) == [first]
    assert rules.last_act([first, second]) == second.act
    assert rules.last_act([first, second, undo]) == first.act
    again = replace(undo, undoes=first.act)
    assert (standing([first, second, undo, again]), rules.last_act([first, undo, again])) == (
        [],
        None,
    )


def test_what_changed_is_asked_again_and_keeps_its_old_decision() -> None:
    rows = two()
    made = take_all(rows, rows[0])
    moved = [rows[0], a_set("Ben", span("Ben", "CLAIM", "Tokyo", name="b"))]
    (item,) = desk(moved, made)
    assert (item.decided, item.changed, item.decision) == (False, (rows[1].id,), made[0])
    assert gold(standing(made), SCHEME).spans == list(made[0].spans)
    kept = decided(item, Wish(Choice.KEEP))
    assert standing([*made, kept]) == [kept]
    assert kept.spans == made[0].spans
    (item,) = desk(moved, [*made, kept])
    assert item.decided


def test_it_stands_again_when_the_change_is_taken_back() -> None:
    rows = two()
    made = take_all(rows, rows[0])
    (item,) = desk([rows[0], a_set("Ben")], made)
    assert item.changed == (rows[1].id,)
    (item,) = desk(rows, made)
    assert item.decided


def test_a_third_set_asks_again() -> None:
    rows = two()
    made = take_all(rows, rows[0])
    third = a_set("Carl", span("Carl", "CLAIM", CLAIM))
    (item,) = desk([*rows, third], made)
    assert item.changed == (third.id,)


def test_what_nobody_marks_any_more_can_be_kept_or_dropped() -> None:
    rows = two()
    made = take_all(rows, rows[0])
    emptied = [a_set("Ana"), a_set("Ben")]
    (item,) = desk(emptied, made)
    assert (item.cluster, item.decided) == (None, False)
    with pytest.raises(errors.BadDecision):
        decided(item, Wish(Choice.TAKE, rows[0].id))
    for choice, left in ((Choice.KEEP, 1), (Choice.NONE, 0)):
        settled = decided(item, Wish(choice))
        assert desk(emptied, [*made, settled]) == []
        assert len(gold(standing([*made, settled]), SCHEME).spans) == left


# What may be wished


def test_boundaries_are_merged_both_ways() -> None:
    rows = [
        a_set("Ana", span("Ana", "CLAIM", "Tokyo tightened export", "on chip materials")),
        a_set("Ben", span("Ben", "CLAIM", "tightened export controls")),
    ]
    (item,) = desk(rows, [])
    assert item.cluster

    def quotes(how: Merge) -> list[str]:
        (made,), _taken = rules.spans(item, Wish(Choice.MERGE, merge=how), new_ids())
        return [TEXT[each.start : each.end] for each in made.fragments]

    assert quotes(Merge.UNION) == ["Tokyo tightened export controls", "on chip materials"]
    assert quotes(Merge.INTERSECTION) == ["tightened export"]


def test_a_split_may_have_nothing_in_common() -> None:
    late = "materials in July"
    rows = [
        a_set("Ana", span("Ana", "CLAIM", CLAIM)),
        a_set("Ben", span("Ben", "CLAIM", SHORT), span("Ben", "CLAIM", late)),
        a_set("Carl", span("Carl", "CLAIM", SHORT)),
        a_set("Dora", span("Dora", "CLAIM", late)),
    ]
    (item,) = desk(rows, [])
    assert item.cluster
    assert len(item.cluster.present) == 4
    with pytest.raises(errors.BadDecision):
        rules.merged(item.cluster, Merge.INTERSECTION)


@pytest.mark.parametrize(
    "wish", [Wish(Choice.TAKE), Wish(Choice.TAKE, UUID(int=9)), Wish(Choice.KEEP)]
)
def test_what_does_not_fit_the_unit_is_refused(wish: Wish) -> None:
    (item,) = desk(two(), [])
    with pytest.raises(errors.BadDecision):
        decided(item, wish)


def test_an_edit_keeps_the_attributes_where_the_label_stays() -> None:
    rows = [a_set("Ana", span("Ana", "CLAIM", CLAIM, f="x")), a_set("Ben")]
    (item,) = desk(rows, [])
    (kept,), _taken = rules.spans(item, Wish(Choice.EDIT), new_ids())
    (other,), _taken = rules.spans(item, Wish(Choice.EDIT, label="SOURCE"), new_ids())
    assert (kept.label, kept.attributes) == ("CLAIM", {"f": "x"})
    assert (other.label, other.attributes) == ("SOURCE", {})


def test_disagreements_are_alike_by_kind_and_by_who_has_what() -> None:
    rows = [
        a_set("Ana", span("Ana", "CLAIM", CLAIM), span("Ana", "CUE", "said")),
        a_set("Ben", span("Ben", "CUE", "spoke"), span("Ben", "CLAIM", SHORT)),
        a_set("Carl", span("Carl", "CUE", "said")),
    ]
    likenesses = [rules.likeness(each.cluster) for each in desk(rows, []) if each.cluster]
    assert len(set(likenesses)) == 3
