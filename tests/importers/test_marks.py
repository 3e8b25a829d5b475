"""Annotations of other tools: the fixture of every format, its units and its faults."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid5

import pytest

from labels.importers import doccano, jsonl, label_studio, prodigy, pubannotation
from labels.importers import json as plain
from labels.importers._marks import Marks
from labels.importers._objects import objects
from labels.importers._reading import Fault
from labels.records import Article, BadItem
from labels.text.canonical import canonical
from labels.text.offsets import OffsetMap

from ..exporters.articles import TEXT


def read(module: Any, *things: Any, name: str = "ana.json") -> list[Article | BadItem]:
    """Read objects, one a line."""
    data = "".join(json.dumps(each) + "\n" for each in things).encode()
    return list(module.read(io.BytesIO(data), name))


def one(module: Any, thing: Any) -> Article:
    (found,) = read(module, thing)
    assert isinstance(found, Article), found
    return found


def in_doccano(start: Any = 20, end: Any = 24, label: str = "SOURCE", to: Any = 1) -> Any:
    return {
        "id": 7,
        "text": TEXT,
        "entities": [
            {"id": 1, "label": label, "start_offset": start, "end_offset": end},
            {"id": 2, "label": "CLAIM", "start_offset": 3, "end_offset": 19},
        ],
        "relations": [{"id": 1, "from_id": 2, "to_id": to, "type": "ATTRIBUTED_TO"}],
    }


def in_label_studio(start: Any = 20, end: Any = 24, label: str = "SOURCE", to: Any = "s") -> Any:
    region = {"from_name": "label", "to_name": "text", "type": "labels"}
    return {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [
            {
                "completed_by": 3,
                "result": [
                    {"id": "s", **region, "value": {"start": start, "end": end, "labels": [label]}},
                    {"id": "c", **region, "value": {"start": 3, "end": 19, "labels": ["CLAIM"]}},
                    {"type": "relation", "from_id": "c", "to_id": to, "labels": ["ATTRIBUTED_TO"]},
                ],
            }
        ],
    }


def in_pubannotation(start: Any = 20, end: Any = 24, label: str = "SOURCE", to: Any = "T1") -> Any:
    return {
        "text": TEXT,
        "denotations": [
            {"id": "T1", "span": {"begin": start, "end": end}, "obj": label},
            {"id": "T2", "span": {"begin": 3, "end": 19}, "obj": "CLAIM"},
        ],
        "relations": [{"id": "R1", "subj": "T2", "pred": "ATTRIBUTED_TO", "obj": to}],
    }


def in_prodigy(start: Any = 20, end: Any = 24, label: str = "SOURCE", to: Any = 5) -> Any:
    spans = [
        {"start": start, "end": end, "label": label},
        {"start": 3, "end": 19, "label": "CLAIM"},
    ]
    tokens = [{"id": 3, "start": 3, "end": 19}, {"id": 5, "start": 20, "end": 24}]
    relation = {"head": 3, "child": to, "label": "ATTRIBUTED_TO"}
    return {"text": TEXT, "tokens": tokens, "spans": spans, "relations": [relation]}


every = pytest.mark.parametrize(
    ("module", "made"),
    [
        (doccano, in_doccano),
        (label_studio, in_label_studio),
        (prodigy, in_prodigy),
        (pubannotation, in_pubannotation),
    ],
    ids=["doccano", "label_studio", "prodigy", "pubannotation"],
)


@every
def test_spans_and_links_are_read(module: Any, made: Callable[..., Any]) -> None:
    found = one(module, made())
    (marks,) = found.annotation_sets
    source, claim = marks.spans
    assert [found.text[each.start : each.end] for each in (source, claim)] == [
        "Ruiz",
        "“Taxes fell 5%,”",
    ]
    (link,) = marks.relations
    assert (link.type, link.source, link.target) == ("ATTRIBUTED_TO", claim.id, source.id)
    assert (marks.kind, marks.scheme_version) == ("imported", 0)
    assert found == one(module, made())


@every
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"start": -1}, "bad_offsets"),
        ({"start": 24}, "bad_offsets"),
        ({"end": 99}, "bad_offsets"),
        ({"end": "24"}, "bad_offsets"),
        ({"end": None}, "bad_offsets"),
        ({"label": ""}, "bad_label"),
        ({"label": "x" * 101}, "bad_label"),
        ({"to": 9}, "unknown_unit"),
    ],
)
def test_a_fault_is_told_with_its_place(
    module: Any, made: Callable[..., Any], changes: Any, code: str
) -> None:
    bad, good = read(module, made(**changes), made())
    assert isinstance(bad, BadItem)
    assert (bad.code, "1" in bad.place, isinstance(good, Article)) == (code, True, True)


@every
@pytest.mark.parametrize("junk", [[1], "x", None, {"text": TEXT, "relations": 5, "denotations": 5}])
def test_other_shapes_are_told(module: Any, made: Callable[..., Any], junk: Any) -> None:
    found = read(module, junk, made())
    assert any(isinstance(each, BadItem) for each in found)


def quoted(unit: str, quote: str) -> Any:
    offsets = OffsetMap(TEXT, unit).from_codepoint
    start = TEXT.index(quote)
    value = {"start": offsets(start), "end": offsets(start + len(quote)), "text": quote}
    return value | {"labels": ["SOURCE"]}


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_label_studio_s_unit_is_found_by_the_quotes_and_said(unit: str) -> None:
    task = in_label_studio()
    results = [
        {"id": str(at), "value": quoted(unit, each)} for at, each in enumerate(["Ruiz", "said"])
    ]
    task["annotations"][0]["result"] = results
    found = one(label_studio, task)
    spans = found.annotation_sets[0].spans
    assert [found.text[each.start : each.end] for each in spans] == ["Ruiz", "said"]
    assert list(found.notes) == (
        [] if unit == "codepoint" else [f"Offsets counted {unit}; they are code points now."]
    )


def test_label_studio_s_wrong_quote_is_told() -> None:
    task = in_label_studio()
    task["annotations"][0]["result"][0]["value"]["text"] = "Diaz"
    (found,) = read(label_studio, task)
    assert isinstance(found, BadItem)
    assert found.code == "quote_mismatch"


def test_label_studio_s_choices_are_attributes_and_predictions_are_counted() -> None:
    task = in_label_studio()
    results = task["annotations"][0]["result"]
    results.append(
        {"id": "s", "from_name": "sure", "type": "choices", "value": {"choices": ["yes"]}}
    )
    results.append(
        {"id": "s", "from_name": "note", "type": "textarea", "value": {"text": ["a", "b"]}}
    )
    results.append(
        {"id": "x", "from_name": "topic", "type": "choices", "value": {"choices": ["tax"]}}
    )
    task["predictions"] = [{"result": []}]
    task["annotations"].append({"completed_by": 3, "result": []})
    task["annotations"].append({"was_cancelled": True, "result": []})
    found = one(label_studio, task)
    first, second = found.annotation_sets
    assert first.spans[0].attributes == {"sure": "yes", "note": ["a", "b"]}
    assert [(each.annotator, each.round) for each in (first, second)] == [("3", 1), ("3", 2)]
    assert list(found.notes) == [
        "Predictions are not taken: 1.",
        "What is said of the whole text is not taken: 1.",
    ]


def test_doccano_s_annotator_is_the_file_and_its_doubt_is_said() -> None:
    found = one(doccano, {"text": TEXT, "label": [[20, 24, "SOURCE"]], "topic": "tax"})
    assert (found.annotation_sets[0].annotator, found.extra) == ("ana", {"topic": "tax"})
    assert "look at them" in found.notes[0]
    assert not one(doccano, {"text": "Ruiz.", "label": [[0, 4, "SOURCE"]]}).notes


def test_label_studio_writes_ends_of_lines_with_a_backslash() -> None:
    task = in_label_studio()
    task["data"]["text"] = "One\r\ntwo,\nthree."
    value = {"start": 0, "end": 8, "text": "One\\n\\ntwo", "labels": ["CLAIM"]}
    task["annotations"][0]["result"] = [{"id": "c", "value": value}]
    found = one(label_studio, task)
    (span,) = found.annotation_sets[0].spans
    assert found.text[span.start : span.end] == "One\ntwo"


def test_label_studio_s_notes_both_ways_and_regions_without_a_label_are_told_apart() -> None:
    task = in_label_studio()
    results = task["annotations"][0]["result"]
    results[0]["meta"] = {"text": ["sure", "it is"]}
    results[2]["direction"] = "bi"
    results.append({"id": "y", "type": "labels", "value": {"start": 0, "end": 3, "labels": []}})
    found = one(label_studio, task)
    (made,) = found.annotation_sets
    source, claim = made.spans
    assert source.attributes == {"note": "sure\nit is"}
    assert [(each.source, each.target) for each in made.relations] == [
        (claim.id, source.id),
        (source.id, claim.id),
    ]
    assert found.notes == ["Regions without a label, or of another kind, are not taken: 1."]


def test_label_studio_s_regions_of_a_page_are_refused_in_words() -> None:
    (found,) = read(label_studio, in_label_studio(start="/p[1]/text()[1]", end="/p[1]/text()[1]"))
    assert isinstance(found, BadItem)
    assert (found.code, "web page" in found.detail) == ("bad_offsets", True)


def test_label_studio_s_short_export_is_read() -> None:
    region = {"start": 20, "end": 24, "text": "Ruiz", "labels": ["SOURCE"]}
    line = {"id": 7, "text": TEXT, "ner": [region], "sure": "yes", "annotator": 3}
    line |= {"annotation_id": 91, "created_at": "2024-01-02", "lead_time": 3.5}
    head = json.dumps([line], indent=2).encode()
    assert label_studio.recognises(head, "a.json")
    assert plain.recognises(head, "a.json") is None
    found = one(label_studio, line)
    (made,) = found.annotation_sets
    assert (made.annotator, [each.label for each in made.spans]) == ("3", ["SOURCE"])
    assert (found.external_id, found.extra) == ("7", {"sure": "yes"})


def test_label_studio_s_tasks_that_nobody_has_done_are_articles() -> None:
    task = {"data": {"text": "Ruiz said so.", "desk": "world"}}
    assert label_studio.recognises(json.dumps([task], indent=2).encode(), "a.json")
    found = one(label_studio, task)
    assert (found.text, found.extra, found.annotation_sets) == (
        "Ruiz said so.",
        {"desk": "world"},
        [],
    )


def test_prodigy_s_answers_decide_what_is_taken() -> None:
    tasks = [
        in_prodigy() | {"answer": "accept", "_annotator_id": "ana", "meta": {"desk": "world"}},
        in_prodigy() | {"answer": "accept", "_annotator_id": "ana"},
        in_prodigy() | {"answer": "reject"},
    ]
    first, second, third = read(prodigy, *tasks)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, Article)
    sets = [
        (each.annotator, each.round) for each in (*first.annotation_sets, *second.annotation_sets)
    ]
    assert sets == [("ana", 1), ("ana", 2)]
    assert first.extra == {"meta": {"desk": "world"}}
    assert third.annotation_sets == []
    assert third.notes == ["The answer was “reject”: its marks are not taken."]


def test_prodigy_s_relations_join_words_and_spans() -> None:
    task = in_prodigy()
    task["tokens"].append({"id": 6, "start": 25, "end": 29})
    task["relations"] += [
        {
            "head": 6,
            "child": 5,
            "head_span": {"start": 25, "end": 29, "label": None},
            "child_span": {"start": 20, "end": 24, "label": "SOURCE"},
            "label": "SAYS",
        },
        {"head": 6, "child": 3, "label": "SAYS"},
    ]
    (made,) = one(prodigy, task).annotation_sets
    source, claim, said = made.spans
    assert said.label == "token"
    assert [(each.type, each.source, each.target) for each in made.relations] == [
        ("ATTRIBUTED_TO", claim.id, source.id),
        ("SAYS", said.id, source.id),
        ("SAYS", said.id, claim.id),
    ]


def test_prodigy_is_known_by_hashes_or_spans_and_left_alone_by_others() -> None:
    for line in ({"text": "a", "_input_hash": 1, "_task_hash": 2}, {"text": "a", "spans": []}):
        head = json.dumps(line).encode() + b"\n"
        assert prodigy.recognises(head, "a.jsonl")
        assert plain.recognises(head, "a.jsonl") is None
        assert jsonl.recognises(head, "a.jsonl") is None
    assert prodigy.recognises(b'{"text": "a", "html": "b"}\n', "a.jsonl") is None


def test_doccano_s_categories_are_kept_beside_and_said() -> None:
    found = one(doccano, {"text": TEXT, "label": ["economy", [20, 24, "SOURCE"]]})
    assert found.extra == {"label": ["economy"]}
    assert [each.label for each in found.annotation_sets[0].spans] == ["SOURCE"]
    assert found.notes[-1] == "Categories of the whole text are kept beside it."


def test_doccano_s_array_is_read_and_told_from_label_studio_s() -> None:
    array = json.dumps([in_doccano(), in_doccano(end=99)], indent=1).encode()
    assert doccano.recognises(array, "a.json")
    good, bad = doccano.read(io.BytesIO(array), "a.json")
    assert isinstance(good, Article)
    assert isinstance(bad, BadItem)
    assert (bad.place, len(good.annotation_sets[0].spans)) == ("a.json, article 2", 2)
    region = {"start": 20, "end": 24, "text": "Ruiz", "labels": ["SOURCE"]}
    short = {"id": 7, "text": TEXT, "label": [region], "annotator": 3, "annotation_id": 9}
    for other in ([short], [in_label_studio()]):
        assert doccano.recognises(json.dumps(other).encode(), "a.json") is None


def test_pubannotation_s_blocks_are_counted() -> None:
    found = one(pubannotation, in_pubannotation() | {"blocks": [{"id": "B1"}]})
    assert "Blocks are not taken: 1." in found.notes


def test_pubannotation_s_tracks_parts_and_attributes_are_read() -> None:
    document = in_pubannotation()
    parts = [{"begin": 3, "end": 19}, {"begin": 31, "end": 47}]
    track = {
        "project": "ben",
        "denotations": [{"id": "T1", "span": parts, "obj": "CLAIM"}],
        "attributes": [{"id": "A1", "subj": "T1", "pred": "checkworthy", "obj": "high"}],
        "modifications": [{"id": "M1", "pred": "Negation", "obj": "T1"}],
    }
    first, second = one(pubannotation, document | {"tracks": [track]}).annotation_sets
    assert (first.annotator, second.annotator) == ("pubannotation", "ben")
    (claim,) = second.spans
    assert len(claim.fragments) == 2
    assert claim.attributes == {"checkworthy": "high", "Negation": True}


@pytest.mark.parametrize(
    "data",
    [
        b'[{"a": "}\\"{"}, {"b": [{}]}]',
        b'{"a": "}\\"{"}\n{"b": [{}]}',
        b'\xef\xbb\xbf[ {"a":"}\\"{"} ,{"b":[{}]}\n]',
    ],
)
@pytest.mark.parametrize("piece", [1, 2, 7, 1000])
def test_objects_are_cut_wherever_the_pieces_end(
    data: bytes, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labels.importers._objects.PIECE", max(piece, 3))
    assert list(objects(io.BytesIO(data))) == [(1, {"a": '}"{'}), (2, {"b": [{}]})]


@pytest.mark.parametrize("data", [b"nope", b'{"a": 1', b'[{"a": 1}, 5]', b'{"a" 1}', b'"{}"'])
def test_what_is_no_object_is_told(data: bytes) -> None:
    assert any(isinstance(each, Fault) for _, each in objects(io.BytesIO(data)))


def test_the_same_name_has_the_same_id() -> None:
    """Or a file that is imported again would double what it brought: the ids are those of RFC 9562."""
    found = Marks(canonical(TEXT), "ana")
    for at in range(300):
        found.span(f"T{at}", "CLAIM", [(0, 3)])
    found.relation("R1", "SOURCE_OF", "T1", "T2")
    made = found.set()
    assert [each.id for each in made.spans] == [uuid5(found.id, f"span T{at}") for at in range(300)]
    assert made.relations[0].id == uuid5(found.id, "relation R1")
    assert made.relations[0].source == made.spans[1].id
