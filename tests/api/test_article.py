"""Articles by the API: listing, reading, storing, changing what is known of them."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Import, Project, Revision
from labels.vocabulary import Role, Task

from ..factories import TEXT, assign, make_article, make_member, make_set
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/articles/"


def stored() -> tuple[int, int]:
    return Article.objects.count(), Revision.objects.count()


# Storing


def test_an_article_is_stored_in_canonical_form(
    path: str, project: Project, manager: Caller
) -> None:
    given = {
        "text": "\ufeffTitle\r\n\r\nA story.\r  ",
        "external_id": "reuters-1",
        "language": "en",
        "publisher": "The Paper",
        "byline": "A. Writer",
        "url": "https://example.org/1",
        "published_at": "2019-10-29",
        "extra": {"desk": {"name": "world", "codes": [1, 2.5, None, True]}},
    }
    found = answered(manager.post(path, given), 201)
    text = "Title\n\nA story.\n  "
    assert found == given | {
        "id": found["id"],
        "title": "Title",
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "length": len(text),
        "version": 1,
    }
    assert answered(manager.get(f"articles/{found['id']}/")) == found | {"supersedes": None}
    project.refresh_from_db()
    assert project.article_count == 1


def test_a_list_is_answered_with_a_list(path: str, manager: Caller) -> None:
    found = answered(
        manager.post(path, [{"text": "One."}, {"text": "Two."}, {"text": "One."}]), 201
    )
    assert [each["title"] for each in found] == ["One.", "Two.", "One."]
    assert [each.get("duplicate", False) for each in found] == [False, False, True]
    assert found[0]["id"] == found[2]["id"]
    assert Article.objects.count() == 2


def test_a_text_that_is_known_is_answered_as_the_project_has_it(path: str, manager: Caller) -> None:
    first = answered(manager.post(path, {"text": "A story.", "title": "First"}), 201)
    again = manager.post(path, {"text": "\ufeffA story.", "title": "Second", "language": "en"})
    assert answered(again, 200) == first | {"duplicate": True}
    assert Article.objects.count() == 1


def test_a_later_text_of_one_external_id_is_its_next_version(path: str, manager: Caller) -> None:
    answered(manager.post(path, {"text": "First.", "external_id": "a"}), 201)
    second = answered(manager.post(path, {"text": "Second.", "external_id": "a"}), 201)
    assert second["version"] == 2
    assert answered(manager.post(path, {"text": "Second."}), 200)["version"] == 2


def test_a_text_that_an_import_is_bringing_in_is_neither_shown_nor_called_known(
    path: str, project: Project, max_: Actor, manager: Caller
) -> None:
    made = answered(manager.post(path, {"text": "A story."}), 201)
    batch = Import.objects.create(project=project, by=max_.person, format="text")
    Article.objects.filter(uuid=made["id"]).update(batch=batch)
    assert answered(manager.get(path))["results"] == []
    problem(manager.get(f"articles/{made['id']}/"), 404, "not_found")
    problem(manager.post(path, {"text": "A story."}), 409, "conflict")
    batch.published_at = batch.created_at
    batch.save()
    assert answered(manager.post(path, {"text": "A story."}), 200)["id"] == made["id"]


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = {"in": value}
    return value


TEXTS: list[tuple[str, Any, str]] = [
    ("empty", {"text": ""}, "bad_text"),
    ("blank", {"text": " \n\u2003"}, "bad_text"),
    ("BOM alone", {"text": "\ufeff"}, "bad_text"),
    ("NUL", {"text": "a\0b"}, "bad_text"),
    ("NUL elsewhere", {"text": "a", "title": "a\0b"}, "bad_text"),
    ("too long", {"text": "x" * 5_000_001}, "bad_text"),
    ("no text", {"title": "x"}, "invalid"),
    ("a number", {"text": 7}, "invalid"),
    ("null", {"text": None}, "invalid"),
    ("unknown member", {"text": "a", "body": "b"}, "invalid"),
    ("a long title", {"text": "a", "title": "x" * 501}, "invalid"),
    ("a title that is a list", {"text": "a", "title": ["x"]}, "invalid"),
    ("an address", {"text": "a", "url": "javascript:alert(1)"}, "invalid"),
    ("a broken address", {"text": "a", "url": "http://[1"}, "invalid"),
    ("a date", {"text": "a", "published_at": "yesterday"}, "invalid"),
    ("extra", {"text": "a", "extra": [1]}, "invalid"),
    ("deep extra", {"text": "a", "extra": deep(40)}, "invalid"),
    ("a huge number", {"text": "a", "extra": {"n": 2**63}}, "invalid"),
]


@pytest.mark.parametrize(("item", "code"), [c[1:] for c in TEXTS], ids=[c[0] for c in TEXTS])
def test_an_article_that_cannot_be_kept_stores_none_of_the_list(
    path: str, manager: Caller, item: Any, code: str
) -> None:
    before = stored()
    found = problem(manager.post(path, [{"text": "Fine."}, item]), 422, code)
    assert stored() == before
    assert all(each["field"] for each in found.get("errors", []))


def test_a_refusal_names_the_article_and_the_field(path: str, manager: Caller) -> None:
    found = problem(
        manager.post(path, [{"text": "Fine."}, {"text": "a", "url": "x"}]), 422, "invalid"
    )
    (fault,) = found["errors"]
    assert (fault["field"], fault["item"]) == ("url", 1)


def test_a_nul_is_named_with_its_position(path: str, manager: Caller) -> None:
    found = problem(manager.post(path, {"text": "ab\0c"}), 422, "bad_text")
    assert found["errors"] == [{"field": "text", "code": "nul", "position": 2}]


BODIES: list[tuple[str, Any, int, str]] = [
    ("nothing", None, 400, "malformed"),
    ("no JSON", b"{", 400, "malformed"),
    ("half of a pair", b'{"text": "\\ud800"}', 400, "malformed"),
    ("another half", b'{"text": "\\udc00x"}', 400, "malformed"),
    ("not UTF-8", b'{"text": "\xe9"}', 400, "malformed"),
    ("deep", orjson.dumps({"text": "a", "extra": deep(80)}), 400, "malformed"),
    ("a text", b'"x"', 400, "malformed"),
    ("an empty list", b"[]", 400, "malformed"),
    ("an empty object", b"{}", 400, "malformed"),
    ("no articles", b"[1]", 422, "invalid"),
    ("too many", orjson.dumps([{"text": "x"}] * 1001), 422, "invalid"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES]
)
def test_a_body_that_is_none_is_refused(
    path: str, manager: Caller, body: Any, status: int, code: str
) -> None:
    before = stored()
    problem(manager.post(path, body), status, code)
    assert stored() == before


def test_odd_texts_come_back_as_they_went(path: str, manager: Caller) -> None:
    for text in (
        "👩‍👩‍👧‍👦 🇯🇵 e\u0301",
        "نص عربي",
        "日本語。\u2028次",
        " a\tb \x0c",
        "\ue000\uffff\U0010ffff",
    ):
        made = answered(manager.post(path, {"text": text}), 201)
        assert (made["text"], made["length"]) == (text, len(text))


# Listing


def test_the_list_has_no_texts(path: str, article: Article, manager: Caller) -> None:
    (found,) = answered(manager.get(path))["results"]
    assert "text" not in found
    assert (found["id"], found["length"]) == (str(article.uuid), len(TEXT))


def test_annotators_see_what_is_assigned_to_them(
    path: str, article: Article, project: Project, ana: Actor, annotator: Caller
) -> None:
    make_article(project, "Not for Ana.")
    assert answered(annotator.get(path))["results"] == []
    assign(article, ana, Task.ANNOTATE)
    assert [each["id"] for each in answered(annotator.get(path))["results"]] == [str(article.uuid)]


def test_words_and_state_filter(path: str, project: Project, max_: Actor, manager: Caller) -> None:
    taxes = make_article(project, "About taxes.", publisher="The Paper")
    make_article(project, "About jobs.")
    make_set(taxes, max_)

    def titles(query: str) -> list[str]:
        return [each["title"] for each in answered(manager.get(path + query))["results"]]

    assert titles("?q=about+PAPER") == ["About taxes."]
    assert titles("?q=about%25") == []
    assert titles("?state=open") == ["About taxes."]
    assert titles("?state=untouched") == ["About jobs."]
    assert titles("?state=approved") == []
    problem(manager.get(f"{path}?state=lost"), 422, "invalid")
    problem(manager.get(f"{path}?q=a%00"), 422, "bad_text")


def test_a_filter_by_state_tells_an_annotator_nothing_of_others(
    path: str, row: AnnotationSet, article: Article, project: Project, annotator: Caller
) -> None:
    ben = make_member(project, Role.ANNOTATOR)
    theirs = make_set(article, ben)
    answered(with_token(ben).move(theirs, "submit"))
    assert answered(annotator.get(f"{path}?state=submitted"))["results"] == []
    assert len(answered(annotator.get(f"{path}?state=open"))["results"]) == 1
    carl = make_member(project, Role.ANNOTATOR)
    assign(article, carl, Task.ANNOTATE)
    assert len(answered(with_token(carl).get(f"{path}?state=untouched"))["results"]) == 1


# Changing


def test_metadata_can_be_changed_and_the_text_cannot(article: Article, manager: Caller) -> None:
    path = f"articles/{article.uuid}/"
    before = answered(manager.get(path))
    changed = answered(manager.patch(path, {"title": "Other", "byline": None, "extra": {"a": [1]}}))
    assert changed == before | {"title": "Other", "byline": "", "extra": {"a": [1]}}
    for field in ("text", "external_id", "id", "version"):
        problem(manager.patch(path, {field: "x", "title": "Lost"}), 422, "invalid")
    bad: Any
    for bad in ({"title": " "}, {"title": "x" * 501}, {"url": "ftp://x"}, [], "x", None):
        answer = manager.patch(path, bad)
        if bad is not None:
            problem(answer, 422, "invalid")
    assert answered(manager.get(path)) == changed


def test_an_article_that_was_put_away_is_not_there(article: Article, manager: Caller) -> None:
    Article.objects.filter(pk=article.pk).update(deleted_at="2026-01-01T00:00:00Z")
    problem(manager.get(f"articles/{article.uuid}/"), 404, "not_found")
