"""Argilla: records of both shapes, and which answers are taken."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from labels.importers import argilla
from labels.records import Article, BadItem

from ..exporters.articles import TEXT

RUIZ = {"start": 20, "end": 24, "label": "SOURCE"}
CLAIM = {"start": 3, "end": 19, "label": "CLAIM"}


def nested(*spans: Any) -> Any:
    return {
        "id": "r1",
        "fields": {"text": TEXT, "desk": "world"},
        "metadata": {"page": 5},
        "suggestions": {"facts": {"value": [RUIZ], "agent": "model"}},
        "responses": {
            "facts": [
                {"value": list(spans), "user_id": "ana", "status": "submitted"},
                {"value": [], "user_id": "ben"},
                {"value": [CLAIM], "user_id": "cy", "status": "discarded"},
            ],
            "topic": [{"value": "economy", "user_id": "ana", "status": "submitted"}],
        },
    }


def flat(*spans: Any) -> Any:
    return {
        "id": "r1",
        "_server_id": "x",
        "text": TEXT,
        "desk": "world",
        "metadata": {"page": 5},
        "facts.suggestion": [RUIZ],
        "facts.responses": [list(spans), [], [CLAIM]],
        "facts.responses.users": ["ana", "ben", "cy"],
        "facts.responses.status": ["submitted", "submitted", "discarded"],
        "topic.responses": ["economy"],
        "topic.responses.users": ["ana"],
        "topic.responses.status": ["submitted"],
    }


def read(*records: Any) -> list[Article | BadItem]:
    return list(argilla.read(io.BytesIO(json.dumps(records).encode()), "a.json"))


@pytest.mark.parametrize("made", [nested, flat])
def test_submitted_answers_are_sets_and_the_rest_is_told(made: Any) -> None:
    (found,) = read(made(RUIZ, CLAIM))
    assert isinstance(found, Article)
    ana, ben = found.annotation_sets
    assert (ana.annotator, ben.annotator, ben.spans) == ("ana", "ben", [])
    assert [(each.label, found.text[each.start : each.end]) for each in ana.spans] == [
        ("SOURCE", "Ruiz"),
        ("CLAIM", "“Taxes fell 5%,”"),
    ]
    assert found.external_id == "r1"
    assert found.extra == {"page": 5, "desk": "world", "topic": ["economy"]}
    assert found.notes == [
        "Answers that are not taken (discarded): 1.",
        "Suggestions are not taken: 1.",
        "Offsets are taken as code points. Argilla may have counted otherwise: look at them.",
    ]


@pytest.mark.parametrize("made", [nested, flat])
def test_a_place_that_is_none_is_told(made: Any) -> None:
    bad, good = read(made(RUIZ | {"end": 99}), made(RUIZ))
    assert isinstance(bad, BadItem)
    assert isinstance(good, Article)
    assert (bad.place, bad.code) == ("a.json, article 1", "bad_offsets")


@pytest.mark.parametrize(
    "junk", [{"fields": 5}, {"fields": {}}, {"responses": {"a": [5]}, "fields": {}}]
)
def test_other_shapes_are_told(junk: Any) -> None:
    (bad,) = read(junk)
    assert isinstance(bad, BadItem)


@pytest.mark.parametrize("made", [nested, flat])
def test_it_is_recognised(made: Any) -> None:
    head = json.dumps([made(RUIZ)], indent=1).encode()
    assert argilla.recognises(head, "a.json")
    assert argilla.recognises(b'[{"text": "a", "fields": 5}]', "a.json") is None
